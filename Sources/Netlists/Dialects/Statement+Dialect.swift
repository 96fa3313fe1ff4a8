internal import Diagnostics
internal import Expressions

/// What operators and functions mean in LTspice and Xyce, written in the words of the base language.
///
/// Both raise a negative base to a whole power with its sign where ngspice takes the absolute value, and their `pwr` is
/// ngspice's `pow` of the absolute value. Xyce's `log` is to base 10.
extension Statement {
  func read(in dialect: Dialect) -> Statement {
    if dialect == .ngspice { return self }
    switch self {
    case .element(let card): return .element(card.reading(dialect))
    case .directive(let card): return .directive(card.reading(dialect))
    case .parameters(let assignments): return .parameters(assignments.map { $0.reading(dialect) })
    case .function(var function):
      function.body = function.body.reading(dialect)
      return .function(function)
    case .model(var model):
      model.assignments = model.assignments.map { $0.reading(dialect) }
      if dialect == .xyce { model.makeFactor() }
      return .model(model)
    case .subcircuit(var subcircuit):
      // The statements inside were read when they were added.
      subcircuit.parameters = subcircuit.parameters.map { $0.reading(dialect) }
      return .subcircuit(subcircuit)
    case .memristor, .repetition, .conditional, .global, .script: return self
    }
  }
}

extension ModelDefinition {
  /// `.model m L(l=2)` of Xyce multiplies the values of its elements; `r` and `c` likewise.
  fileprivate mutating func makeFactor() {
    guard ["r", "c", "l"].contains(type.value) else { return }
    for index in assignments.indices where assignments[index].name.value == type.value {
      assignments[index].name = Located("scale", assignments[index].name.range)
    }
  }
}

extension Card {
  fileprivate func reading(_ dialect: Dialect) -> Card {
    var card = self
    card.assignments = assignments.map { $0.reading(dialect) }
    for index in card.fields.indices {
      if case .expression(let expression) = card.fields[index].kind {
        card.fields[index].kind = .expression(expression.reading(dialect))
      }
    }
    return card
  }
}

extension Assignment {
  fileprivate func reading(_ dialect: Dialect) -> Assignment {
    var assignment = self
    assignment.expression = expression.reading(dialect)
    return assignment
  }
}

extension Expression {
  fileprivate func reading(_ dialect: Dialect) -> Expression {
    replacing { part in
      switch part {
      case .binary(.absolutePower, let base, let exponent, let range):
        .binary(.power, base.reading(dialect), exponent.reading(dialect), range)
      case .call("pwr", let arguments, let range) where arguments.count == 2:
        .binary(.absolutePower, arguments[0].reading(dialect), arguments[1].reading(dialect), range)
      case .call("log", let arguments, let range) where dialect == .xyce && arguments.count == 1:
        .call("log10", [arguments[0].reading(dialect)], range)
      case .call("pow", let arguments, let range) where arguments.count == 2:
        .binary(.power, arguments[0].reading(dialect), arguments[1].reading(dialect), range)
      default: nil
      }
    }
  }
}
