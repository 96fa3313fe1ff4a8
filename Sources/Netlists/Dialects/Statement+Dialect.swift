internal import Diagnostics
internal import Expressions

/// What operators and functions mean in LTspice and Xyce, written in the words of the base language.
///
/// Both raise a negative base to a whole power with its sign where ngspice takes the absolute value, and their `pwr` is
/// ngspice's `pow` of the absolute value. Xyce's `log` is to base 10.
///
/// Its `freq` is the frequency of `.ac`, our `hertz`, where the netlist has no parameter of that name.
extension Statement {
  func read(in dialect: Dialect, readsFrequency: Bool = false) -> Statement {
    if dialect == .ngspice { return self }
    var read = reading { $0.reading(dialect, readsFrequency: readsFrequency) }
    if dialect == .xyce, case .model(var model) = read {
      model.makeFactor()
      read = .model(model)
    }
    return read
  }

  private func reading(_ read: (Expression) -> Expression) -> Statement {
    switch self {
    case .element(let card): return .element(card.reading(read))
    case .directive(let card): return .directive(card.reading(read))
    case .parameters(let assignments): return .parameters(assignments.map { $0.reading(read) })
    case .function(var function):
      function.body = read(function.body)
      return .function(function)
    case .model(var model):
      model.assignments = model.assignments.map { $0.reading(read) }
      return .model(model)
    case .subcircuit(var subcircuit):
      // The statements inside were read when they were added.
      subcircuit.parameters = subcircuit.parameters.map { $0.reading(read) }
      return .subcircuit(subcircuit)
    case .memristor, .repetition, .conditional, .global, .script: return self
    }
  }
}

extension ModelDefinition {
  /// `.model m L(l=2)` of Xyce multiplies the values of its elements; `r` and `c` likewise.
  ///
  /// PSpice's names of these types are Xyce's too.
  fileprivate mutating func makeFactor() {
    if let type = ["res": "r", "cap": "c", "ind": "l"][self.type.value] { self.type = Located(type, self.type.range) }
    guard ["r", "c", "l"].contains(type.value) else { return }
    for index in assignments.indices where assignments[index].name.value == type.value {
      assignments[index].name = Located("scale", assignments[index].name.range)
    }
  }
}

extension Card {
  fileprivate func reading(_ read: (Expression) -> Expression) -> Card {
    var card = self
    card.assignments = assignments.map { $0.reading(read) }
    for index in card.fields.indices {
      if case .expression(let expression) = card.fields[index].kind {
        card.fields[index].kind = .expression(read(expression))
      }
    }
    return card
  }
}

extension Assignment {
  fileprivate func reading(_ read: (Expression) -> Expression) -> Assignment {
    var assignment = self
    assignment.expression = read(expression)
    return assignment
  }
}

extension Expression {
  fileprivate func reading(_ dialect: Dialect, readsFrequency: Bool) -> Expression {
    func read(_ expression: Expression) -> Expression { expression.reading(dialect, readsFrequency: readsFrequency) }
    return replacing { part in
      switch part {
      case .name("freq", let range) where readsFrequency: .name("hertz", range)
      case .binary(.absolutePower, let left, let right, let range)
      where dialect == .xyce && left.isTruth && right.isTruth:
        Expression.either(read(left), read(right), range)
      case .binary(.absolutePower, let base, let exponent, let range):
        .binary(.power, read(base), read(exponent), range)
      case .call("pwr", let arguments, let range) where arguments.count == 2:
        .binary(.absolutePower, read(arguments[0]), read(arguments[1]), range)
      case .call("log", let arguments, let range) where dialect == .xyce && arguments.count == 1:
        .call("log10", [read(arguments[0])], range)
      case .call("pow", let arguments, let range) where arguments.count == 2:
        .binary(.power, read(arguments[0]), read(arguments[1]), range)
      case .call(let name, let arguments, let range) where dialect == .xyce:
        Expression.xyceCall(name, arguments, range, read)
      default: nil
      }
    }
  }

  /// A function of Xyce's in the words of the base language; nil where they are the same.
  ///
  /// Xyce computes in complex numbers and takes the real part at the end: the root of a negative voltage is 0.
  private static func xyceCall(
    _ name: String, _ arguments: [Expression], _ range: SourceRange, _ read: (Expression) -> Expression
  ) -> Expression? {
    func number(_ value: Double) -> Expression { .number(value, range) }
    func above(_ bound: Double) -> Expression {
      let argument = read(arguments[0])
      return .conditional(
        .binary(.greater, argument, number(bound), range), .call(name, [argument], range), number(0), range)
    }
    switch (name, arguments.count) {
    case ("sqrt", 1) where arguments[0].isRunning: return above(0)
    case ("acosh", 1) where arguments[0].isRunning: return above(1)
    case ("sign", 2):
      let parts = arguments.map(read)
      return .binary(.multiply, .call("abs", [parts[0]], range), .call("sgn", [parts[1]], range), range)
    case ("rand", 0): return .call("unif", [number(0.5), number(1)], range)
    case ("gauss", 2), ("agauss", 2): return .call(name, arguments.map(read) + [number(1)], range)
    default: return nil
    }
  }

  /// Whether it says by itself that it changes during a run.
  private var isRunning: Bool { !probes.isEmpty || names.contains("time") }

  /// One of the two and not both.
  private static func either(_ left: Expression, _ right: Expression, _ range: SourceRange) -> Expression {
    func only(_ one: Expression, not other: Expression) -> Expression {
      .binary(.and, one, .unary(.not, other, range), range)
    }
    return .binary(.or, only(left, not: right), only(right, not: left), range)
  }

  /// Whether it is 0 or 1 by what it says: a comparison, or what `and`, `or`, `not` make. Between two such `^` is Xyce's exclusive or.
  private var isTruth: Bool {
    switch self {
    case .binary(let sign, _, _, _):
      switch sign {
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or: true
      case .add, .subtract, .multiply, .divide, .power, .absolutePower: false
      }
    case .unary(.not, _, _): true
    case .unary, .number, .name, .probe, .call, .conditional, .invalid: false
    }
  }
}
