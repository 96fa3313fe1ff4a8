internal import Diagnostics

extension SourceText {
  /// Makes no-break spaces (from web pages) blanks, a micro sign of Latin-1 (which LTspice writes) a `u`, and other bytes
  /// that are not UTF-8 the letters that Latin-1 has for them; gives the place of the first of these.
  mutating func repairEncoding() -> SourceRange? {
    guard bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    var repaired = SourceText(file: file)
    var first: SourceRange?
    var chunk: [UInt8] = []
    var origin = range(0..<1).start
    let offsets = Set(pieces.map(\.offset))
    func close() {
      if !chunk.isEmpty { repaired.append(chunk, origin: origin) }
      chunk = []
    }
    var position = 0
    while position < bytes.count {
      if offsets.contains(position) { close() }
      if chunk.isEmpty { origin = range(position..<position + 1).start }
      let byte = bytes[position]
      let length = byte < 0x80 ? 1 : Self.scalarLength(bytes[position...])
      if length == 0, byte == 0xB5 {
        chunk.append(UInt8(ascii: "u"))
      } else if length == 0 {
        close()
        let place = range(position..<position + 1)
        first = first ?? place
        // Both bytes of the letter are the one of the file.
        for half in String(Unicode.Scalar(byte)).utf8 { repaired.append([half], origin: place.start) }
      } else if length == 2, byte == 0xC2, bytes[position + 1] == 0xA0 {
        chunk += [UInt8(ascii: " "), UInt8(ascii: " ")]
      } else {
        chunk += bytes[position..<position + length]
      }
      position += max(length, 1)
    }
    close()
    self = repaired
    return first
  }

  /// How many bytes the scalar at the beginning of `bytes` takes; 0 where they are no UTF-8.
  private static func scalarLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var iterator = bytes.prefix(4).makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    guard case .valid(let scalar) = parser.parseScalar(from: &iterator) else { return 0 }
    return scalar.count
  }
}
