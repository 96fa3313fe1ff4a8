internal import Diagnostics
internal import Equations
internal import Solvers

/// Guards that turn again and again while time stands still: first they get a band of their argument's tolerance in
/// which to slide, then the run stops.
struct ChatterWatch {
  /// Two turns within this time (s) belong together.
  var window = 0.0
  private var turns: [Change: (count: Int, last: Double)] = [:]
  private static let limit = 50

  mutating func note(
    _ changes: [Change], at time: Double, _ evaluator: SystemEvaluator, y: UnsafePointer<Double>,
    weights: UnsafePointer<Double>, _ diagnostics: inout DiagnosticBag
  ) throws(SolverFailure) {
    for change in changes {
      let earlier = turns[change]
      let count = earlier.map { time - $0.last < window ? $0.count + 1 : 1 } ?? 1
      turns[change] = (count, time)
      guard count > Self.limit else { continue }
      let name = evaluator.system.name(of: evaluator.device(of: change))
      guard evaluator.widenBand(of: change, y: y, weights: weights) else {
        throw SolverFailure(.chatter, time: time)
      }
      turns[change] = (0, time)
      diagnostics.report(
        Diagnostic(
          .warning, "sliding", "a comparison in \(name) turns again and again; it now has a band of its tolerance",
          at: nil, notes: ["give the comparison hysteresis if the device has any"]))
    }
  }
}
