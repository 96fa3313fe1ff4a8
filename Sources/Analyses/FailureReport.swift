internal import Circuits
package import Diagnostics
package import Equations
package import Solvers
internal import Waveforms

/// A solver's failure in the circuit's names: when, which unknown and which equation resisted, what to try.
package struct FailureReport {
  package static func diagnostic(_ failure: SolverFailure, of system: EquationSystem, at range: SourceRange?)
    -> Diagnostic
  {
    let time = NumberFormat.significant(failure.time, digits: 9)
    var notes: [String] = []
    if let unknown = failure.worstUnknown { notes.append("what resisted most: \(system.name(of: unknown))") }
    if let row = failure.worstEquation {
      notes.append("the equation furthest from balance: \(system.equationName(of: row))")
    }
    if failure.step > 0 { notes.append("last step tried: \(NumberFormat.significant(failure.step, digits: 3)) s") }
    func report(_ code: DiagnosticCode, _ message: String, _ help: String) -> Diagnostic {
      Diagnostic(.error, code, message, at: range, notes: notes, fixIts: [FixIt(help)])
    }
    switch failure.reason {
    case .noOperatingPoint(let tried):
      notes.append("tried: \(tried.joined(separator: ", "))")
      return report(
        "no-operating-point", "no operating point was found",
        "give a guess by .nodeset v(node)=value, or start the run with uic and .ic")
    case .newtonDiverged:
      return report(
        "newton-diverged", "the run cannot go on at t = \(time) s: Newton's iteration fails however small the step",
        "look for an equation that jumps without a comparison, or a state that leaves its range")
    case .errorTestFailed:
      return report(
        "error-test-failed", "the run cannot go on at t = \(time) s: the error test fails however small the step",
        "look for a current or rate that jumps at this time; a looser reltol may pass it")
    case .outsideDomain:
      return report(
        "outside-domain", "the run cannot go on at t = \(time) s: an equation has no finite value nearby",
        "look for a division by zero, a logarithm or a root of a negative number in the device named")
    case .singularMatrix:
      return report(
        "singular-matrix", "the run cannot go on at t = \(time) s: the equations do not determine every unknown",
        "look for a node or state that nothing fixes at this point")
    case .inconsistentRestart:
      return report(
        "inconsistent-restart", "no consistent start was found after the discontinuity at t = \(time) s",
        "give the jump a short rise time")
    case .chatter:
      return report(
        "chatter", "the run cannot go on at t = \(time) s: a comparison turns again and again",
        "give the comparison hysteresis, or make the switching smooth")
    case .solver(let flag):
      return report("solver-failure", "the integrator stopped at t = \(time) s (flag \(flag))", "report this netlist")
    }
  }
}
