internal import Diagnostics
internal import Expressions

/// `.if (condition)`, `.elseif (condition)`, `.else`, `.endif`.
extension StatementParser {
  mutating func openConditional(_ line: DirectiveLine) throws(NetlistError) {
    try open(line) { (parser) throws(NetlistError) in
      .conditional(condition: try parser.condition(of: line), closed: [])
    }
  }

  mutating func openElseIf(_ line: DirectiveLine) throws(NetlistError) {
    try openBranch(line) { (parser) throws(NetlistError) in try parser.condition(of: line) }
  }

  mutating func openElse(_ line: DirectiveLine) throws(NetlistError) {
    try openBranch(line) { (parser) throws(NetlistError) in
      if !line.scanner.isAtEnd { throw line.malformed(line.scanner, expected: "nothing behind .else") }
      return nil
    }
  }

  mutating func closeConditional(_ line: DirectiveLine) throws(NetlistError) {
    let block = try close("if", with: line)
    guard case .conditional(let condition, let closed) = block.kind else { return }
    add(.conditional(Conditional(branches: closed + [(condition, block.statements)])))
  }

  /// Closes the open branch and begins the next one in its place.
  private mutating func openBranch(
    _ line: DirectiveLine, condition: (inout StatementParser) throws(NetlistError) -> Expression?
  ) throws(NetlistError) {
    var block = try close("if", with: line)
    defer { blocks.append(block) }
    if let otherwise = block.otherwise {
      throw .branchAfterElse(line.keyword.range, name: line.keyword.value, otherwise: otherwise)
    }
    if line.keyword.value == "else" { block.otherwise = line.keyword.range }
    guard case .conditional(let open, let closed) = block.kind else { return }
    let branches = closed + [(open, block.statements)]
    (block.statements, block.definitions) = ([], [:])
    block.kind = .conditional(condition: .invalid(line.keyword.range), closed: branches)
    block.kind = .conditional(condition: try condition(&self), closed: branches)
  }

  private mutating func condition(of line: DirectiveLine) throws(NetlistError) -> Expression {
    let text = line.arguments.trimmed
    if text.bytes.isEmpty { throw line.malformed(line.scanner, expected: "(condition)") }
    return Expression.parse(text.unwrapped, grammar: .condition, diagnostics: &diagnostics)
  }
}
