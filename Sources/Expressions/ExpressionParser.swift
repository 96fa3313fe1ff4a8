package import Diagnostics

/// What one expression may hold; the grammar of operators is the same everywhere.
package struct ExpressionGrammar: Sendable {
  /// `**` is the mathematical power, and `a**b**c` needs parentheses (device blocks); else ngspice's |a|**b.
  package var mathematicalPower: Bool
  /// Lower-case names (states, inputs) that a number's tail may not spell: `3h` where `h` is a state is an error.
  package var reservedTails: Set<String>
  /// A single `=` compares, with a warning: conditions of `.if`, as ngspice reads them.
  package var singleEqualsCompares: Bool

  package init(
    mathematicalPower: Bool = false, reservedTails: Set<String> = [], singleEqualsCompares: Bool = false
  ) {
    self.mathematicalPower = mathematicalPower
    self.reservedTails = reservedTails
    self.singleEqualsCompares = singleEqualsCompares
  }

  package static let spice = ExpressionGrammar()
  package static let condition = ExpressionGrammar(singleEqualsCompares: true)
  package static let device = ExpressionGrammar(mathematicalPower: true)
}

extension Expression {
  /// Parses all of `text`; a fault is reported with its place and gives `.invalid`.
  package static func parse(
    _ text: SourceText, grammar: ExpressionGrammar = .spice, diagnostics: inout DiagnosticBag
  ) -> Expression {
    var parser = ExpressionParser(text, grammar: grammar)
    do throws(ExpressionError) {
      let expression = try parser.parseAll()
      for remark in parser.remarks { diagnostics.report(remark.diagnostic) }
      return expression
    } catch {
      diagnostics.report(error.diagnostic)
      return .invalid(text.range)
    }
  }
}

/// Recursive descent with one token of lookahead. From loosest to tightest:
///
///     c ? a : b      to the right
///     or ||
///     and &&
///     == != <>
///     < <= > >=
///     + -
///     * /
///     + - not !      before an operand: -a**b is -(a**b), not a > b is (not a) > b
///     ** ^           to the left, as ngspice; an exponent may carry a sign
struct ExpressionParser {
  /// Levels of parentheses, signs, calls and conditionals inside one another.
  static let nestingLimit = 200
  /// Levels of the finished tree: everything that walks it later may recurse.
  static let depthLimit = 1000

  let text: SourceText
  let grammar: ExpressionGrammar
  var lexer: Lexer
  /// The next token, not yet taken.
  var token = Token(kind: .end, range: 0..<0)
  /// The token taken last.
  var previous: Token?
  var warnings: [ExpressionError] = []
  private var nesting = 0

  init(_ text: SourceText, grammar: ExpressionGrammar) {
    self.text = text
    self.grammar = grammar
    lexer = Lexer(text, grammar: grammar)
  }

  /// Warnings and notes on an expression without fault.
  var remarks: [ExpressionError] { lexer.notes + warnings }

  /// A part with the bytes it spans, its parentheses included.
  struct Part {
    var expression: Expression
    var bytes: Range<Int>
    var depth: Int
    var isGrouped = false
    /// Whether it is a power that no parentheses enclose, signs before it aside.
    var isBarePower = false
  }

  mutating func parseAll() throws(ExpressionError) -> Expression {
    try advance()
    if token.kind == .end { throw .emptyExpression(text.range) }
    let part = try conditional()
    if token.kind != .end { throw unexpectedToken() }
    return part.expression
  }

  mutating func advance() throws(ExpressionError) {
    previous = token.range.isEmpty ? nil : token
    token = try lexer.next()
    if grammar.singleEqualsCompares, token.kind == .equals {
      warnings.append(.singleEqualsCompares(text.range(token.range)))
      token.kind = .binary(.equal)
    }
  }

  /// Runs `body` one level deeper.
  mutating func nested(
    _ body: (inout ExpressionParser) throws(ExpressionError) -> Part
  ) throws(ExpressionError) -> Part {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Self.nestingLimit { throw .nestedTooDeeply(text.range(token.range), limit: Self.nestingLimit) }
    return try body(&self)
  }

  /// A node over `parts` that spans `bytes`.
  func part(
    over parts: [Part], bytes: Range<Int>, _ make: (SourceRange) -> Expression
  ) throws(ExpressionError) -> Part {
    let depth = 1 + (parts.map(\.depth).max() ?? 0)
    if depth > Self.depthLimit { throw .tooManyOperators(text.range(token.range), limit: Self.depthLimit) }
    return Part(expression: make(text.range(bytes)), bytes: bytes, depth: depth)
  }

  // MARK: Operators

  mutating func conditional() throws(ExpressionError) -> Part {
    let condition = try binary(atLeast: 1)
    guard token.kind == .question else { return condition }
    let question = text.range(token.range)
    return try nested { parser throws(ExpressionError) in
      parser.lexer.openConditionals += 1
      try parser.advance()
      let then = try parser.conditional()
      parser.lexer.openConditionals -= 1
      guard parser.token.kind == .colon else {
        if parser.token.beginsOperand { throw parser.unexpectedToken() }
        throw .unfinishedConditional(parser.text.range(parser.token.range), question: question)
      }
      try parser.advance()
      let otherwise = try parser.conditional()
      return try parser.part(
        over: [condition, then, otherwise], bytes: condition.bytes.lowerBound..<otherwise.bytes.upperBound
      ) { .conditional(condition.expression, then.expression, otherwise.expression, $0) }
    }
  }

  /// A chain of binary operators that bind at least as tightly as `precedence`.
  private mutating func binary(atLeast precedence: Int) throws(ExpressionError) -> Part {
    var left = try unary()
    while let own = token.precedence, own >= precedence, own < BinaryOperator.unaryPrecedence {
      let kind = token.kind
      if case .binary(let sign) = kind, sign.isComparison { warnAboutComparison(of: left) }
      try advance()
      let right = try binary(atLeast: own + 1)
      if case .binary(let sign) = kind {
        left = try join(left, sign, right)
      } else {
        left = try part(over: [left, right], bytes: left.bytes.lowerBound..<right.bytes.upperBound) {
          .call("fmod", [left.expression, right.expression], $0)
        }
      }
    }
    return left
  }

  private mutating func unary() throws(ExpressionError) -> Part {
    let sign: UnaryOperator
    switch token.kind {
    case .binary(.add): sign = .plus
    case .binary(.subtract): sign = .minus
    case .not: sign = .not
    default: return try power()
    }
    let start = token.range.lowerBound
    return try nested { parser throws(ExpressionError) in
      try parser.advance()
      let operand = try parser.unary()
      var signed = try parser.part(over: [operand], bytes: start..<operand.bytes.upperBound) {
        .unary(sign, operand.expression, $0)
      }
      signed.isBarePower = operand.isBarePower
      return signed
    }
  }

  private mutating func power() throws(ExpressionError) -> Part {
    var base = try primary()
    while case .binary(let sign) = token.kind, sign.precedence > BinaryOperator.unaryPrecedence {
      try advance()
      // A sign takes all that follows it, as in ngspice: a**-b**c is a**(-(b**c)).
      let exponent =
        switch token.kind {
        case .binary(.add), .binary(.subtract), .not: try unary()
        default: try primary()
        }
      if grammar.mathematicalPower, base.isBarePower || exponent.isBarePower {
        throw .chainedPower(text.range(base.bytes.lowerBound..<exponent.bytes.upperBound))
      }
      base = try join(base, sign, exponent)
      base.isBarePower = true
    }
    return base
  }

  private mutating func join(_ left: Part, _ sign: BinaryOperator, _ right: Part) throws(ExpressionError) -> Part {
    let joined = try part(over: [left, right], bytes: left.bytes.lowerBound..<right.bytes.upperBound) {
      .binary(sign, left.expression, right.expression, $0)
    }
    if sign == .absolutePower, left.expression.mayRunNegative, !right.expression.isEvenInteger {
      warnings.append(.absolutePower(joined.expression.range, base: left.expression, value: nil))
    }
    return joined
  }

  private mutating func warnAboutComparison(of left: Part) {
    if left.isGrouped { return }
    let range = text.range(left.bytes.lowerBound..<token.range.upperBound)
    switch left.expression {
    case .binary(let sign, _, _, _) where sign.isComparison: warnings.append(.chainedComparison(range))
    case .unary(.not, _, _): warnings.append(.notBindsTighter(range))
    default: break
    }
  }

  // MARK: Faults

  /// What is wrong with a token that cannot stand here.
  func unexpectedToken() -> ExpressionError {
    let range = text.range(token.range)
    switch token.kind {
    case .close(let bracket): return .unopened(range, bracket: bracket.closing)
    case .equals: return .singleEquals(range)
    case .comma: return .strayComma(range)
    case .colon: return .strayColon(range)
    default:
      guard token.beginsOperand, let previous else { return .expectedOperand(range, after: nil) }
      let gap = previous.range.upperBound..<token.range.lowerBound
      let isContinued = text.pieces.contains { $0.offset >= gap.lowerBound && $0.offset <= gap.upperBound }
      return .missingOperator(
        text.range(previous.range.lowerBound..<token.range.upperBound), gap: text.range(gap),
        afterContinuation: isContinued)
    }
  }
}
