internal import Diagnostics

extension SourceText {
  /// Makes no-break spaces (from web pages) blanks, and a micro sign of Latin-1 (which LTspice writes) a `u`; gives the
  /// place of the first other byte that is not UTF-8.
  mutating func repairEncoding() -> SourceRange? {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    var copied = bytes
    var position = 0
    while position < copied.count {
      let length = copied[position] < 0x80 ? 1 : Self.scalarLength(copied[position...])
      if length == 0, copied[position] == 0xB5 {
        copied[position] = UInt8(ascii: "u")
        position += 1
      } else if length == 0 {
        return range(position..<position + 1)
      } else {
        if length == 2, copied[position] == 0xC2, copied[position + 1] == 0xA0 {
          copied.replaceSubrange(position..<position + 2, with: repeatElement(UInt8(ascii: " "), count: 2))
        }
        position += length
      }
    }
    guard copied != bytes else { return nil }
    var repaired = SourceText(file: file)
    for (index, piece) in pieces.enumerated() {
      let end = index + 1 < pieces.count ? pieces[index + 1].offset : copied.count
      repaired.append(copied[piece.offset..<end], origin: piece.origin)
    }
    self = repaired
    return nil
  }

  /// How many bytes the scalar at the beginning of `bytes` takes; 0 where they are no UTF-8.
  private static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var iterator = bytes.prefix(4).makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    guard case .valid(let scalar) = parser.parseScalar(from: &iterator) else { return 0 }
    return scalar.count
  }
}
