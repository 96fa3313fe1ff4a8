import TestSupport

/// Ladders of R, L and C behind a source: second order to tenth, damped and ringing.
enum Ladders: CircuitFamily {
  static let name = "ladder"
  static let count = 40

  static func lines(_ draws: inout Draws) -> [String] {
    // One time for all stages, so that a run of some tens of them shows everything.
    let time = draws.scaled(1e-7...1e-3)
    let resistance = draws.scaled(50...5e3)
    let text = Draws.text
    var lines = ["V1 n0 0 \(Shape.step(of: time, &draws))"]
    let stages = draws.whole(1...5)
    for stage in 1...stages {
      let (from, to) = ("n\(stage - 1)", "n\(stage)")
      let (r, t) = (resistance * draws.scaled(0.3...3), time * draws.scaled(0.3...3))
      switch draws.whole(0...2) {
      case 0: lines.append("R\(stage) \(from) \(to) \(text(r))")
      case 1:
        lines.append("R\(stage) \(from) m\(stage) \(text(r))")
        lines.append("L\(stage) m\(stage) \(to) \(text(r * t))")
      default:
        lines.append("L\(stage) \(from) \(to) \(text(r * t))")
        lines.append("RL\(stage) \(from) \(to) \(text(3 * r))")
      }
      if draws.chance(0.8) { lines.append("C\(stage) \(to) 0 \(text(t / r))") }
      if draws.chance(0.3) { lines.append("CX\(stage) \(to) \(draws.pick(["n0", from])) \(text(0.1 * t / r))") }
      lines.append("RS\(stage) \(to) 0 \(text(10 * r))")
    }
    if draws.chance(0.3) { lines.append("I1 0 n\(stages) \(Shape.current(of: time, 1 / resistance, &draws))") }
    return lines + [".op", ".tran \(text(time / 250)) \(text(20 * time))"]
  }
}
