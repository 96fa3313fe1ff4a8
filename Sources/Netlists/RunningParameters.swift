internal import Diagnostics
internal import Expressions

/// `.global_param x={sin(time)}`: Xyce's parameters may follow the time and the circuit.
///
/// Such a name stands for its expression wherever it is read; the other parameters stay numbers.
extension Netlist {
  /// The netlist with the expressions of such parameters of the top level in place of their names.
  var withoutRunningParameters: Netlist {
    var running: [String: Expression] = [:]
    let assignments = statements.flatMap { statement -> [Assignment] in
      if case .parameters(let assignments) = statement { assignments } else { [] }
    }
    let quantities = Expression.runningNames.subtracting(assignments.map(\.name.value))
    var count = -1
    // One that reads a running one runs too.
    while running.count != count {
      count = running.count
      for assignment in assignments where running[assignment.name.value] == nil {
        let expression = assignment.expression.substituting { running[$0] }
        if expression.isRunning(with: quantities) { running[assignment.name.value] = expression }
      }
    }
    if running.isEmpty { return self }
    var netlist = self
    netlist.statements = statements.compactMap { statement in
      guard case .parameters(let assignments) = statement else { return statement.substituting(running) }
      let rest = assignments.filter { running[$0.name.value] == nil }
      return rest.isEmpty ? nil : .parameters(rest)
    }
    return netlist
  }
}

extension Expression {
  private static let runningFunctions: Set<String> = ["ddt", "sdt", "idt"]

  /// Whether its value depends on where the circuit is, or on one of `quantities`.
  fileprivate func isRunning(with quantities: Set<String>) -> Bool {
    if !names.isDisjoint(with: quantities) || !probes.isEmpty { return true }
    var isRunning = false
    forEach { part in
      if case .call(let name, _, _) = part, Self.runningFunctions.contains(name) { isRunning = true }
    }
    return isRunning
  }
}

extension Statement {
  /// The statement with `expressions` in place of names that it does not define anew.
  fileprivate func substituting(_ expressions: [String: Expression]) -> Statement {
    switch self {
    case .element(let card): return .element(card.substituting(expressions))
    case .directive(let card): return .directive(card.substituting(expressions))
    case .parameters(let assignments): return .parameters(assignments.map { $0.substituting(expressions) })
    case .function(var function):
      let hidden = Set(function.parameters.map(\.value))
      function.body = function.body.substituting { hidden.contains($0) ? nil : expressions[$0] }
      return .function(function)
    case .model(var model):
      model.assignments = model.assignments.map { $0.substituting(expressions) }
      return .model(model)
    case .subcircuit(var subcircuit):
      subcircuit.parameters = subcircuit.parameters.map { $0.substituting(expressions) }
      var hidden = Set(subcircuit.parameters.map(\.name.value) + subcircuit.requiredParameters.map(\.value))
      for case .parameters(let assignments) in subcircuit.statements { hidden.formUnion(assignments.map(\.name.value)) }
      let visible = expressions.filter { !hidden.contains($0.key) }
      subcircuit.statements = subcircuit.statements.map { $0.substituting(visible) }
      return .subcircuit(subcircuit)
    case .repetition, .conditional:
      return mappingBlocks { $0.map { $0.substituting(expressions) } }
    default: return self
    }
  }
}

extension Card {
  fileprivate func substituting(_ expressions: [String: Expression]) -> Card {
    var card = self
    card.assignments = assignments.map { $0.substituting(expressions) }
    for index in card.fields.indices {
      switch card.fields[index].kind {
      case .expression(let expression):
        card.fields[index].kind = .expression(expression.substituting { expressions[$0] })
      case .word where keyword.value == "print":
        // A bare name among the signals.
        if let expression = card.fields[index].name.plain.flatMap({ expressions[$0] }) {
          card.fields[index].kind = .expression(expression)
        }
      default: continue
      }
    }
    return card
  }
}

extension Assignment {
  fileprivate func substituting(_ expressions: [String: Expression]) -> Assignment {
    var assignment = self
    assignment.expression = expression.substituting { expressions[$0] }
    return assignment
  }
}
