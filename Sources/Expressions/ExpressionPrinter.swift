/// Prints an expression with no more parentheses than it takes to read the same tree again, in either grammar.
struct ExpressionPrinter {
  private(set) var text = ""

  /// Prints `expression` where only what binds at least as tightly as `precedence` needs no parentheses.
  mutating func print(_ expression: Expression, atLeast precedence: Int = 0) {
    let own = Self.precedence(of: expression)
    if own < precedence { text += "(" }
    defer { if own < precedence { text += ")" } }
    switch expression {
    case .number(let value, _):
      text += value.written
    case .name(let name, _):
      text += name
    case .probe(let probe, _):
      text += probe.description
    case .unary(let sign, let operand, _):
      text += sign.spelling
      print(operand, atLeast: BinaryOperator.unaryPrecedence)
    case .binary(let sign, let left, let right, _):
      print(left, atLeast: sign.isLeftOperandPlain ? sign.precedence : sign.precedence + 1)
      text += sign.isSpaced ? " \(sign.spelling) " : sign.spelling
      print(right, atLeast: sign.precedence + 1)
    case .call(let name, let arguments, _):
      text += name + "("
      for (index, argument) in arguments.enumerated() {
        if index > 0 { text += ", " }
        print(argument)
      }
      text += ")"
    case .conditional(let condition, let then, let otherwise, _):
      print(condition, atLeast: 1)
      text += " ? "
      print(then)
      text += " : "
      print(otherwise)
    case .invalid:
      text += "<invalid>"
    }
  }

  private static func precedence(of expression: Expression) -> Int {
    switch expression {
    case .conditional: 0
    case .binary(let sign, _, _, _): sign.precedence
    case .unary: BinaryOperator.unaryPrecedence
    case .number(let value, _) where value.sign == .minus: BinaryOperator.unaryPrecedence
    case .number, .name, .probe, .call, .invalid: BinaryOperator.power.precedence + 1
    }
  }
}

extension Expression: CustomStringConvertible {
  /// The expression in the language itself: reading it again gives the same tree.
  package var description: String {
    var printer = ExpressionPrinter()
    printer.print(self)
    return printer.text
  }
}

extension Probe: CustomStringConvertible {
  package var description: String {
    switch self {
    case .voltage(let plus, nil): "v(\(plus))"
    case .voltage(let plus, let minus?): "v(\(plus),\(minus))"
    case .current(let device): "i(\(device))"
    case .power(let device): "p(\(device))"
    case .quantity(let device, let name): "@\(device)[\(name)]"
    }
  }
}

extension UnaryOperator {
  package var spelling: String {
    switch self {
    case .plus: "+"
    case .minus: "-"
    case .not: "!"
    }
  }
}

extension BinaryOperator {
  /// Chains of comparisons and of powers are printed with parentheses: they read wrongly without, or are refused.
  fileprivate var isLeftOperandPlain: Bool { !isComparison && precedence < BinaryOperator.unaryPrecedence }

  fileprivate var isSpaced: Bool { precedence <= BinaryOperator.add.precedence }
}
