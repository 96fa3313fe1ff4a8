internal import Diagnostics
internal import Expressions

/// `.model NAME TYPE(param=value ...)`, the parentheses being free.
extension StatementParser {
  mutating func parseModel(_ line: DirectiveLine) throws(NetlistError) {
    let form = "NAME TYPE(parameter=value ...)"
    var scanner = line.scanner
    guard let name = scanner.takeHeaderWord() else { throw line.malformed(scanner, expected: form) }
    scanner.skipSeparators()
    guard let type = scanner.takeHeaderWord() else { throw line.malformed(scanner, expected: form) }
    scanner.skipBlanks()
    var assignments: [Assignment] = []
    if scanner.next == UInt8(ascii: "(") {
      let end = try scanner.endOfGroup(at: scanner.position)
      var inner = TextScanner(scanner.text.slice(scanner.position + 1..<end - 1))
      assignments = try inner.takeAssignments(of: line, diagnostics: &diagnostics)
      scanner.position = end
    }
    assignments += try scanner.takeAssignments(of: line, diagnostics: &diagnostics)
    if define(name, as: .model) {
      add(.model(ModelDefinition(name: name, type: type, assignments: assignments)))
    }
  }
}

extension TextScanner {
  /// Takes `name = value` up to the end of the text.
  fileprivate mutating func takeAssignments(
    of line: DirectiveLine, diagnostics: inout DiagnosticBag
  ) throws(NetlistError) -> [Assignment] {
    var assignments: [Assignment] = []
    while true {
      skipSeparators()
      if isAtEnd { return assignments }
      guard let name = takeName() else { throw line.malformed(self, expected: "name = value") }
      skipBlanks()
      guard isAssignmentSign(at: position) else { throw line.malformed(name.range, expected: "name = value") }
      assignments.append(try takeAssignment(of: name, extent: .nextName, diagnostics: &diagnostics))
    }
  }

  /// Takes a word of a header: anything up to a blank, a comma, a parenthesis or `=`.
  mutating func takeHeaderWord() -> Located<String>? {
    var end = position
    while end < bytes.count, !bytes[end].isBlank, !"(),=".utf8.contains(bytes[end]) { end += 1 }
    guard end > position else { return nil }
    let word = take(to: end)
    return Located(word.bytes.lowercasedString, word.range)
  }
}
