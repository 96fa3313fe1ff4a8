/// When ngspice's |a|**b surprises: a base that may be negative meets an exponent that is not an even integer.
extension Expression {
  /// Whether it reads a running quantity and nothing in its form keeps it from becoming negative.
  ///
  /// Bases of constants and parameters are not judged by their form: `ConstantEvaluator` sees their values.
  var mayRunNegative: Bool { !isNeverNegative && (isRunning || isNegativeNumber) }

  /// An integer literal divisible by two, signed or not: a**2 and |a|**2 are the same.
  var isEvenInteger: Bool {
    switch self {
    case .number(let value, _): (value / 2).rounded() == value / 2
    case .unary(.plus, let operand, _), .unary(.minus, let operand, _): operand.isEvenInteger
    default: false
    }
  }

  private var isNegativeNumber: Bool {
    if case .unary(.minus, .number(let value, _), _) = self { value > 0 } else { false }
  }

  private var isRunning: Bool {
    switch self {
    case .probe: true
    case .name(let name, _): Self.runningNames.contains(name)
    default: operands.contains(where: \.isRunning)
    }
  }

  /// Names whose values change while the circuit runs, wherever they stand.
  package static let runningNames: Set<String> = ["time", "hertz"]

  private static let nonNegativeFunctions: Set<String> = [
    "abs", "sqrt", "exp", "limexp", "cosh", "acosh", "acos", "hypot", "exprel", "u", "u2", "uramp", "sqr", "eq0",
    "ne0", "gt0", "lt0", "ge0", "le0",
  ]

  private var isNeverNegative: Bool {
    switch self {
    case .number(let value, _): value >= 0
    case .name(let name, _): Self.runningNames.contains(name) || (ConstantTable.value(of: name) ?? -1) >= 0
    case .unary(.plus, let operand, _): operand.isNeverNegative
    case .unary(.not, _, _): true
    case .binary(let sign, let left, let right, _):
      switch sign {
      case .add, .multiply, .divide: left.isNeverNegative && right.isNeverNegative
      case .absolutePower, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or: true
      case .power: left.isNeverNegative || right.isEvenInteger
      case .subtract: false
      }
    case .call("max", let arguments, _): arguments.contains(where: \.isNeverNegative)
    case .call("min", let arguments, _): arguments.allSatisfy(\.isNeverNegative)
    case .call(let name, _, _): Self.nonNegativeFunctions.contains(name)
    case .conditional(_, let then, let otherwise, _): then.isNeverNegative && otherwise.isNeverNegative
    case .unary(.minus, _, _), .probe, .invalid: false
    }
  }
}
