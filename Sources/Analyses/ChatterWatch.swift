internal import Diagnostics
internal import Equations

/// Changes that come again and again while time hardly goes on.
///
/// A comparison that turns more than 50 times so gets a band of its argument's tolerance in which to slide; if that does
/// not help, and where it is an event that comes more than 100 times, the run ends. Turns belong together where less
/// than a millionth of the run and only a few steps lie between them: a fast oscillator in a long run takes many steps
/// for every turn.
struct ChatterWatch {
  /// Two turns within this time (s) belong together.
  private let window: Double
  private var turns: [Change: Turns] = [:]
  /// How many times a comparison or bound may turn, and an event may come.
  private static let turnLimit = 50
  private static let eventLimit = 100
  /// The most steps between turns that belong together.
  private static let stepLimit = 8

  private struct Turns {
    var count: Int
    var time: Double
    var step: Int
  }

  init(stop: Double) { window = 1e-6 * stop }

  /// Counts `changes`, due at `time` after `step` accepted steps; the complaint that ends the run, if one must.
  mutating func note(
    _ changes: [Change], at time: Double, step: Int, _ evaluator: SystemEvaluator, y: UnsafePointer<Double>,
    weights: UnsafePointer<Double>, _ diagnostics: inout DiagnosticBag
  ) -> Diagnostic? {
    for change in changes {
      var count = 1
      if let last = turns[change], time - last.time < window, step - last.step <= Self.stepLimit {
        count = last.count + 1
      }
      turns[change] = Turns(count: count, time: time, step: step)
      if change.isEvent {
        guard count > Self.eventLimit else { continue }
        let names = turns.filter { $0.key.isEvent && $0.value.count > Self.eventLimit / 2 }.keys
        return .endlessEvents(
          evaluator.range(of: change), names: names.map { evaluator.name(of: $0) }.sorted(), time: time)
      }
      guard count > Self.turnLimit else { continue }
      let name = evaluator.name(of: change)
      guard evaluator.widenBand(of: change, y: y, weights: weights) else {
        return .chatter(evaluator.range(of: change), name: name, time: time)
      }
      turns[change] = Turns(count: 0, time: time, step: step)
      diagnostics.report(.sliding(evaluator.range(of: change), name: name, time: time))
    }
    return nil
  }
}
