internal import Diagnostics
internal import Expressions

/// Brackets, quotes, words.
extension TextScanner {
  /// The index behind the bracket that closes the one at `open`; quotes inside are passed over.
  func endOfGroup(at open: Int) throws(NetlistError) -> Int {
    var opened: [Int] = []
    var index = open
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        opened.append(index)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard let last = opened.popLast(), Self.closing(bytes[last]) == bytes[index] else {
          throw unopenedBracket(at: index)
        }
        if opened.isEmpty { return index + 1 }
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        index = try endOfQuote(at: index)
        continue
      default:
        break
      }
      index += 1
    }
    throw unclosedBracket(at: opened.last ?? open)
  }

  /// The index behind the quote that closes the one at `open`.
  func endOfQuote(at open: Int) throws(NetlistError) -> Int {
    guard let close = bytes[(open + 1)...].firstIndex(of: bytes[open]) else {
      throw .unclosedQuote(text.range(open..<open + 1), quote: String(UnicodeScalar(bytes[open])))
    }
    return close + 1
  }

  /// The end of a word that blanks end, but not those inside brackets or quotes: `v(a, b)`, `i(n1)/v(p)`.
  func endOfWord(at start: Int) throws(NetlistError) -> Int {
    var index = start
    while index < bytes.count, !bytes[index].isBlank, !isAssignmentSign(at: index) {
      switch bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        index = try endOfGroup(at: index)
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        index = try endOfQuote(at: index)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        throw unopenedBracket(at: index)
      case UInt8(ascii: ",") where index + 1 == bytes.count || bytes[index + 1].isBlank:
        return index
      default:
        index += 1
      }
    }
    return index
  }

  func unclosedBracket(at index: Int) -> NetlistError {
    .unclosedBracket(text.range(index..<index + 1), bracket: String(UnicodeScalar(bytes[index])))
  }

  func unopenedBracket(at index: Int) -> NetlistError {
    .unopenedBracket(text.range(index..<index + 1), bracket: String(UnicodeScalar(bytes[index])))
  }

  private static func closing(_ open: UInt8) -> UInt8 {
    switch open {
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    default: UInt8(ascii: "}")
    }
  }
}
