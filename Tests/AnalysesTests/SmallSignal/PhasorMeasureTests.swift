import Analyses
import Diagnostics
import Expressions
import Glibc
import Testing
import Waveforms

/// Measures and printed signals of `.ac`: numbers that ngspice 39 gives, and functions of phasors.
@Suite struct PhasorMeasureTests {
  static let deck = """
    v1 in 0 dc 1 ac 1 30
    r1 in out 1k
    c1 out 0 1u
    r2 out 0 10k
    .ac dec 5 1 10k
    """

  /// What ngspice 39 prints, with as many digits.
  @Test(arguments: [
    ("find v(out) at=100", 7.893817e-01), ("find vm(out) at=100", 7.893901e-01), ("find vp(out) at=100", 4.625993e-03),
    ("find vdb(out) at=100", -2.054166e+00), ("when vdb(out)=-3", 1.40283e+02), ("max vdb(out)", -8.279954e-01),
    ("avg vm(out)", 7.716575e-02), ("integ vm(out) from=10 to=1k", 3.85292e+02),
    ("trig vdb(out) val=-3 fall=1 targ vdb(out) val=-20 fall=1", 1.442184e+03), ("max v(out)", 8.468672e-01),
    ("find vi(out) when vdb(out)=-3", -9.658910e-02), ("pp vdb(out)", 3.513693e+01),
    ("max_at vm(out)", 1), ("min_at vm(out)", 1e4), ("find v(out) when v(out)=0.1", 0.1),
  ])
  func measuresAreAsInNgspice(measure: String, value: Double) {
    let run = NetlistRun("\(Self.deck)\n.measure ac m \(measure)\n.expect ac m = \(value) reltol=1e-5")
    #expect(isClose(run["m"], value, 3e-6), "\(run["m"]) \(run.words)")
    #expect(run.verdicts.map(\.holds) == [true])
  }

  @Test(arguments: [
    ("db(v(out)/v(in))", "20*log10(0.1)"), ("mag(v(out))", "vm(out)"), ("ph(v(out))", "vp(out)"),
    ("phase(v(out))", "vp(out)"), ("re(v(out))", "vr(out)"), ("im(v(out))", "vi(out)"),
    ("vdb(in,out)", "db(v(in,out))"),
    ("idb(v1)", "db(i(v1))"), ("ip(v1)", "ph(i(v1))"), ("mag(v(out)*v(in))", "vm(out)*vm(in)"),
    ("mag(v(in)**2)", "vm(in)*vm(in)"), ("mag(conj(v(out)) - v(out))", "2*abs(vi(out))"),
    ("im(ddt(v(out)))", "2*pi*frequency*vr(out)"), ("mag(exp(ln(v(out))))", "vm(out)"),
    ("mag(sqrt(v(out)))", "sqrt(vm(out))"), ("if(vdb(out) < -1, 3, 4)", "3"), ("gain(v(out))", "vm(out)*2"),
  ])
  func functionsOfPhasors(expression: String, same: String) {
    let run = NetlistRun(
      """
      .func gain(x) = {mag(x)*2}
      \(Self.deck)
      .measure ac a find {\(expression)} at=1k
      .measure ac b find {\(same) + 0*vm(out)} at=1k
      """)
    #expect(run.codes.isEmpty, "\(run.words)")
    if expression.hasPrefix("db(v(out)/v(in))") {
      let parallel = 1e3 * 1e4 / 1.1e4
      let expected = 1 / (1.1 * hypot(1, 2 * .pi * 1e3 * parallel * 1e-6))
      #expect(isClose(run["a"], 20 * log10(expected), 1e-12))
    } else {
      #expect(isClose(run["a"], run["b"], 1e-12), "\(run["a"]) \(run["b"])")
    }
  }

  /// The phase of five low passes in a row passes -180 degrees, where `ph` jumps and `cph` does not.
  @Test func phaseWithoutJumps() {
    let stages = (1...5).map { "e\($0) a\($0) 0 b\($0 - 1) 0 1\nr\($0) a\($0) b\($0) 1k\nc\($0) b\($0) 0 1u" }
    let run = NetlistRun(
      """
      v1 b0 0 ac 1
      \(stages.joined(separator: "\n"))
      .ac dec 20 1 100k
      .measure ac jumping min ph(v(b5))
      .measure ac going min cph(v(b5))
      """)
    let expected = -5 * atan(2 * .pi * 1e5 * 1e-3)
    #expect(isClose(run["going"], expected, 1e-9), "\(run["going"]) \(run.words)")
    #expect(run["jumping"] >= -.pi)
  }

  @Test(arguments: [
    ("find {max(v(out), 1)} at=1k", "complex-operand"), ("find {v(out) > 1 ? 1 : 0} at=1k", "complex-operand"),
    ("find {mag(v(nowhere))} at=1k", "unknown-node"), ("find {magn(v(out))} at=1k", "unknown-function"),
    ("find {v(out)*gian} at=1k", "unknown-name"),
  ])
  func faultsAreFoundBeforeTheRun(measure: String, code: String) {
    let run = NetlistRun("\(Self.deck)\n.measure ac m \(measure)")
    #expect(run.codes == [code], "\(run.words)")
    #expect(run.outcomes.isEmpty)
  }
}
