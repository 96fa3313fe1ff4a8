/// How one character of a text that may hold anything is shown: what a terminal would obey or not show becomes U+FFFD.
struct DisplayedCharacter {
  static let tabWidth = 4

  var text: String
  /// Columns of a terminal that it fills.
  var width: Int

  /// The character `scalar` (nil: bytes that are no UTF-8) where it begins at `column` from 0.
  init(_ scalar: Unicode.Scalar?, at column: Int) {
    guard let scalar else {
      self.init(text: "\u{FFFD}", width: 1)
      return
    }
    if scalar == "\t" {
      let width = Self.tabWidth - column % Self.tabWidth
      self.init(text: String(repeating: " ", count: width), width: width)
    } else if scalar.isASCII {
      self.init(text: scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : String(scalar), width: 1)
    } else {
      switch scalar.properties.generalCategory {
      // Format characters may turn the direction of the text around them.
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
        self.init(text: "\u{FFFD}", width: 1)
      case .nonspacingMark, .enclosingMark:
        self.init(text: String(scalar), width: 0)
      default:
        self.init(text: String(scalar), width: Self.isWide(scalar) ? 2 : 1)
      }
    }
  }

  private init(text: String, width: Int) {
    self.text = text
    self.width = width
  }

  /// Unicode's East Asian wide and full-width characters (UAX #11), by block, and pictures.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      true
    default:
      scalar.properties.isEmojiPresentation
    }
  }
}

extension String {
  /// The text on one line with nothing in it that a terminal would obey.
  var displayed: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
    return unicodeScalars.map { DisplayedCharacter($0, at: 0).text }.joined()
  }
}
