import TestSupport

/// Runs that begin elsewhere than at rest: `uic` with values of elements and of `.ic`, and `.ic` at the operating point.
enum InitialConditions: CircuitFamily {
  static let name = "initial conditions"
  static let count = 20

  static func lines(_ draws: inout Draws) -> [String] {
    let time = draws.scaled(1e-6...1e-3)
    let text = Draws.text
    let uses = draws.chance(0.7)
    let source = draws.chance(0.5) ? draws.value(-2...2) : "SIN(0 \(draws.value(1...2)) \(text(0.2 / time)))"
    var lines = ["V1 n0 0 \(source)"]
    // Where a node has both, `.ic` wins here and `ic=` in ngspice.
    var free: [String] = []
    let stages = draws.whole(1...4)
    for stage in 1...stages {
      let (r, t) = (draws.scaled(300...3e3), time * draws.scaled(0.5...3))
      lines.append("R\(stage) n\(stage - 1) n\(stage) \(text(r))")
      let starts = uses && draws.chance(0.5) ? " ic=\(draws.value(-3...3))" : ""
      if starts.isEmpty { free.append("n\(stage)") }
      lines.append("C\(stage) n\(stage) 0 \(text(t / r))\(starts)")
      if draws.chance(0.4) {
        lines.append("RL\(stage) n\(stage) m\(stage) \(text(r))")
        let current = uses && draws.chance(0.5) ? " ic=\(text(draws.uniform(-1...1) / r))" : ""
        lines.append("L\(stage) m\(stage) 0 \(text(r * t))\(current)")
      }
    }
    if !free.isEmpty, !uses || draws.chance(0.5) { lines.append(".ic v(\(draws.pick(free)))=\(draws.value(-3...3))") }
    return lines + [".tran \(text(time / 250)) \(text(15 * time))\(uses ? " uic" : "")"]
  }
}
