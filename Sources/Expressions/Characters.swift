/// What a byte of expression text is; everything above ASCII is read as a whole scalar by `Lexer`.
extension UInt8 {
  /// A blank, a tab or any other control character.
  package var isBlank: Bool { self <= 0x20 }

  package var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  package var isLetter: Bool {
    let lower = self | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
  }

  package var lowercased: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
  /// The text with its ASCII letters in lower case, as every name is compared.
  package var lowercasedString: String {
    String(unsafeUninitializedCapacity: count) { buffer in
      for (index, byte) in enumerated() { buffer[index] = byte.lowercased }
      return count
    }
  }
}

extension [UInt8] {
  /// The text with its ASCII letters in lower case.
  package var lowercasedString: String { self[...].lowercasedString }
}
