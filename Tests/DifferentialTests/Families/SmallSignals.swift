import TestSupport

/// Phasors of linear networks and of diodes at their bias: R L C K T, controlled sources, charges that follow a voltage.
enum SmallSignals: CircuitFamily {
  static let name = "small signals"
  static let count = 60

  static func lines(_ draws: inout Draws) -> [String] {
    let network = Network(draws.whole(3...7), resistances: 100...2e4, &draws)
    let frequency = draws.scaled(1e2...1e7)
    var lines = network.lines
    lines.append("V1 s 0 DC \(draws.value(-3...3)) AC \(draws.value(0.2...2)) \(draws.value(-180...180))")
    lines.append("RS s \(network.nodes[0]) \(draws.magnitude(50...500))")
    if draws.chance(0.5) {
      let (a, b) = network.pair(&draws)
      lines.append("I1 \(a) \(b) DC \(draws.value(-1e-3...1e-3)) AC \(draws.value(1e-4...1e-3))")
    }
    for number in 1...draws.whole(2...6) {
      let (a, b) = network.pair(&draws)
      lines += element(number, a, b, network, frequency, &draws)
    }
    return lines + models(frequency, &draws) + [
      ".op",
      draws.pick([
        ".ac dec \(draws.whole(2...9)) \(Draws.text(frequency / 300)) \(Draws.text(frequency * 300))",
        ".ac oct \(draws.whole(1...4)) \(Draws.text(frequency / 50)) \(Draws.text(frequency * 50))",
        ".ac lin \(draws.whole(1...30)) \(Draws.text(frequency / 10)) \(Draws.text(frequency * 5))",
      ]),
    ]
  }

  private static func element(
    _ number: Int, _ a: String, _ b: String, _ network: Network, _ frequency: Double, _ draws: inout Draws
  ) -> [String] {
    let text = Draws.text
    // What has the impedance of a resistor of the network at the middle of the sweep.
    let capacitance = text(draws.scaled(0.1...10) / (6.28 * frequency * 2e3))
    let inductance = text(draws.scaled(0.1...10) * 2e3 / (6.28 * frequency))
    let (plus, minus) = (draws.pick(network.nodes), network.place(&draws))
    switch draws.whole(0...10) {
    case 0, 1: return ["C\(number) \(a) \(b) \(capacitance)"]
    case 2:
      return ["L\(number) \(a) m\(number) \(inductance)", "RL\(number) m\(number) \(b) \(draws.magnitude(10...1e3))"]
    case 3:
      return [
        "LA\(number) \(a) m\(number) \(inductance)", "RA\(number) m\(number) 0 \(draws.magnitude(10...1e3))",
        "LB\(number) \(b) k\(number) \(inductance)", "RB\(number) k\(number) 0 \(draws.magnitude(10...1e3))",
        "K\(number) LA\(number) LB\(number) \(draws.value(-0.99...0.99))",
      ]
    case 4:
      return [
        "D\(number) \(a) \(b) \(draws.pick(["plain", "full"]))",
        "RD\(number) \(a) \(b) \(draws.magnitude(1e4...1e6))",
      ]
    // A gain that cannot turn the loop over.
    case 5: return ["G\(number) \(a) 0 \(plus) \(minus) \(draws.value(-2e-6...2e-6))"]
    case 6:
      return [
        "E\(number) e\(number) 0 \(plus) \(minus) \(draws.value(-3...3))", "RE\(number) e\(number) 0 1k",
        "CE\(number) e\(number) x\(number) \(capacitance)", "RX\(number) x\(number) 0 \(draws.magnitude(500...5e3))",
      ]
    case 7:
      return [
        "F\(number) f\(number) 0 V1 \(draws.value(-2...2))", "RF\(number) f\(number) 0 \(draws.magnitude(100...1e3))",
      ]
    case 8:
      return [
        "H\(number) h\(number) 0 V1 \(draws.value(-500...500))", "LH\(number) h\(number) j\(number) \(inductance)",
        "RJ\(number) j\(number) 0 \(draws.magnitude(500...5e3))",
      ]
    case 9:
      return [
        "B\(number) b\(number) 0 V={v(\(plus))*tanh(v(\(a))) + 0.3*v(\(minus))*v(\(minus))}",
        "CB\(number) b\(number) y\(number) \(capacitance)", "RY\(number) y\(number) 0 1k",
      ]
    default:
      return [
        "T\(number) \(a) 0 t\(number) 0 z0=\(draws.value(50...500)) td=\(text(draws.uniform(0.01...0.1) / frequency))",
        "RT\(number) t\(number) 0 \(draws.magnitude(50...1e3))",
      ]
    }
  }

  private static func models(_ frequency: Double, _ draws: inout Draws) -> [String] {
    let capacitance = Draws.text(draws.scaled(0.1...1) / (6.28 * frequency * 2e3))
    return [
      ".model plain D(is=\(draws.magnitude(1e-15...1e-10)) n=\(draws.value(1...2)))",
      ".model full D(is=\(draws.magnitude(1e-15...1e-10)) n=\(draws.value(1...1.8)) rs=\(draws.value(0.1...50)) cjo=\(capacitance)",
      "+ vj=\(draws.value(0.5...0.9)) m=\(draws.value(0.3...0.5)) tt=\(Draws.text(draws.scaled(0.01...0.3) / frequency)))",
    ]
  }
}
