internal import Diagnostics
internal import Expressions

extension Card {
  /// Reads an element line: words separated by blanks and commas, parentheses standing alone, `name=value`.
  static func element(_ text: SourceText, diagnostics: inout DiagnosticBag) throws(NetlistError) -> Card {
    var scanner = TextScanner(text)
    let name = scanner.take(to: try scanner.endOfElementWord(at: 0))
    if scanner.isAssignmentSign(at: scanner.indexBehindBlanks(scanner.position)) {
      throw .strayEquation(name.range, name: name.string)
    }
    var card = Card(
      keyword: Located(name.bytes.lowercasedString, name.range),
      name: NameTemplate(parsing: name, diagnostics: &diagnostics), fields: [], assignments: [], text: text)
    var openParentheses: [Int] = []
    var endsInWord = false
    while true {
      scanner.skipSeparators()
      guard let byte = scanner.next else { break }
      let start = scanner.position
      switch byte {
      case UInt8(ascii: "("):
        openParentheses.append(start)
        card.fields.append(.parenthesis(.openParenthesis, scanner.take(to: start + 1)))
        endsInWord = false
      case UInt8(ascii: ")"):
        guard openParentheses.popLast() != nil else { throw scanner.unopenedBracket(at: start) }
        card.fields.append(.parenthesis(.closeParenthesis, scanner.take(to: start + 1)))
        endsInWord = false
      case UInt8(ascii: "=") where scanner.isAssignmentSign(at: start):
        if endsInWord, let word = card.fields.last?.text, TextScanner(word).endOfName(at: 0) == word.bytes.count {
          card.fields.removeLast()
          card.assignments.append(
            try scanner.takeAssignment(
              of: Located(word.bytes.lowercasedString, word.range), extent: .operands, diagnostics: &diagnostics))
        } else {
          card.fields.append(.word(scanner.take(to: start + 1), diagnostics: &diagnostics))
        }
        endsInWord = false
      default:
        let field = try scanner.takeElementField(diagnostics: &diagnostics)
        card.fields.append(field)
        endsInWord = field.isWord
        if let end = scanner.endOfBareFormula(behind: card) {
          card.fields.append(.expression(scanner.take(to: end).trimmed, diagnostics: &diagnostics))
        }
      }
    }
    if let open = openParentheses.last { throw scanner.unclosedBracket(at: open) }
    card.unwrapNodes()
    return card
  }

  /// Takes the parentheses off nodes that stand in pairs: `E1 (a 0) (b 0) 10`, `POLY(2) (a, 0) (b, 0)`.
  private mutating func unwrapNodes() {
    let isTable = fields.contains { $0.isWord && $0.text.bytes.lowercasedString == "table" }
    let mayFollow = "efgh".contains(keyword.value.first ?? " ") && !isTable
    var index = 0
    while index + 3 < fields.count {
      guard case .openParenthesis = fields[index].kind, case .closeParenthesis = fields[index + 3].kind,
        fields[index + 1].isWord, fields[index + 2].isWord
      else {
        if !mayFollow { return }
        index += 1
        continue
      }
      fields.remove(at: index + 3)
      fields.remove(at: index)
      index += 2
    }
  }
}

extension TextScanner {
  /// Where the formula ends that stands without braces behind `VALUE` or `TABLE` of an E or G card, as in PSpice; nil where
  /// none begins at the cursor.
  fileprivate func endOfBareFormula(behind card: Card) -> Int? {
    guard card.fields.count > 2, "eg".contains(card.keyword.value.first ?? " "),
      let word = card.fields.last, word.isWord
    else { return nil }
    let keyword = word.text.bytes.lowercasedString
    var index = indexBehindBlanks(position)
    guard keyword == "value" || keyword == "table", index < bytes.count,
      !"={'".utf8.contains(bytes[index])
    else {
      return nil
    }
    if keyword == "value" { return bytes.count }
    while index < bytes.count, !isAssignmentSign(at: index) {
      index =
        "([{".utf8.contains(bytes[index]) ? (try? endOfGroup(at: index)) ?? bytes.count : index + 1
    }
    return index
  }

  /// Takes a word, `{...}` or `'...'`; braces with more behind them, `{k}a`, belong to a word.
  fileprivate mutating func takeElementField(diagnostics: inout DiagnosticBag) throws(NetlistError) -> Field {
    if next == UInt8(ascii: "'") {
      return .expression(take(to: try endOfQuote(at: position)), diagnostics: &diagnostics)
    }
    let end = try endOfElementWord(at: position)
    if next == UInt8(ascii: "{"), try endOfGroup(at: position) == end {
      return .expression(take(to: end), diagnostics: &diagnostics)
    }
    return .word(take(to: end), diagnostics: &diagnostics)
  }

  fileprivate func endOfElementWord(at start: Int) throws(NetlistError) -> Int {
    var index = start
    while index < bytes.count, !bytes[index].isBlank, !isAssignmentSign(at: index) {
      switch bytes[index] {
      case UInt8(ascii: "{"): index = try endOfGroup(at: index)
      case UInt8(ascii: "\""): index = try endOfQuote(at: index)
      case UInt8(ascii: "}"): throw unopenedBracket(at: index)
      case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "'"): return index
      default: index += 1
      }
    }
    return index
  }
}

extension Field {
  static func word(_ text: SourceText, diagnostics: inout DiagnosticBag) -> Field {
    Field(kind: .word, text: text, name: NameTemplate(parsing: text, diagnostics: &diagnostics))
  }

  static func expression(_ text: SourceText, diagnostics: inout DiagnosticBag) -> Field {
    let inner = text.unwrapped
    let expression =
      inner.specialForm(diagnostics: &diagnostics)
      ?? Expression.parse(inner, diagnostics: &diagnostics)
    return Field(
      kind: .expression(expression), text: text, name: NameTemplate([.placeholder(expression)]))
  }

  static func parenthesis(_ kind: Kind, _ text: SourceText) -> Field {
    Field(kind: kind, text: text, name: NameTemplate([.text(text.string)]))
  }
}
