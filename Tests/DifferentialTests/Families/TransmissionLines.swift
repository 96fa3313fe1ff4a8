import TestSupport

/// Lines behind one another and from a junction, a few reflections between loads that swallow most of them.
enum TransmissionLines: CircuitFamily {
  static let name = "transmission lines"
  static let count = 30

  static func lines(_ draws: inout Draws) -> [String] {
    let delay = draws.scaled(1e-9...1e-6)
    let impedance = draws.scaled(20...200)
    let text = Draws.text
    var lines = [
      "V1 s 0 \(Shape.step(of: 2 * delay, &draws))", "R1 s n0 \(text(impedance * draws.uniform(0.5...2)))",
    ]
    var ends = ["n0"]
    for line in 1...draws.whole(1...3) {
      let (from, to) = (draws.pick(ends), "n\(line)")
      let own = impedance * draws.uniform(0.6...1.6)
      let length = delay * draws.uniform(0.5...3)
      let form =
        draws.chance(0.3)
        ? "f=\(text(0.25 / length))" : draws.chance(0.2) ? "f=\(text(0.5 / length)) nl=0.5" : "td=\(text(length))"
      lines.append("T\(line) \(from) 0 \(to) 0 z0=\(text(own)) \(form)")
      lines.append("RL\(line) \(to) 0 \(text(own * draws.scaled(0.4...4)))")
      if draws.chance(0.4) { lines.append("C\(line) \(to) 0 \(text(0.2 * length / own))") }
      ends.append(to)
    }
    return lines + [".op", ".tran \(text(delay / 20)) \(text(30 * delay))"]
  }
}
