internal import Diagnostics

/// Operands: numbers, names, groups, calls, probes.
extension ExpressionParser {
  mutating func primary() throws(ExpressionError) -> Part {
    let first = token
    let range = text.range(first.range)
    switch first.kind {
    case .number(let value):
      try advance()
      return Part(expression: .number(value, range), bytes: first.range, depth: 1)
    case .quantity(let device, let name):
      try advance()
      return Part(expression: .probe(.quantity(device: device, name: name), range), bytes: first.range, depth: 1)
    case .name(let name):
      if lexer.isAtOpenParenthesis() {
        if Self.probeNames.contains(name) { return try probe(name) }
        if let form = PhasorForm(name), !grammar.mathematicalPower, lexer.isAtPlainArguments() {
          return try phasor(form)
        }
        return try call(name)
      }
      try advance()
      return Part(expression: .name(name, range), bytes: first.range, depth: 1)
    case .open(let bracket):
      return try group(bracket.opening, closedBy: .close(bracket))
    case .quote:
      return try group("'", closedBy: .quote)
    case .close where previous == nil:
      throw unexpectedToken()
    case .close, .binary, .remainder, .not, .comma, .colon, .question, .equals, .end:
      throw .expectedOperand(range, after: previous.map(spelling))
    }
  }

  private static let probeNames: Set<String> = ["v", "i", "p"]

  private func spelling(of token: Token) -> String {
    String(decoding: text.bytes[token.range], as: UTF8.self).shortened
  }

  private mutating func group(_ bracket: String, closedBy closing: Token.Kind) throws(ExpressionError) -> Part {
    let start = token.range
    return try nested { parser throws(ExpressionError) in
      try parser.advance()
      var inner = try parser.conditional()
      try parser.expect(closing, of: bracket, openedAt: start)
      inner.bytes = start.lowerBound..<parser.token.range.upperBound
      inner.isGrouped = true
      inner.isBarePower = false
      try parser.advance()
      return inner
    }
  }

  /// Leaves the closing bracket as the next token.
  private func expect(
    _ closing: Token.Kind, of bracket: String, openedAt start: Range<Int>
  ) throws(ExpressionError) {
    if token.kind == closing { return }
    switch token.kind {
    case .end, .close: throw .unclosed(text.range(start), bracket: bracket)
    default: throw unexpectedToken()
    }
  }

  // MARK: Calls

  private mutating func call(_ name: String) throws(ExpressionError) -> Part {
    let start = token.range.lowerBound
    return try nested { parser throws(ExpressionError) in
      try parser.advance()
      let open = parser.token.range
      var arguments: [Part] = []
      try parser.advance()
      // `par('expression')` is how SPICE marks an expression among signals.
      let isMark = name == "par" && [.quote, .open(.brace)].contains(parser.token.kind)
      if parser.token.kind != .close(.parenthesis) {
        arguments.append(try parser.conditional())
        while parser.token.kind == .comma {
          try parser.advance()
          arguments.append(try parser.conditional())
        }
        try parser.expect(.close(.parenthesis), of: "(", openedAt: open)
      }
      let bytes = start..<parser.token.range.upperBound
      try parser.advance()
      let expressions = arguments.map(\.expression)
      if isMark, arguments.count == 1 { return arguments[0] }
      return try parser.node(calling: name, expressions, over: arguments, bytes: bytes)
    }
  }

  /// A call, or the operator that some names stand for.
  private func node(
    calling name: String, _ arguments: [Expression], over parts: [Part], bytes: Range<Int>
  ) throws(ExpressionError) -> Part {
    switch name {
    case "if", "ternary_fcn":
      guard arguments.count == 3 else {
        throw .conditionalArguments(text.range(bytes), name: name, count: arguments.count)
      }
      return try part(over: parts, bytes: bytes) { .conditional(arguments[0], arguments[1], arguments[2], $0) }
    case "pow" where grammar.mathematicalPower && arguments.count == 2:
      return try part(over: parts, bytes: bytes) { .binary(.power, arguments[0], arguments[1], $0) }
    default:
      return try part(over: parts, bytes: bytes) { .call(name, arguments, $0) }
    }
  }

  // MARK: Probes

  private mutating func probe(_ name: String) throws(ExpressionError) -> Part {
    let start = token.range.lowerBound
    let names = try lexer.probeArguments(of: name)
    let bytes = start..<lexer.position
    let range = text.range(bytes)
    let isWellFormed = names.allSatisfy { !$0.isEmpty && !$0.utf8.contains(where: \.isBlank) }
    let probe: Probe? =
      switch (name, names.count) {
      case ("v", 1): .voltage(names[0], nil)
      case ("v", 2): .voltage(names[0], names[1])
      case ("i", 1): .current(names[0])
      case ("p", 1): .power(names[0])
      default: nil
      }
    guard let probe, isWellFormed else {
      throw .malformedProbe(range, form: name == "v" ? "v(node) or v(node, node)" : "\(name)(device)")
    }
    try advance()
    previous = Token(kind: .name(name), range: bytes)
    return Part(expression: .probe(probe, range), bytes: bytes, depth: 1)
  }

  /// `vdb(out)`: a function of a probe.
  private mutating func phasor(_ form: PhasorForm) throws(ExpressionError) -> Part {
    let probe = try probe(form.probe)
    return try part(over: [probe], bytes: probe.bytes) { .call(form.function, [probe.expression], $0) }
  }
}

/// ngspice's `vm vp vr vi vdb` of nodes and `im ip ir ii idb` of devices: a probe and what is taken of its phasor.
package struct PhasorForm {
  /// `v` or `i`.
  package let probe: String
  package let function: String

  private static let functions = ["m": "mag", "p": "ph", "r": "re", "i": "im", "db": "db"]

  package init?(_ name: String) {
    guard let first = name.first, first == "v" || first == "i",
      let function = Self.functions[String(name.dropFirst())]
    else { return nil }
    probe = String(first)
    self.function = function
  }
}
