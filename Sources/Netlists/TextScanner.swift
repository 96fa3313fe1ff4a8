internal import Diagnostics
internal import Expressions

/// A cursor over one logical line that knows brackets, quotes, and which `=` assigns.
struct TextScanner {
  let text: SourceText
  let bytes: [UInt8]
  var position: Int

  init(_ text: SourceText, from position: Int = 0) {
    self.text = text
    bytes = text.bytes
    self.position = position
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  var isAtEnd: Bool { position >= bytes.count }

  mutating func skipBlanks() {
    position = indexBehindBlanks(position)
  }

  /// Commas separate like blanks.
  mutating func skipSeparators() {
    while let byte = next, byte.isBlank || byte == UInt8(ascii: ",") { position += 1 }
  }

  func indexBehindBlanks(_ index: Int) -> Int {
    var index = index
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    return index
  }

  /// Takes the bytes up to `end`.
  mutating func take(to end: Int) -> SourceText {
    defer { position = end }
    return text.slice(position..<end)
  }

  /// Takes a name: a letter or `_`, then letters, digits, `_` and dots.
  mutating func takeName() -> Located<String>? {
    guard let end = endOfName(at: position) else { return nil }
    let name = Located(bytes[position..<end].lowercasedString, text.range(position..<end))
    position = end
    return name
  }

  func endOfName(at start: Int) -> Int? {
    guard start < bytes.count, bytes[start].isNameByte, !bytes[start].isDigit else { return nil }
    var end = start + 1
    while end < bytes.count, bytes[end].isNameByte || bytes[end] == UInt8(ascii: ".") { end += 1 }
    return end
  }
}
