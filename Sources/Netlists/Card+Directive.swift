internal import Diagnostics
internal import Expressions

extension Card {
  /// Values that are names or paths and no expressions: `input=Vin`, `supplies=Vn,Vp` of `.neuron`, `file=../out.prn`.
  private static let words: [String: Set<String>] = [
    "neuron": ["input", "supplies"], "print": ["file", "format", "delimiter"],
    "measure": ["file", "comp_function", "print", "output"],
  ]

  /// Reads a directive that a later layer obeys.
  ///
  /// Words end at blanks outside brackets. What stands before `=` is the assignment's name as written, in lower case,
  /// be it a signal or `{...}`: `.ic v(a)=1`, `when v(a, b) = 0.5`. The value is one word.
  static func directive(
    _ line: DirectiveLine, keyword: String, diagnostics: inout DiagnosticBag
  ) throws(NetlistError) -> Card {
    var card = Card(
      keyword: Located(keyword, line.keyword.range), name: NameTemplate([.text(keyword)]), fields: [], assignments: [],
      text: line.text)
    var scanner = line.scanner
    while true {
      scanner.skipSeparators()
      guard !scanner.isAtEnd else { return card }
      let start = scanner.position
      let word = scanner.take(to: try scanner.endOfWord(at: start))
      let sign = scanner.indexBehindBlanks(scanner.position)
      if word.bytes.isEmpty {
        throw line.malformed(scanner, expected: "a name or a signal before '='")
      } else if scanner.isAssignmentSign(at: sign) {
        scanner.position = sign
        let name = Located(word.bytes.lowercasedString, word.range)
        if words[keyword]?.contains(name.value) == true {
          let value = try scanner.takeValue(of: name, extent: .word)
          card.assignments.append(Assignment(name: name, value: value, expression: .invalid(value.range)))
        } else {
          card.assignments.append(try scanner.takeAssignment(of: name, extent: .word, diagnostics: &diagnostics))
        }
      } else if word.isWrapped {
        card.fields.append(.expression(word, diagnostics: &diagnostics))
      } else {
        card.fields.append(.word(word, diagnostics: &diagnostics))
      }
    }
  }
}

extension SourceText {
  /// Whether one pair of braces or single quotes holds all of it.
  fileprivate var isWrapped: Bool { unwrapped.bytes.count < bytes.count }
}
