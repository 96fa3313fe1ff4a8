internal import Diagnostics
internal import Expressions

/// A line and its `+` continuations as one text, comments taken off.
struct LogicalLine {
  var text: SourceText
  /// What stood behind the first comment sign on it.
  var comment: String
  /// The text of a `*` line right below it: in a device block it may be a factor that SPICE takes for a comment.
  var starLineBelow: SourceText?

  /// The keyword of a directive, without its dot and in lower case; nil where the line is none.
  var directive: String? {
    let bytes = text.bytes
    guard bytes.count > 1, bytes[0] == UInt8(ascii: "."), bytes[1].isLetter else { return nil }
    return bytes[1...].prefix(while: \.isNameByte).lowercasedString
  }
}

extension SourceText {
  /// Joins `other` behind a blank, every byte keeping its origin.
  mutating func appendLine(_ other: SourceText) {
    guard let first = other.pieces.first else { return }
    append(CollectionOfOne(UInt8(ascii: " ")), origin: first.origin - min(first.origin, 1))
    for (index, piece) in other.pieces.enumerated() {
      let end = index + 1 < other.pieces.count ? other.pieces[index + 1].offset : other.bytes.count
      append(other.bytes[piece.offset..<end], origin: piece.origin)
    }
  }
}
