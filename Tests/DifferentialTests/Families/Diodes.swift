import TestSupport

/// Diodes of random models in networks: forward, blocking, breaking down; charges; temperatures.
enum Diodes: CircuitFamily {
  static let name = "diodes"
  static let count = 50

  static func lines(_ draws: inout Draws) -> [String] {
    let network = Network(draws.whole(2...6), resistances: 200...2e4, &draws)
    let time = draws.scaled(1e-6...1e-3)
    let text = Draws.text
    var lines = network.lines
    for number in 1...draws.whole(1...2) {
      lines.append(
        "V\(number) s\(number) 0 DC \(draws.value(-8...8)) SIN(0 \(draws.value(1...8)) \(text(draws.uniform(0.1...0.3) / time)))"
      )
      lines.append("RS\(number) s\(number) \(draws.pick(network.nodes)) \(draws.magnitude(50...2e3))")
    }
    for number in 1...draws.whole(1...5) {
      let (a, b) = network.pair(&draws)
      let area = draws.chance(0.4) ? " area=\(draws.value(0.5...4))" : ""
      let temperature = draws.chance(0.2) ? " temp=\(draws.value(-20...100))" : ""
      lines.append("D\(number) \(a) \(b) \(draws.pick(["plain", "full", "zener"]))\(area)\(temperature)")
    }
    for node in network.nodes where draws.chance(0.4) {
      lines.append("C\(node) \(node) 0 \(text(time / 5e3 * draws.scaled(0.1...1)))")
    }
    lines += models(time, &draws)
    if draws.chance(0.4) { lines.append(".temp \(draws.value(-40...120))") }
    return lines + [".op", ".dc V1 -8 8 0.5", ".tran \(text(time / 250)) \(text(20 * time))"]
  }

  private static func models(_ time: Double, _ draws: inout Draws) -> [String] {
    let text = Draws.text
    return [
      ".model plain D(is=\(draws.magnitude(1e-16...1e-9)) n=\(draws.value(1...2)))",
      ".model full D(is=\(draws.magnitude(1e-15...1e-10)) n=\(draws.value(1...1.8)) rs=\(draws.value(0.1...50)) cjo=\(text(time / 1e4 * draws.scaled(0.1...1)))",
      "+ vj=\(draws.value(0.5...0.9)) m=\(draws.value(0.3...0.5)) tt=\(text(time * draws.scaled(0.01...0.3))) eg=\(draws.pick(["0.69", "1.11", "1.43"])) xti=\(draws.pick(["2", "3"]))",
      "+ fc=\(draws.value(0.3...0.7))\(draws.chance(0.4) ? " ikf=\(draws.magnitude(1e-3...1e-1))" : ""))",
      ".model zener D(is=\(draws.magnitude(1e-15...1e-12)) bv=\(draws.value(2...6)) ibv=\(draws.magnitude(1e-4...1e-2)) rs=\(draws.value(1...20)))",
    ]
  }
}
