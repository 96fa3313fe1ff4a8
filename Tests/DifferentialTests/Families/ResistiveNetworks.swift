import TestSupport

/// Resistors in all their forms, fed by sources between any two nodes; temperatures; sweeps, single and nested.
enum ResistiveNetworks: CircuitFamily {
  static let name = "resistive network"
  static let count = 40

  static func lines(_ draws: inout Draws) -> [String] {
    let network = Network(draws.whole(2...10), &draws)
    var lines = network.lines
    // Each voltage source leads to a node of its own, so that no loop of sources comes about.
    for number in 1...draws.whole(1...3) {
      let (at, to) = network.pair(&draws)
      let dc = draws.chance(0.5) ? "DC " : ""
      lines.append("V\(number) s\(number) \(at) \(dc)\(draws.value(-10...10))")
      lines.append("RS\(number) s\(number) \(to) \(draws.magnitude(10...1e4))")
    }
    for number in 1...draws.whole(1...2) {
      let (from, to) = network.pair(&draws)
      lines.append("I\(number) \(from) \(to) \(draws.magnitude(1e-6...1e-2))")
    }
    for number in 1...draws.whole(1...4) {
      let (a, b) = network.pair(&draws)
      lines.append("RZ\(number) \(a) \(b) \(form(&draws))")
    }
    lines.append(
      ".model strip R(rsh=\(draws.value(20...200)) narrow=0.1u short=0.2u tc1=\(draws.value(-2e-3...2e-3)) tc2=2u)")
    lines.append(".param rate=\(draws.value(1...9)) base=\(draws.magnitude(100...1e4))")
    if draws.chance(0.5) { lines.append(".temp \(draws.value(-40...125))") }
    if draws.chance(0.3) { lines.append(".options tnom=\(draws.value(0...50))") }
    let nested = draws.chance(0.4) ? " I1 0 1m 0.25m" : ""
    return lines + [".op", ".dc V1 -5 5 0.5\(nested)"]
  }

  private static func form(_ draws: inout Draws) -> String {
    switch draws.whole(0...7) {
    case 0: "\(draws.magnitude(100...1e5)) tc1=\(draws.value(-3e-3...3e-3)) tc2=\(draws.value(-1e-5...1e-5))"
    case 1: "\(draws.magnitude(100...1e5)) temp=\(draws.value(0...100)) tc1=\(draws.value(-3e-3...3e-3))"
    case 2: "{base*(1 + rate/4)}"
    case 3: "R={base + 100*rate**2}"
    case 4: "strip l=\(draws.value(5...50))u w=\(draws.value(1...5))u"
    case 5: "\(draws.magnitude(1...100))k m=\(draws.whole(2...4))"
    case 6: "\(draws.magnitude(1...100))k dtemp=\(draws.value(-20...20)) tc1=1m"
    default: "\(draws.magnitude(1e-3...0.1))Meg"
    }
  }
}
