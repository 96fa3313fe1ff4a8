import TestSupport

/// Every shape with every number of its parameters: defaults are those of ngspice.
enum SourceShapes: CircuitFamily {
  static let name = "source shape"
  static let count = 40

  static func lines(_ draws: inout Draws) -> [String] {
    let text = Draws.text
    let form = draws.pick(forms)
    let kept = draws.whole(form.least...form.parameters.count)
    let parameters = form.parameters.prefix(kept).map { $0(&draws) }
    let separator = draws.pick([" ", ", "])
    let dc = draws.chance(0.3) ? "DC \(draws.value(-1...1)) " : ""
    let shape = "\(dc)\(form.name)(\(parameters.joined(separator: separator)))"
    return [
      "V1 a 0 \(shape)", "R1 a b 1k", "C1 b 0 \(draws.magnitude(0.01...0.3))u",
      "I1 0 c \(shape)", "R2 c 0 \(draws.value(0.5...2))", "C2 c 0 \(draws.magnitude(10...100))u",
      ".op", ".tran \(text(draws.uniform(1e-6...4e-6))) 10m",
    ]
  }

  private struct Form {
    var name: String
    /// How many parameters there must be.
    var least: Int
    var parameters: [@Sendable (inout Draws) -> String]
  }

  private static let forms: [Form] = [
    Form(name: "PULSE", least: 2, parameters: [level, level, delay, edge, edge, width, period]),
    Form(name: "SIN", least: 2, parameters: [level, level, frequency, delay, damping, phase]),
    Form(name: "EXP", least: 6, parameters: [level, level, delay, edge, width, edge]),
    Form(
      name: "SFFM", least: 5,
      parameters: [level, level, frequency, { $0.value(0.5...3) }, { $0.value(30...100) }, phase, phase]),
    Form(
      name: "AM", least: 4,
      parameters: [level, { $0.value(1...2) }, { $0.value(100...200) }, { $0.value(800...1500) }, delay]),
  ]

  private static let level: @Sendable (inout Draws) -> String = { $0.value(-2...2) }
  private static let delay: @Sendable (inout Draws) -> String = { $0.value(0.1...1.5) + "m" }
  private static let edge: @Sendable (inout Draws) -> String = { $0.value(0.05...0.5) + "m" }
  private static let width: @Sendable (inout Draws) -> String = { $0.value(1.6...2.5) + "m" }
  private static let period: @Sendable (inout Draws) -> String = { $0.value(4...6) + "m" }
  private static let frequency: @Sendable (inout Draws) -> String = { $0.value(150...600) }
  private static let damping: @Sendable (inout Draws) -> String = { $0.value(0...300) }
  private static let phase: @Sendable (inout Draws) -> String = { $0.value(-180...180) }
}
