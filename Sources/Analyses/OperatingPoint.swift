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
  /// The switches that turned last.
  private var turning: [Change] = []
  /// A loop of coils and sources that has no equilibrium.
  private var drivenLoop: CoilLoop?
  /// The card that asks.
  private let range: SourceRange?
  private let arena = Arena()
  /// "Newton", or the continuation that found the point.
  package private(set) var method = "Newton"
  package private(set) var diagnostics = DiagnosticBag()

  package init(_ evaluator: SystemEvaluator, at range: SourceRange?) {
    self.evaluator = evaluator
    self.range = range
    // Rows of states may be singular at rest, and points are few: everything goes into the sparse matrix.
    matrix = BorderedMatrix(evaluator.structure, method: .sparse)
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
    let currents = initial && circuit.holdsInitialCurrents ? evaluator.initialCurrents : []
    evaluator.guess(into: y, voltages: guessed + held)
    for current in currents { y[current.unknown] = current.value }
    evaluator.settleTolerances(matrix, y: y)
    // A guessed node is held while the rest of the circuit settles about it, then let go.
    if !guessed.isEmpty, !solve(holding: (guessed + held).map(\.node)) {
      evaluator.guess(into: y, voltages: guessed + held)
    }
    evaluator.followExplicitVoltages(in: y)
    let isFollowed = evaluator.hasAlgebraicUnknowns && guessed.isEmpty
    try settlingSwitches { () throws(SolverFailure) in
      if !held.isEmpty || !currents.isEmpty {
        for current in currents { y[current.unknown] = current.value }
        guard solve(holding: held.map(\.node), currents: currents.map(\.unknown)) else {
          let what = held.isEmpty ? "the currents of inductors" : "the .ic nodes"
          throw SolverFailure(
            .noOperatingPoint(["Newton with \(what) held"]), time: 0, worstUnknown: newton.worstUnknown)
        }
      } else if isFollowed {
        try followFromZeroBias()
      } else {
        method = try OperatingPointSolver.solve(newton, y).method
      }
    }
    drivenLoop = evaluator.drivenLoop(y)
    if drivenLoop != nil { throw SolverFailure(.noOperatingPoint([]), time: 0) }
    evaluator.settleTolerances(matrix, y: y)
    evaluator.endRest(y)
  }

  /// Runs `solve`, and again with switches turned as its solution asks, until none turns.
  private func settlingSwitches(_ solve: () throws(SolverFailure) -> Void) throws(SolverFailure) {
    for _ in 0...Self.switchCycles {
      try solve()
      turning = evaluator.turnSwitches(y)
      if turning.isEmpty { return }
    }
    throw SolverFailure(.oscillatingSwitches, time: 0)
  }

  /// Solutions in which switches may turn before it is said that they never settle.
  private static let switchCycles = 20

  /// The solution of algebraic unknowns (`var`) is the one connected to zero bias: sources grow from nothing by steps so
  /// small that Newton's method cannot leave the branch. Where the branch ends another solution is sought from the guess,
  /// with a word.
  private func followFromZeroBias() throws(SolverFailure) {
    let guess = arena.doubles(evaluator.count)
    guess.update(from: y, count: evaluator.count)
    let reached = SourceStepping.follow(newton, y)
    if reached == 1 {
      method = "following from zero bias"
      return
    }
    let percent = NumberFormat.significant(100 * reached, digits: 3)
    var end = BranchEnd(place: "\(percent) % of the sources", worstUnknown: worstUnknown)
    before.update(from: y, count: evaluator.count)
    y.update(from: guess, count: evaluator.count)
    defer { diagnostics.report(.lostBranch(range, [end])) }
    do throws(SolverFailure) {
      method = try OperatingPointSolver.solve(newton, y).method
    } catch {
      guard relax() else { throw error }
    }
    end.successor = successor
  }

  /// From the point before the way the circuit itself would go. Where a `var` has no solution nearby it moves by the
  /// excess of its equation, in one direction or the other.
  private func relax() -> Bool {
    defer { evaluator.algebraicCapacitance = 0 }
    for capacitance in evaluator.hasAlgebraicUnknowns ? [0.0, 1, -1] : [0] {
      evaluator.algebraicCapacitance = capacitance
      y.update(from: before, count: evaluator.count)
      if PseudoTransient.run(newton, y) {
        method = PseudoTransient.name
        return true
      }
    }
    return false
  }

  /// How the present solution was found, and what it differs in most from the one before.
  var successor: (method: String, name: String, before: Double, after: Double)? {
    evaluator.largestAlgebraicChange(from: before, to: y).map { (method, $0.name, $0.before, $0.after) }
  }

  /// Solves with nodes held at their voltages in `y` by a large conductance (`.ic` without `uic`, and `.nodeset` at
  /// first), and unknown currents at theirs.
  private func solve(holding nodes: [NodeIndex], currents: [Int] = []) -> Bool {
    let shift = arena.doubles(evaluator.count)
    let anchor = arena.doubles(evaluator.count)
    anchor.update(from: y, count: evaluator.count)
    for node in nodes {
      let unknown = evaluator.system.unknowns.index(of: .voltage(evaluator.system.forest.roots[Int(node)]))
      if unknown >= 0 { shift[Int(unknown)] = 1e6 }
    }
    // A large resistance: the row is that of the voltage across the inductor.
    for current in currents { shift[current] = 1e12 }
    var variant = NewtonSolver.Variant()
    variant.shift = UnsafePointer(shift)
    variant.anchor = UnsafePointer(anchor)
    return newton.solve(y, variant)
  }

  /// What to say of a failure: a steady state that nothing determines, else the solver's own reasons.
  package func report(_ failure: SolverFailure) -> Diagnostic {
    if let loop = drivenLoop {
      return .drivenLoop(evaluator.system.circuit.groups[loop.device.group].origins[loop.device.instance], loop.names)
    }
    evaluator.guess(into: y, voltages: [])
    if let state = evaluator.undeterminedSteadyState(matrix, y: y) {
      return .singularSteady(state.range, device: state.device, state: state.state)
    }
    var report = FailureReport.diagnostic(failure, of: evaluator, at: range)
    if failure.reason == .oscillatingSwitches {
      report.range = turning.first.flatMap(evaluator.range(of:)) ?? range
      report.notes += turning.map { "\(evaluator.name(of: $0)) turns again in every solution" }
    }
    return report
  }

  /// The unknown that resisted when the last attempt failed.
  package var worstUnknown: String? { newton.worstUnknown.map(evaluator.system.name(of:)) }

  /// The next point of a chain if it is so near that Newton's method cannot leave the branch; false leaves `y` as it was.
  package func advanceOnBranch() -> Bool {
    evaluator.prepareRest(initial: false)
    before.update(from: y, count: evaluator.count)
    var turned: [Change] = []
    while newton.solve(y, iterationLimit: 8) {
      let now = evaluator.turnSwitches(y)
      turned += now
      if now.isEmpty {
        method = "Newton"
        evaluator.endRest(y)
        return true
      }
      if turned.count > Self.switchCycles { break }
    }
    evaluator.undo(turned)
    y.update(from: before, count: evaluator.count)
    return false
  }

  /// The next point of a chain whose circuit has other values than that of the point before.
  package func advance(from other: OperatingPoint) throws(SolverFailure) {
    guard evaluator.count == other.evaluator.count else { return try solve(initial: false) }
    evaluator.prepareRest(initial: false)
    y.update(from: other.y, count: evaluator.count)
    evaluator.settleTolerances(matrix, y: y)
    try advance()
  }

  /// The next point of a chain: Newton from the point before, and where that fails the way the circuit itself would go.
  package func advance() throws(SolverFailure) {
    evaluator.prepareRest(initial: false)
    before.update(from: y, count: evaluator.count)
    try settlingSwitches { () throws(SolverFailure) in
      if newton.solve(y) {
        method = "Newton"
      } else if !relax() {
        y.update(from: before, count: evaluator.count)
        method = try OperatingPointSolver.solve(newton, y).method
      }
    }
    evaluator.endRest(y)
  }
}
