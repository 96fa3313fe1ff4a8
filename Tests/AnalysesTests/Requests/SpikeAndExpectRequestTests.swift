import Analyses
import Diagnostics
import Expressions
import Testing
import Waveforms

@Suite struct SpikeAndExpectRequestTests {
  @Test func aPatternIsReadInNumericOrder() throws {
    let read = requests(".spikes s v(c*) threshold=-20m spacing=10u from=1m")
    #expect(read.complaints.isEmpty)
    let train = try #require(read.requests.plans[.tran]?.spikes.first)
    #expect(train.signalNames == (1...12).map { "v(c\($0))" })
    #expect(train.threshold == -20e-3)
    #expect(train.spacing == 10e-6)
    #expect(train.window == AxisWindow(from: 1e-3))
  }

  @Test func expectationsByNameAndAtTheOperatingPoint() throws {
    let read = requests(
      """
      .spikes s v(c*) spacing=1m
      .measure tran vmax max v(c1)
      .expect vmax = 40m tol=1m
      .expect s.time[c3,1] = 1.9m reltol=1e-4
      .expect op v(c1) = -64.996379331m tol=1n
      .expect op {v(c1) - v(c2)} = 0 tol=1n
      .expect tran {s.count >= 3 and vmax > 0}
      .expect {s.time[2] - s.time[1]} = 14.9m
      """)
    #expect(read.complaints.isEmpty)
    let plan = read.requests.expectations
    #expect(plan.signals.count == 2)
    #expect(
      plan.expectations.map(\.text) == [
        "vmax", "s.time[c3,1]", "v(c1)", "v(c1) - v(c2)", "s.count >= 3 and vmax > 0", "s.time[2] - s.time[1]",
      ])
    #expect(
      plan.expectations.map(\.tolerance) == [
        .absolute(1e-3), .relative(1e-4), .absolute(1e-9), .absolute(1e-9), .absolute(0), .relative(1e-3),
      ])
    #expect(plan.expectations.map(\.analysis) == [nil, nil, .op, .op, .tran, nil])
  }

  @Test(arguments: [
    (".expect vmax = 1", "there is no result named 'vmax'"),
    (".spikes s v(c1)\n.expect s.time = 1", "'s.time' is not a result of '.spikes'"),
    (".spikes s v(c1)\n.expect s.velocity = 1", "'s.velocity' is not a result of '.spikes'"),
    (".spikes s v(c1)\n.expect s.count[c2] = 1", "'s.count[c2]' is not a result of '.spikes'"),
    (".spikes s v(c1)\n.expect s.count = 0", "an expected value of 0 has no relative tolerance"),
    (".spikes s v(c1)\n.expect s.count = 1 tol=1 reltol=1", "only one of tol= and reltol= can be meant"),
    (".expect tran v(a) = 1", "a signal has a value at every time, and here one number is wanted"),
    (".expect", "'.expect' says what must come out"),
    (".spikes s v(d*)", "no signal matches 'v(d*)'"),
    (".spikes s v(c1)\n.spikes s v(c2)", "there are two results named 's'"),
    (".spikes s v(c1) treshold=1", "'.spikes' knows no 'treshold=' here"),
  ]) func faultsAreNamed(_ lines: String, _ message: String) {
    #expect(requests(lines).complaints.map(\.message) == [message])
  }
}
