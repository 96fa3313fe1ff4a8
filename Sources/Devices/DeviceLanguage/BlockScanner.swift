internal import Diagnostics

/// Reads one line of a device block, word by word.
struct BlockScanner {
  let text: SourceText
  private(set) var position = 0

  init(_ text: SourceText) {
    self.text = text
  }

  private var bytes: [UInt8] { text.bytes }
  var isAtEnd: Bool { position >= bytes.count }

  mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  /// The next byte that is no blank, not consumed.
  mutating func peek() -> UInt8? {
    skipBlanks()
    return position < bytes.count ? bytes[position] : nil
  }

  /// Consumes `character` if it comes next.
  mutating func consume(_ character: Character) -> Bool {
    guard let next = peek(), next == character.asciiValue else { return false }
    position += 1
    return true
  }

  /// Consumes a single `=`; `==` is none.
  mutating func consumeEquals() -> Bool {
    guard peek() == UInt8(ascii: "="), !isEqualsOfComparison(position) else { return false }
    position += 1
    return true
  }

  /// The next word, a letter or `_` and letters, digits, `_`, consumed.
  mutating func word() -> Located<String>? {
    wordRange().map { Located(String(decoding: bytes[$0], as: UTF8.self), text.range($0)) }
  }

  /// Where the next word stands, consumed.
  mutating func wordRange() -> Range<Int>? {
    guard let first = peek(), Self.isLetter(first) else { return nil }
    let start = position
    while position < bytes.count, Self.isLetter(bytes[position]) || Self.isDigit(bytes[position]) { position += 1 }
    return start..<position
  }

  /// Passes over one character, or a whole number with its tail, that no word begins with.
  mutating func skip() {
    guard position < bytes.count else { return }
    let isNumber = Self.isDigit(bytes[position])
    position += 1
    while isNumber, position < bytes.count, Self.isNamePart(bytes[position]) { position += 1 }
  }

  /// Everything that is left, consumed, blanks around it taken off.
  mutating func rest() -> SourceText {
    upTo(bytes.count)
  }

  /// Everything up to `end`, consumed, blanks around it taken off.
  mutating func upTo(_ end: Int) -> SourceText {
    skipBlanks()
    let start = min(position, end)
    var stop = end
    while stop > start, Self.isBlank(bytes[stop - 1]) { stop -= 1 }
    position = max(position, end)
    return text.slice(start..<stop)
  }

  /// Everything up to one of `ends` outside parentheses, which is consumed too; nil where none comes.
  mutating func upTo(oneOf ends: [Character]) -> (text: SourceText, end: Character)? {
    let codes = ends.compactMap(\.asciiValue)
    var depth = 0
    for index in position..<max(position, bytes.count) {
      let byte = bytes[index]
      if depth == 0, codes.contains(byte) {
        let text = upTo(index)
        position = index + 1
        return (text, Character(UnicodeScalar(byte)))
      }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
    }
    return nil
  }

  /// Where the clause that begins here ends: before ` in [`, ` tol =`, a single `=`, or with the line.
  func endOfClause() -> Int {
    var depth = 0
    for index in position..<max(position, bytes.count) {
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "=") where depth == 0 && !isEqualsOfComparison(index): return index
      default:
        if depth == 0, isWord("in", at: index, followedBy: ["[", "("]) || isWord("tol", at: index, followedBy: ["="]) {
          return index
        }
      }
    }
    return bytes.count
  }

  private func isWord(_ word: String, at index: Int, followedBy followers: [Character]) -> Bool {
    let letters = Array(word.utf8)
    guard index + letters.count <= bytes.count, index > 0, !Self.isNamePart(bytes[index - 1]),
      zip(bytes[index...], letters).allSatisfy({ $0 | 0x20 == $1 })
    else { return false }
    var next = index + letters.count
    if next < bytes.count, Self.isNamePart(bytes[next]) { return false }
    while next < bytes.count, Self.isBlank(bytes[next]) { next += 1 }
    return next < bytes.count && followers.contains { $0.asciiValue == bytes[next] }
  }

  /// Whether the `=` at `index` belongs to `==`, `<=`, `>=` or `!=`.
  private func isEqualsOfComparison(_ index: Int) -> Bool {
    if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "=") { return true }
    guard index > 0 else { return false }
    return "=<>!".utf8.contains(bytes[index - 1])
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d || byte == 0x0a }
  static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }
  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isNamePart(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
