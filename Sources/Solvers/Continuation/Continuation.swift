/// A way from an easy problem to the wanted one.
package protocol Continuation: SendableMetatype {
  /// What a report calls it.
  static var name: String { get }
  /// Leads `y` to a solution; false leaves `y` as it was or near where the way ended.
  static func run(_ newton: NewtonSolver, _ y: UnsafeMutablePointer<Double>) -> Bool
}

/// The operating point by the first method that finds one: plain Newton, then the continuations in turn.
package struct OperatingPointSolver {
  package struct Outcome: Sendable {
    /// "Newton", or the name of the continuation that worked.
    package var method: String
    package var iterations: Int
  }

  package static let continuations: [any Continuation.Type] = [
    GminStepping.self, SourceStepping.self, PseudoTransient.self,
  ]

  /// Solves from the guess in `y`, in place.
  package static func solve(_ newton: NewtonSolver, _ y: UnsafeMutablePointer<Double>) throws(SolverFailure) -> Outcome
  {
    let arena = Arena()
    let guess = arena.doubles(newton.count)
    guess.update(from: y, count: newton.count)
    if newton.solve(y) { return Outcome(method: "Newton", iterations: newton.iterations) }
    var tried = ["Newton"]
    for continuation in continuations {
      y.update(from: guess, count: newton.count)
      tried.append(continuation.name)
      if continuation.run(newton, y) { return Outcome(method: continuation.name, iterations: newton.iterations) }
    }
    throw SolverFailure(.noOperatingPoint(tried), time: 0, worstUnknown: newton.worstUnknown)
  }
}
