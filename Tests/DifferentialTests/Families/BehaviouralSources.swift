import TestSupport

/// B sources with random expressions of voltages, currents and time, one behind the other.
enum BehaviouralSources: CircuitFamily {
  static let name = "behavioural sources"
  static let count = 40

  static func lines(_ draws: inout Draws) -> [String] {
    var lines = [
      "V1 a 0 DC \(draws.value(-2...2)) SIN(\(draws.value(-1...1)) \(draws.value(0.5...2)) \(draws.value(100...200)))",
      "R1 a b \(draws.magnitude(500...5e3))", "C1 b 0 \(draws.magnitude(0.1...1))u",
      "Rb b 0 \(draws.magnitude(1e3...1e4))",
    ]
    var inputs = ["v(a)", "v(b)", "v(a,b)", "1k*i(v1)"]
    for stage in 1...draws.whole(1...4) {
      let formula = expression(of: inputs, depth: draws.whole(1...3), &draws)
      let isVoltage = draws.chance(0.5)
      lines.append("B\(stage) p\(stage) 0 \(isVoltage ? "V={\(formula)}" : "I={1m*(\(formula))}")")
      lines.append("Rp\(stage) p\(stage) 0 \(draws.magnitude(500...2e3))")
      if draws.chance(0.3) { lines.append("Cp\(stage) p\(stage) 0 \(draws.magnitude(0.05...0.5))u") }
      inputs.append("v(p\(stage))")
    }
    return lines + [".op", ".dc V1 -2 2 0.25", ".tran 0.5u 10m"]
  }

  /// An expression whose value stays within a few units for inputs of a few volts.
  private static func expression(of inputs: [String], depth: Int, _ draws: inout Draws) -> String {
    if depth == 0 {
      return draws.chance(0.8) ? draws.pick(inputs) : draws.value(-2...2)
    }
    let a = expression(of: inputs, depth: depth - 1, &draws)
    let b = expression(of: inputs, depth: depth - 1, &draws)
    return switch draws.whole(0...17) {
    case 0: "(\(a) + \(b))"
    case 1: "(\(a) - 0.5*\(b))"
    case 2: "tanh(\(a))*\(b)"
    case 3: "sin(\(a))"
    case 4: "cos(\(a) + \(b))"
    case 5: "exp(-abs(\(a)))"
    case 6: "sqrt(1 + (\(a))*(\(a)))"
    case 7: "min(\(a), \(b))"
    case 8: "max(\(a), \(b))"
    case 9: "atan(\(a))"
    case 10: "ln(2 + abs(\(a)))"
    case 11: "(\(a) > \(b) ? \(a) : \(b))"
    case 12: "pwr(\(a), 2)/4"
    case 13: "uramp(\(a))"
    case 14: "pow(abs(\(a)) + 0.1, 1.5)/3"
    case 15: "(\(a))/(1 + abs(\(b)))"
    case 16: "pwl(\(a), -2, -1, 0, 0.5, 2, 1)"
    default: "0.3*(\(a))*(\(b))"
    }
  }
}
