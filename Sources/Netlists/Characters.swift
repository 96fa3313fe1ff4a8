internal import Expressions

extension UInt8 {
  /// Part of a name that can be assigned to. Bytes of 0x80 and above belong to letters of other scripts.
  var isNameByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80 }
}
