import Testing
import Waveforms

@Suite struct TableTests {
  @Test func operatingPointInSIUnits() {
    let text = Tables.operatingPoint([
      (Signal(name: "v(axon)", kind: .voltage), -0.064996379331), (Signal(name: "i(v1)", kind: .current), 1.2e-6),
      (Signal(name: "@n1[n]", kind: .other(unit: "-")), 0.317676914),
    ])
    #expect(
      text == """
        v(axon) = -64.9963793 mV
        i(v1)   = 1.2 uA
        @n1[n]  = 0.317676914

        """)
  }

  @Test func measuresWithTwelveDigits() {
    let text = Tables.measures([
      MeasureResult(name: "period", value: .success(0.014636302)),
      MeasureResult(name: "up", value: .failure(.tooFewCrossings(found: 1, .rise, .number(3)))),
    ])
    #expect(
      text == """
        period = 0.014636302
        up     failed: upward crossing 3 is asked for, but there is only 1

        """)
  }

  @Test func spikesOfOneAndOfManySignals() {
    let times = [1.901231, 16.822652, 31.471888, 46.109062, 60.745343, 75.38].map { $0 * 1e-3 }
    let one = SpikeResults(name: "s", signalNames: ["v(v)"], times: [times])
    let many = SpikeResults(
      name: "line", signalNames: (1...100).map { "v(c\($0))" }, times: (1...100).map { [Double($0) * 1e-5] },
      spacing: 1e-4)
    #expect(
      Tables.spikes([one, many]) == """
        spikes s  count      latency         rate  times
        v(v)          6  1.901231 ms  68.04687 Hz  1.901231  16.822652  31.471888  46.109062  60.745343  75.38 ms

        spikes line  count  latency  rate  times
        v(c1)            1    10 us  0 Hz  10 us
        v(c2)            1    20 us  0 Hz  20 us
        v(c3)            1    30 us  0 Hz  30 us
        v(c4)            1    40 us  0 Hz  40 us
        v(c5)            1    50 us  0 Hz  50 us
        v(c6)            1    60 us  0 Hz  60 us
        v(c7)            1    70 us  0 Hz  70 us
        ... 92 more
        v(c100)          1     1 ms  0 Hz  1 ms
        line.velocity = 10 m/s

        """)
  }
}
