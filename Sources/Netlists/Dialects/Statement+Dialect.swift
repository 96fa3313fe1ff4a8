internal import Diagnostics
internal import Expressions

/// What operators and functions mean in LTspice and Xyce, written in the words of the base language.
///
/// Both raise a negative base to a whole power with its sign where ngspice takes the absolute value, and their `pwr` is
/// ngspice's `pow` of the absolute value.
extension Statement {
  func read(in dialect: Dialect) -> Statement {
    if dialect == .ngspice { return self }
    switch self {
    case .element(let card): return .element(card.readingPowers)
    case .directive(let card): return .directive(card.readingPowers)
    case .parameters(let assignments): return .parameters(assignments.map(\.readingPowers))
    case .function(var function):
      function.body = function.body.readingPowers
      return .function(function)
    case .model(var model):
      model.assignments = model.assignments.map(\.readingPowers)
      return .model(model)
    case .subcircuit(var subcircuit):
      // The statements inside were read when they were added.
      subcircuit.parameters = subcircuit.parameters.map(\.readingPowers)
      return .subcircuit(subcircuit)
    case .memristor, .repetition, .conditional, .global, .script: return self
    }
  }
}

extension Card {
  fileprivate var readingPowers: Card {
    var card = self
    card.assignments = assignments.map(\.readingPowers)
    for index in card.fields.indices {
      if case .expression(let expression) = card.fields[index].kind {
        card.fields[index].kind = .expression(expression.readingPowers)
      }
    }
    return card
  }
}

extension Assignment {
  fileprivate var readingPowers: Assignment {
    var assignment = self
    assignment.expression = expression.readingPowers
    return assignment
  }
}

extension Expression {
  fileprivate var readingPowers: Expression {
    replacing { part in
      switch part {
      case .binary(.absolutePower, let base, let exponent, let range):
        .binary(.power, base.readingPowers, exponent.readingPowers, range)
      case .call("pwr", let arguments, let range) where arguments.count == 2:
        .binary(.absolutePower, arguments[0].readingPowers, arguments[1].readingPowers, range)
      case .call("pow", let arguments, let range) where arguments.count == 2:
        .binary(.power, arguments[0].readingPowers, arguments[1].readingPowers, range)
      default: nil
      }
    }
  }
}
