internal import Diagnostics
internal import Expressions

/// Replaces loop variables in the text of a directive.
///
/// In `v(c{k+1})` the placeholder is part of a name and becomes digits; in `at={k*1m}` the braces hold an expression,
/// in which the word `k` becomes its number. Every byte keeps its origin.
struct LoopSubstitution {
  private let text: SourceText
  private let values: [String: Double]
  private var position = 0
  /// How many braces or quotes of expressions are open.
  private var openExpressions = 0
  private var isQuoted = false
  private var placeholderStart = 0
  private(set) var result: SourceText

  init(_ text: SourceText, values: [String: Double]) {
    self.text = text
    self.values = values
    result = SourceText(file: text.file)
  }

  /// Copies up to the next placeholder of a name and gives what stands in it; `fill` must follow. Nil at the end.
  mutating func nextPlaceholder() -> SourceText? {
    while position < text.bytes.count {
      let byte = text.bytes[position]
      switch byte {
      case UInt8(ascii: "{"):
        let end = closing(position)
        if isPartOfName(position, end) {
          placeholderStart = position
          let content = text.slice(position + 1..<max(position + 1, end - 1))
          position = end
          return content
        }
        openExpressions += 1
        copy(position..<position + 1)
      case UInt8(ascii: "}"):
        openExpressions = max(0, openExpressions - 1)
        copy(position..<position + 1)
      case UInt8(ascii: "'"):
        isQuoted.toggle()
        copy(position..<position + 1)
      case _ where Self.isNameByte(byte): copyWord()
      default: copy(position..<position + 1)
      }
    }
    return nil
  }

  /// Puts `digits` in place of the placeholder just given.
  mutating func fill(_ digits: String) {
    result.append(digits.utf8, origin: text.range(placeholderStart..<placeholderStart + 1).start)
  }

  private mutating func copyWord() {
    let start = position
    var end = position
    while end < text.bytes.count, Self.isNameByte(text.bytes[end]) { end += 1 }
    let word = String(decoding: text.bytes[start..<end], as: UTF8.self).lowercased()
    guard openExpressions > 0 || isQuoted, let value = values[word], !isPlaceOfName(start, end) else {
      return copy(start..<end)
    }
    let number = value == value.rounded() && abs(value) < 0x1p53 ? String(Int(value)) : String(value)
    result.append((value < 0 ? "(\(number))" : number).utf8, origin: text.range(start..<end).start)
    position = end
  }

  private mutating func copy(_ range: Range<Int>) {
    let slice = text.slice(range)
    result.append(slice.bytes, origin: slice.range.start)
    position = range.upperBound
  }

  /// The position behind the brace that closes the one at `open`.
  private func closing(_ open: Int) -> Int {
    var nesting = 0
    for index in open..<text.bytes.count {
      if text.bytes[index] == UInt8(ascii: "{") { nesting += 1 }
      if text.bytes[index] == UInt8(ascii: "}") {
        nesting -= 1
        if nesting == 0 { return index + 1 }
      }
    }
    return text.bytes.count
  }

  /// Whether braces touch a name, or stand where a probe wants one: `c{k}`, `v({k})`.
  private func isPartOfName(_ open: Int, _ end: Int) -> Bool {
    if open > 0, Self.isNameByte(text.bytes[open - 1]) { return true }
    if end < text.bytes.count, Self.isNameByte(text.bytes[end]) { return true }
    return isPlaceOfName(open, end)
  }

  /// Whether a word or braces stand alone between the parentheses of `v()`, `i()`, `p()` or behind `@`.
  private func isPlaceOfName(_ start: Int, _ end: Int) -> Bool {
    var index = start - 1
    while index >= 0, text.bytes[index] == UInt8(ascii: " ") { index -= 1 }
    guard index >= 0 else { return false }
    if text.bytes[index] == UInt8(ascii: "@") || text.bytes[index] == UInt8(ascii: "[") { return true }
    guard text.bytes[index] == UInt8(ascii: "(") || text.bytes[index] == UInt8(ascii: ",") else { return false }
    while index >= 0, text.bytes[index] != UInt8(ascii: "(") {
      // A comma: what stands before it must be the probe's first name.
      if text.bytes[index] == UInt8(ascii: ")") { return false }
      index -= 1
    }
    guard index >= 1, "vipVIP".utf8.contains(text.bytes[index - 1]) else { return false }
    return index == 1 || !Self.isNameByte(text.bytes[index - 2])
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "#"), 0x80...:
      true
    default: false
    }
  }
}
