import Analyses
import Diagnostics
import Expressions
import Glibc
import Testing
import Waveforms

/// `.four` against closed forms and ngspice 39.
@Suite struct FourierTests {
  private static func distortion(_ run: NetlistRun) -> Double { run["thd(v(out))"] }

  /// A square wave: 4/(pi k) for odd k, whatever the step of the solution.
  @Test func squareWave() throws {
    let run = NetlistRun(
      """
      v1 out 0 pulse(-1 1 0 1p 1p 0.5m 1m)
      r1 out 0 1
      .tran 10u 3m
      .four 1k v(out)
      """)
    #expect(run.isCompleted, "\(run.words)")
    let result = try #require(run.outcomes.first?.table.fourier.first)
    #expect(result.harmonics.count == 9)
    for (index, harmonic) in result.harmonics.enumerated() {
      let k = Double(index + 1)
      let expected = index % 2 == 0 ? 4 / (.pi * k) : 0
      #expect(abs(harmonic.magnitude - expected) < 1e-8, "harmonic \(k): \(harmonic.magnitude)")
      if index % 2 == 0 { #expect(abs(harmonic.phase) < 1e-4) }
    }
    let squares = [3.0, 5, 7, 9].map { 1 / ($0 * $0) }
    #expect(isClose(Self.distortion(run), 100 * squares.reduce(0, +).squareRoot(), 1e-7))
  }

  /// A sine of its own frequency, on a mean, filtered: the transfer function of the filter.
  @Test func filteredSine() throws {
    let run = NetlistRun(
      """
      .options reltol=1e-7
      v1 in 0 sin(0.3 2 50 0 0 30)
      r1 in out 1k
      c1 out 0 1u
      .tran 1m 200m
      .four 50 v(out) {v(out)**2}
      """)
    let result = try #require(run.outcomes.first?.table.fourier.first)
    let turn = 2 * Double.pi * 50 * 1e-3
    #expect(isClose(result.mean, 0.3, 1e-6))
    #expect(isClose(result.harmonics[0].magnitude, 2 / hypot(1, turn), 1e-6))
    #expect(isClose(result.harmonics[0].phase, 30 - atan(turn) * 180 / .pi, 1e-5))
    #expect(result.harmonics.dropFirst().allSatisfy { $0.magnitude < 1e-6 })
    let square = try #require(run.outcomes.first?.table.fourier.last)
    #expect(square.signal == "v(out)**2")
    #expect(isClose(square.harmonics[1].magnitude, 2 / (1 + turn * turn), 1e-5))
  }

  /// A clipped sine; ngspice 39 prints 13.6103 % with its grid of 200 points and straight lines between them.
  @Test func clippedSineAsInNgspice() {
    let run = NetlistRun(
      """
      v1 in 0 dc 0 sin(0 1 1k)
      r1 in out 1k
      d1 out 0 dm
      .model dm d is=1e-14
      .tran 1u 5m
      .four 1k v(out) i(v1)
      .options reltol=1e-6
      .expect thd(v(out)) = 13.6103 tol=0.02
      """)
    #expect(run.verdicts.map(\.holds) == [true], "\(run.words) \(Self.distortion(run))")
  }

  @Test func numberOfHarmonics() {
    let run = NetlistRun("v1 out 0 sin(0 1 1k)\nr1 out 0 1\n.tran 1u 2m\n.four 1k v(out)\n.options nfreqs=6")
    #expect(run.outcomes.first?.table.fourier.map(\.harmonics.count) == [5])
  }

  @Test(arguments: [
    (".tran 1u 0.5m\n.four 1k v(out)", "wrong-fourier"), (".tran 1u 5m\n.four -1 v(out)", "wrong-fourier"),
    (".tran 1u 5m\n.four 1k", "malformed-request"), (".op\n.four 1k v(out)", "wrong-fourier"),
  ])
  func faults(lines: String, code: String) {
    #expect(NetlistRun("v1 out 0 sin(0 1 1k)\nr1 out 0 1\n\(lines)").codes == [code])
  }
}
