import TestSupport

/// Spectra of resistors and diodes behind filters: thermal, shot and flicker noise, warmer or colder than the circuit.
///
/// A resistor's `temp=` is left out, for ngspice's noise forgets it (`NgspiceFaultTests`).
enum Noises: CircuitFamily {
  static let name = "noises"
  static let count = 40

  static func lines(_ draws: inout Draws) -> [String] {
    let network = Network(draws.whole(2...5), resistances: 100...1e5, &draws)
    let frequency = draws.scaled(1e3...1e7)
    let text = Draws.text
    var lines = network.lines.map { line in
      guard draws.chance(0.3) else { return line }
      return line
        + draws.pick([" dtemp=\(draws.value(-50...100))", " noisy=0", " tc1=1m dtemp=\(draws.value(-30...60))"])
    }
    let isCurrent = draws.chance(0.3)
    if isCurrent {
      lines.append("I1 0 \(network.nodes[0]) DC \(draws.value(1e-4...2e-3)) AC 1")
    } else {
      lines += ["V1 s 0 DC \(draws.value(-2...5)) AC 1", "RS s \(network.nodes[0]) \(draws.magnitude(50...1e4))"]
    }
    for number in 1...draws.whole(1...3) {
      let (a, b) = network.pair(&draws)
      switch draws.whole(0...3) {
      case 0: lines.append("C\(number) \(a) \(b) \(text(draws.scaled(0.1...10) / (6.28 * frequency * 2e3)))")
      case 1:
        lines.append("L\(number) \(a) m\(number) \(text(draws.scaled(0.1...10) * 2e3 / (6.28 * frequency)))")
        lines.append("RL\(number) m\(number) \(b) \(draws.magnitude(10...1e3))")
      case 2: lines.append("G\(number) \(a) 0 \(draws.pick(network.nodes)) 0 \(draws.value(-2e-6...2e-6))")
      default: lines.append("D\(number) \(a) \(b) \(draws.pick(["plain", "flicker"]))")
      }
    }
    lines += [
      ".model plain D(is=\(draws.magnitude(1e-15...1e-10)) rs=\(draws.value(1...50)))",
      ".model flicker D(is=\(draws.magnitude(1e-15...1e-10)) kf=\(draws.magnitude(1e-17...1e-14)) af=\(draws.value(0.8...1.5)))",
    ]
    let output = draws.pick(network.nodes)
    let other = draws.chance(0.3) ? ",\(network.nodes[0])" : ""
    let place = other == ",\(output)" ? output : output + other
    let input = isCurrent ? "I1" : "V1"
    if draws.chance(0.3) { lines.append(".temp \(draws.value(-40...120))") }
    return lines + [
      ".noise v(\(place)) \(input) dec \(draws.whole(3...10)) \(text(frequency / 1e3)) \(text(frequency * 1e3))"
    ]
  }
}
