internal import Circuits
package import Equations
package import Solvers

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
    let holds = initial && !circuit.initialVoltages.isEmpty
    var guesses: [(node: NodeIndex, value: Double)] = circuit.guessedVoltages.map { ($0.node, $0.value) }
    if holds { guesses += circuit.initialVoltages.map { ($0.node, $0.value) } }
    evaluator.guess(into: y, voltages: guesses)
    evaluator.settleTolerances(matrix, y: y)
    if holds {
      try solveHolding()
    } else {
      method = try OperatingPointSolver.solve(newton, y).method
    }
    evaluator.settleTolerances(matrix, y: y)
    evaluator.endRest(y)
  }

  /// `.ic` without `uic`: nodes are held at their voltages by a large conductance while the rest settles; the run lets
  /// them go.
  private func solveHolding() throws(SolverFailure) {
    let shift = arena.doubles(evaluator.count)
    let anchor = arena.doubles(evaluator.count)
    anchor.update(from: y, count: evaluator.count)
    for initial in evaluator.system.circuit.initialVoltages {
      let root = evaluator.system.forest.roots[Int(initial.node)]
      let unknown = evaluator.system.unknowns.index(of: .voltage(root))
      if unknown >= 0 { shift[Int(unknown)] = 1e6 }
    }
    var variant = NewtonSolver.Variant()
    variant.shift = UnsafePointer(shift)
    variant.anchor = UnsafePointer(anchor)
    guard newton.solve(y, variant) else {
      throw SolverFailure(
        .noOperatingPoint(["Newton with the .ic nodes held"]), time: 0, worstUnknown: newton.worstUnknown)
    }
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
