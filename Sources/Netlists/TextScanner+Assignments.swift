package import Diagnostics
internal import Expressions

/// How far the value behind `name =` reaches.
enum ValueExtent {
  /// One word: directives.
  case word
  /// To where an operand follows an operand without an operator between: element cards, `DC=5 PULSE(0 1)`.
  case operands
  /// To the next `name =`: lists that hold nothing but assignments.
  case nextName
}

extension TextScanner {
  /// Whether the `=` at `index` assigns and is no part of `==`, `<=`, `>=` or `!=`.
  func isAssignmentSign(at index: Int) -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return false }
    if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "=") { return false }
    guard index > 0 else { return true }
    return !"=<>!".utf8.contains(bytes[index - 1])
  }

  /// Whether `name =` or `name(arguments) =` begins at `index`.
  func beginsAssignment(at index: Int) -> Bool {
    guard let end = endOfName(at: index) else { return false }
    var next = indexBehindBlanks(end)
    if isAssignmentSign(at: next) { return true }
    guard next < bytes.count, bytes[next] == UInt8(ascii: "("), let close = try? endOfGroup(at: next) else {
      return false
    }
    next = indexBehindBlanks(close)
    return isAssignmentSign(at: next)
  }

  /// Takes `= value` behind `name`, the cursor being on the sign.
  mutating func takeAssignment(
    of name: Located<String>, extent: ValueExtent, diagnostics: inout DiagnosticBag
  ) throws(NetlistError) -> Assignment {
    let value = try takeValue(of: name, extent: extent)
    if extent == .operands, Card.fileWords.contains(name.value.lowercased()) {
      return Assignment(name: name, value: value, expression: .invalid(value.range))
    }
    return Assignment(name: name, value: value, expression: value.tolerance(of: name.value, &diagnostics))
  }

  /// Takes `=` and the text of the value.
  mutating func takeValue(of name: Located<String>, extent: ValueExtent) throws(NetlistError) -> SourceText {
    let sign = position
    position += 1
    skipBlanks()
    let end = extent == .word ? try endOfWord(at: position) : try endOfOperands(at: position, extent: extent)
    guard end > position else {
      throw .missingValue(name.range.joined(to: text.range(sign..<sign + 1)), name: name.value)
    }
    return take(to: end)
  }

  private func endOfOperands(at start: Int, extent: ValueExtent) throws(NetlistError) -> Int {
    var end = start
    var index = start
    var expectsOperand = true
    var followsName = false
    while index < bytes.count {
      let byte = bytes[index]
      let standsApart = index > end && !expectsOperand && extent == .operands
      switch byte {
      case _ where byte.isBlank:
        index += 1
        continue
      case UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        return end
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        if standsApart { return end }
        index = try endOfQuote(at: index)
        (expectsOperand, followsName) = (false, false)
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        let callsName = followsName && byte == UInt8(ascii: "(")
        if standsApart && !callsName { return end }
        index = try endOfGroup(at: index)
        (expectsOperand, followsName) = (false, false)
      case UInt8(ascii: "=") where isAssignmentSign(at: index):
        return end
      case _ where "+-*/^<>=!&|?:~%".utf8.contains(byte):
        index += 1
        (expectsOperand, followsName) = (true, false)
      default:
        if index == start || index > end || expectsOperand, beginsAssignment(at: index) { return end }
        let wordEnd = endOfOperand(at: index)
        let isOperator = ["and", "or", "not"].contains(bytes[index..<wordEnd].lowercasedString)
        if standsApart && !isOperator { return end }
        index = wordEnd
        (expectsOperand, followsName) = (isOperator, !isOperator && !byte.isDigit)
      }
      end = index
    }
    return end
  }

  private func endOfOperand(at start: Int) -> Int {
    var end = start
    while end < bytes.count, !bytes[end].isBlank, !"()[]{},'\"=+-*/^<>!&|?:~%".utf8.contains(bytes[end]) { end += 1 }
    return max(end, start + 1)
  }
}

extension SourceText {
  /// The text without blanks around it and without the one pair of braces or single quotes that holds all of it.
  package var unwrapped: SourceText {
    let trimmed = self.trimmed
    let scanner = TextScanner(trimmed)
    guard let first = trimmed.bytes.first, trimmed.bytes.count > 1 else { return trimmed }
    let end: Int?
    switch first {
    case UInt8(ascii: "{"): end = try? scanner.endOfGroup(at: 0)
    case UInt8(ascii: "'"): end = try? scanner.endOfQuote(at: 0)
    default: end = nil
    }
    guard end == trimmed.bytes.count else { return trimmed }
    return trimmed.slice(1..<trimmed.bytes.count - 1)
  }

  /// The text without blanks around it.
  var trimmed: SourceText {
    guard let first = bytes.firstIndex(where: { !$0.isBlank }), let last = bytes.lastIndex(where: { !$0.isBlank })
    else {
      return slice(0..<0)
    }
    return first == 0 && last == bytes.count - 1 ? self : slice(first..<last + 1)
  }

  /// The value of `name` as an expression; `dev=5%` and `lot=5%` are 0.05.
  fileprivate func tolerance(of name: String, _ diagnostics: inout DiagnosticBag) -> Expression {
    guard name == "dev" || name == "lot", bytes.last == UInt8(ascii: "%") else {
      return expression(diagnostics: &diagnostics)
    }
    let percent = slice(0..<bytes.count - 1).expression(diagnostics: &diagnostics)
    return .binary(.divide, percent, .number(100, range), range)
  }

  /// The value as an expression; `.invalid` without a complaint for a text in double quotes and for a lone sign.
  func expression(diagnostics: inout DiagnosticBag) -> Expression {
    if bytes.first == UInt8(ascii: "\"") || bytes == [UInt8(ascii: "+")] || bytes == [UInt8(ascii: "-")] {
      return .invalid(range)
    }
    let inner = unwrapped
    return inner.specialForm(diagnostics: &diagnostics)
      ?? Expression.parse(inner, diagnostics: &diagnostics)
  }
}
