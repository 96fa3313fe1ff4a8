internal import Diagnostics
internal import Expressions

/// `C1 a 0 1u ic=1` of Xyce: the operating point that begins a run holds the voltage, with or without `uic`.
extension Netlist {
  /// The netlist with an `.ic` line for every capacitor to ground with `ic=`.
  var holdingCapacitors: Netlist {
    var netlist = self
    netlist.statements = Self.holding(statements)
    return netlist
  }

  private static func holding(_ statements: [Statement]) -> [Statement] {
    var result: [Statement] = []
    for var statement in statements {
      if case .subcircuit(var subcircuit) = statement {
        subcircuit.statements = holding(subcircuit.statements)
        statement = .subcircuit(subcircuit)
      }
      result.append(statement)
      if case .element(let card) = statement, let held = card.heldVoltage { result.append(.directive(held)) }
    }
    return result
  }
}

extension Card {
  fileprivate var heldVoltage: Card? {
    guard keyword.value.hasPrefix("c"), let start = assignments.first(where: { $0.name.value == "ic" }),
      fields.count >= 2, let high = fields[0].name.plain, let low = fields[1].name.plain
    else { return nil }
    let isGrounded = low == "0" || low == "gnd"
    guard isGrounded != (high == "0" || high == "gnd") else { return nil }
    var assignment = start
    assignment.name = Located("v(\(isGrounded ? high : low))", start.name.range)
    if !isGrounded { assignment.expression = .unary(.minus, start.expression, start.expression.range) }
    return Card(
      keyword: Located("ic", keyword.range), name: NameTemplate([.text("ic")]), fields: [], assignments: [assignment],
      text: start.value)
  }
}
