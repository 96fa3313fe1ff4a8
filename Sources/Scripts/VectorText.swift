internal import Diagnostics
internal import Expressions

/// Turns the operators of a script's expressions into those of the one expression language: `a eq b`, `a = b`, `a & b`,
/// `v(2)[5]`.
enum VectorText {
  static func expression(_ text: String, at range: SourceRange) throws(ScriptError) -> Expression {
    let written = indexed(complexNumbers(operators(quoted(text).replacing("><", with: "<>"))))
    let source = SourceText(file: range.file, bytes: Array(written.utf8), origin: range.start)
    var diagnostics = DiagnosticBag()
    let expression = Expression.parse(source, diagnostics: &diagnostics)
    if let complaint = diagnostics.diagnostics.first(where: { $0.severity == .error }) {
      throw .wrongExpression(range, text: text, reason: complaint.message)
    }
    return expression
  }

  /// The expressions of a list, `v(1) v(2) - v(3), x`: a blank or comma separates where no operator joins.
  static func list(_ text: String) -> [String] {
    var items: [String] = []
    var item = ""
    var depth = 0
    var hasBlank = false
    for character in text {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if depth <= 0, character.isWhitespace || character == "," {
        hasBlank = hasBlank || !item.isEmpty
        continue
      }
      if hasBlank, let last = item.last, !"+-*/^=<>&|!?:".contains(last), !"+-*/^=<>&|?:".contains(character) {
        items.append(item)
        item = ""
      }
      hasBlank = false
      item.append(character)
    }
    if !item.isEmpty { items.append(item) }
    return joined(items)
  }

  /// The list with what stands around `gt` and its like as one item.
  private static func joined(_ items: [String]) -> [String] {
    let signs = Set(words.keys).union(["and", "or"])
    var result: [String] = []
    var joinsNext = false
    for item in items {
      let isSign = signs.contains(item.lowercased()) && !result.isEmpty
      if isSign || joinsNext, let last = result.popLast() {
        result.append("\(last) \(item)")
      } else {
        result.append(item)
      }
      joinsNext = isSign
    }
    return result
  }

  /// Where a name in quotes, `"temp-sweep"`, holds a sign that would be an operator.
  static let minusInName = "#minus#"

  /// Names in quotes without these.
  private static func quoted(_ text: String) -> String {
    guard text.contains("\"") else { return text }
    var isQuoted = false
    var result = ""
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if isQuoted, character == "-" {
        result += minusInName
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// `(re,im)`, a complex number, as `((re)+(im)*i)`; the commas of calls stay.
  private static func complexNumbers(_ text: String) -> String {
    guard text.contains(",") else { return text }
    var result: [Character] = []
    /// Of every open parenthesis: whether it belongs to a call, where it stands, and how many commas it has held.
    var groups: [(isCall: Bool, start: Int, commas: Int)] = []
    for character in text {
      switch character {
      case "(", "[":
        let isCall =
          character == "[" || (result.last.map { $0.isLetter || $0.isNumber || "_.])".contains($0) } ?? false)
        groups.append((isCall, result.count, 0))
        result.append(character)
      case ")", "]":
        let group = groups.popLast()
        if let group, !group.isCall, group.commas == 1 {
          result.insert("(", at: group.start)
          result += ")*i)"
        } else {
          result.append(character)
        }
      case "," where groups.last?.isCall == false:
        groups[groups.count - 1].commas += 1
        result += ")+("
      default: result.append(character)
      }
    }
    return String(result)
  }

  private static let words = ["eq": "==", "ne": "!=", "gt": ">", "lt": "<", "ge": ">=", "le": "<="]

  private static func operators(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "[") { depth += 1 }
      if byte == UInt8(ascii: "]") { depth -= 1 }
      if byte.isLetter, depth == 0 {
        var end = index
        while end < bytes.count, bytes[end].isLetter || bytes[end].isDigit || "_.#".utf8.contains(bytes[end]) {
          end += 1
        }
        let word = bytes[index..<end].lowercasedString
        // `eq` is a node where it stands alone in parentheses; `im(x)` is the imaginary part, not that of i(x).
        let isOperand = result.last.map { "(,+-*/".utf8.contains($0) } ?? true
        let isCalled = end < bytes.count && bytes[end] == UInt8(ascii: "(")
        let replaced = word == "im" && isCalled ? "imag" : isOperand ? nil : words[word]
        result += replaced.map { Array($0.utf8) } ?? Array(bytes[index..<end])
        index = end
        continue
      }
      if byte == UInt8(ascii: "=") {
        let before = result.last
        let after = index + 1 < bytes.count ? bytes[index + 1] : 0
        let isPart = before.map { "<>!=".utf8.contains($0) } ?? false
        result.append(byte)
        if !isPart, after != byte { result.append(byte) }
        index += 1
        if !isPart, after == byte {
          result.append(byte)
          index += 1
        }
        continue
      }
      if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "|"), depth == 0 {
        let isDouble = index + 1 < bytes.count && bytes[index + 1] == byte
        result += [byte, byte]
        index += isDouble ? 2 : 1
        continue
      }
      result.append(byte)
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `v(2)[5]` as `element(v(2), 5)`, likewise the second index of `x[1][2]`; the first one of a plain name stays in the name.
  private static func indexed(_ text: String) -> String {
    var bytes = Array(text.utf8)
    while let open = bytes.indices.first(where: {
      $0 > 0 && bytes[$0] == UInt8(ascii: "[") && ")]".utf8.contains(bytes[$0 - 1])
    }),
      let close = end(of: bytes, from: open), let start = beginning(of: bytes, endingAt: open - 1)
    {
      let operand = Array(bytes[start..<open])
      let index = Array(bytes[open + 1..<close])
      bytes.replaceSubrange(
        start...close, with: Array("element(".utf8) + operand + Array(",".utf8) + index + Array(")".utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where the bracket closes that opens at `open`.
  private static func end(of bytes: [UInt8], from open: Int) -> Int? {
    var depth = 0
    for index in open..<bytes.count {
      if bytes[index] == UInt8(ascii: "[") { depth += 1 }
      if bytes[index] == UInt8(ascii: "]") { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  /// Where the call, group or name with an index begins that the parenthesis or bracket at `close` ends.
  private static func beginning(of bytes: [UInt8], endingAt close: Int) -> Int? {
    var depth = 0
    var index = close
    while index >= 0 {
      if ")]".utf8.contains(bytes[index]) { depth += 1 }
      if "([".utf8.contains(bytes[index]) { depth -= 1 }
      if depth == 0 { break }
      index -= 1
    }
    guard index >= 0 else { return nil }
    while index > 0, bytes[index - 1].isLetter || bytes[index - 1].isDigit || "_.@#".utf8.contains(bytes[index - 1]) {
      index -= 1
    }
    return index
  }
}
