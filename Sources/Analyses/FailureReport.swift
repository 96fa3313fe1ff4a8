internal import Circuits
package import Diagnostics
package import Equations
internal import Kernels
package import Solvers
internal import Waveforms

/// A solver's failure in the circuit's names: when, which unknown and which equation resisted, what to try.
package struct FailureReport {
  package static func diagnostic(_ failure: SolverFailure, of evaluator: SystemEvaluator, at range: SourceRange?)
    -> Diagnostic
  {
    let system = evaluator.system
    let time = NumberFormat.significant(failure.time, digits: 9)
    var notes: [String] = []
    var range = range
    var words = words(for: failure.reason, at: "t = \(time) s")
    if let fault = fault(behind: failure, evaluator) {
      let event = "\(fault.quantity) meets \(Self.words(for: fault.fault))"
      if failure.reason == .outsideDomain || failure.reason == .inconsistentRestart {
        words.code = "outside-domain"
        words.message = "the run cannot go on at t = \(time) s: \(event)"
        words.help = "keep it in its domain: a range for the state, or a condition, if(argument > 0, ..., ...)"
        range = fault.range ?? range
      } else {
        notes.append("on the way \(event)")
      }
      notes += fault.notes
    }
    // A placeholder resists nothing.
    let isDetermined = system.unknowns.isPlaceholder
    if let unknown = failure.worstUnknown, !isDetermined {
      notes.append("what resisted most: \(system.name(of: unknown))")
    }
    if let row = failure.worstEquation, !isDetermined {
      notes.append("the equation furthest from balance: \(system.equationName(of: row))")
    }
    if failure.step > 0 { notes.append("last step tried: \(NumberFormat.significant(failure.step, digits: 3)) s") }
    if case .noOperatingPoint(let tried) = failure.reason { notes.append("tried: \(tried.joined(separator: ", "))") }
    return Diagnostic(
      .error, words.code, words.message, at: range, notes: notes, fixIts: words.help.map { [FixIt($0)] } ?? [])
  }

  /// The domain fault that the solver met where it failed; one that it had got over long before explains nothing.
  private static func fault(behind failure: SolverFailure, _ evaluator: SystemEvaluator) -> DomainFault? {
    guard let fault = evaluator.domainFault() else { return nil }
    if case .noOperatingPoint = failure.reason { return fault.isAtRest ? fault : nil }
    guard failure.reason == .outsideDomain || failure.reason == .inconsistentRestart, !fault.isAtRest else {
      return nil
    }
    let distance = (fault.time - failure.time).magnitude
    return distance <= max(100 * failure.step, 1e-4 * failure.time.magnitude) ? fault : nil
  }

  private static func words(for fault: ArithmeticFault) -> String {
    switch fault {
    case .divisionByZero: "a division by zero"
    case .rootOfNegative: "the square root of a negative number"
    case .logarithmOfNonpositive: "the logarithm of a number that is not positive"
    case .powerOfNegative: "a negative number to a power that is no whole number"
    case .inverseOutOfRange: "an inverse function outside its range"
    case .overflow: "a number too large to be written"
    }
  }

  private static func words(for reason: SolverFailure.Reason, at time: String)
    -> (code: DiagnosticCode, message: String, help: String?)
  {
    let stopped = "the run cannot go on at \(time): "
    return switch reason {
    case .noOperatingPoint:
      (
        code: "no-operating-point", "no operating point was found",
        "give a guess by .nodeset v(node)=value, or start the run with uic and .ic"
      )
    case .newtonDiverged:
      (
        code: "newton-diverged", stopped + "Newton's iteration fails however small the step",
        "look for an equation that jumps without a comparison, or a state that leaves its range"
      )
    case .errorTestFailed:
      (
        code: "error-test-failed", stopped + "the error test fails however small the step",
        "look for a current or rate that jumps at this time; a looser reltol may pass it"
      )
    case .outsideDomain:
      (
        code: "outside-domain", stopped + "an equation has no finite value nearby",
        "look for a division by zero, a logarithm or a root of a negative number in the device named"
      )
    case .singularMatrix:
      (
        code: "singular-matrix", stopped + "the equations do not determine every unknown",
        "look for a node or state that nothing fixes at this point"
      )
    case .inconsistentRestart:
      (
        code: "inconsistent-restart", "no consistent start was found after the discontinuity at \(time)",
        "give the jump a short rise time"
      )
    case .oscillatingSwitches:
      (
        code: "oscillating-switch", "no position of the switches agrees with the voltages that follow from it",
        "give the switch hysteresis, or a capacitor where it reads its voltage"
      )
    case .solver(let flag):
      (code: "solver-failure", "the integrator stopped at \(time) (flag \(flag))", "report this netlist")
    }
  }
}

extension DomainFault {
  /// The formula, and what it read.
  fileprivate var notes: [String] {
    let values = values.map { "\($0.name) = \(NumberFormat.significant($0.value, digits: 9))" }.joined(separator: ", ")
    return [[formula, values].filter { !$0.isEmpty }.joined(separator: " with ")].filter { !$0.isEmpty }
  }
}
