internal import Circuits
package import Diagnostics
package import Equations
package import Solvers
internal import Waveforms

/// The equilibrium of a circuit, and the memory it is found in.
package final class OperatingPoint {
  package let evaluator: SystemEvaluator
  package let matrix: BorderedMatrix
  package let y: UnsafeMutablePointer<Double>
  private let newton: NewtonSolver
  private let before: UnsafeMutablePointer<Double>
  private let arena = Arena()
  /// "Newton", or the continuation that found the point.
  package private(set) var method = "Newton"
  package private(set) var diagnostics = DiagnosticBag()

  package init(_ evaluator: SystemEvaluator) {
    self.evaluator = evaluator
    // Rows of states may be singular at rest, and points are few: everything goes into the sparse matrix.
    matrix = BorderedMatrix(evaluator.structure, condensation: .none)
    newton = NewtonSolver(evaluator, matrix: matrix)
    y = arena.doubles(evaluator.count)
    before = arena.doubles(evaluator.count)
  }

  /// Finds the point of rest; with `initial`, for sources as they are at time 0 of a transient.
  package func solve(initial: Bool) throws(SolverFailure) {
    evaluator.prepareRest(initial: initial)
    let circuit = evaluator.system.circuit
    let guessed = circuit.guessedVoltages.map { (node: $0.node, value: $0.value) }
    let held = initial ? circuit.initialVoltages.map { (node: $0.node, value: $0.value) } : []
    evaluator.guess(into: y, voltages: guessed + held)
    evaluator.settleTolerances(matrix, y: y)
    // A guessed node is held while the rest of the circuit settles about it, then let go.
    if !guessed.isEmpty, !solve(holding: (guessed + held).map(\.node)) {
      evaluator.guess(into: y, voltages: guessed + held)
    }
    if !held.isEmpty {
      guard solve(holding: held.map(\.node)) else {
        throw SolverFailure(
          .noOperatingPoint(["Newton with the .ic nodes held"]), time: 0, worstUnknown: newton.worstUnknown)
      }
    } else if !evaluator.hasAlgebraicUnknowns || !guessed.isEmpty || !followFromZeroBias() {
      method = try OperatingPointSolver.solve(newton, y).method
    }
    evaluator.settleTolerances(matrix, y: y)
    evaluator.endRest(y)
  }

  /// The solution of algebraic unknowns (`var`) is the one connected to zero bias: sources grow from nothing by steps so
  /// small that Newton's method cannot leave the branch. False, with a word, where the branch ends.
  private func followFromZeroBias() -> Bool {
    before.update(from: y, count: evaluator.count)
    let reached = SourceStepping.follow(newton, y)
    if reached == 1 {
      method = "following from zero bias"
      return true
    }
    let percent = NumberFormat.significant(100 * reached, digits: 3)
    diagnostics.report(.lostBranch(nil, place: "\(percent) % of the sources", unknown: worstUnknown))
    y.update(from: before, count: evaluator.count)
    return false
  }

  /// Solves with nodes held at their voltages in `y` by a large conductance (`.ic` without `uic`, and `.nodeset` at
  /// first).
  private func solve(holding nodes: [NodeIndex]) -> Bool {
    let shift = arena.doubles(evaluator.count)
    let anchor = arena.doubles(evaluator.count)
    anchor.update(from: y, count: evaluator.count)
    for node in nodes {
      let unknown = evaluator.system.unknowns.index(of: .voltage(evaluator.system.forest.roots[Int(node)]))
      if unknown >= 0 { shift[Int(unknown)] = 1e6 }
    }
    var variant = NewtonSolver.Variant()
    variant.shift = UnsafePointer(shift)
    variant.anchor = UnsafePointer(anchor)
    return newton.solve(y, variant)
  }

  /// What to say of a failure: a steady state that nothing determines, else the solver's own reasons.
  package func report(_ failure: SolverFailure, at range: SourceRange?) -> Diagnostic {
    evaluator.guess(into: y, voltages: [])
    if let state = evaluator.undeterminedSteadyState(matrix, y: y) {
      return .singularSteady(state.range, device: state.device, state: state.state)
    }
    return FailureReport.diagnostic(failure, of: evaluator.system, at: range)
  }

  /// The unknown that resisted when the last attempt failed.
  package var worstUnknown: String? { newton.worstUnknown.map(evaluator.system.name(of:)) }

  /// The next point of a chain if it is so near that Newton's method cannot leave the branch; false leaves `y` as it was.
  package func advanceOnBranch() -> Bool {
    evaluator.prepareRest(initial: false)
    before.update(from: y, count: evaluator.count)
    if newton.solve(y, iterationLimit: 8) {
      method = "Newton"
      evaluator.endRest(y)
      return true
    }
    y.update(from: before, count: evaluator.count)
    return false
  }

  /// The next point of a chain: Newton from the point before, and where that fails the way the circuit itself would go.
  package func advance() throws(SolverFailure) {
    evaluator.prepareRest(initial: false)
    before.update(from: y, count: evaluator.count)
    if newton.solve(y) {
      method = "Newton"
    } else {
      y.update(from: before, count: evaluator.count)
      if PseudoTransient.run(newton, y) {
        method = PseudoTransient.name
      } else {
        y.update(from: before, count: evaluator.count)
        method = try OperatingPointSolver.solve(newton, y).method
      }
    }
    evaluator.endRest(y)
  }
}
