internal import Diagnostics
internal import Expressions

extension SourceText {
  /// The text with numbers such as `3k3` and `4u7`, whose scale stands for the decimal point (LTspice), written `3.3k` and
  /// `4.7u`. Every byte keeps the place where it was written.
  ///
  /// Words that name nodes, models or files are left alone, whatever they look like: `1p8` may be a supply, `1N4148` is a
  /// diode.
  var withDecimalPoints: SourceText {
    var result = SourceText(file: file)
    var copied = 0
    var position = firstValue
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if let end = endOfProbe(at: position) {
        position = end
        continue
      }
      let beginsWord = position == 0 || !bytes[position - 1].isPartOfWord
      guard byte.isDigit, beginsWord, !isQuoted, let number = spelledNumber(at: position) else {
        position += 1
        continue
      }
      result.append(slice(copied..<number.letter))
      result.append([UInt8(ascii: ".")], origin: origin(number.letter))
      result.append(slice(number.letter + number.letterCount..<number.end))
      result.append(slice(number.letter..<number.letter + number.letterCount))
      position = number.end
      copied = number.end
    }
    guard copied > 0 else { return self }
    result.append(slice(copied..<bytes.count))
    return result
  }

  /// The text with numbers such as `1x` and `2.5X`, a million in Xyce, written `1meg`.
  var withMegaSpelled: SourceText {
    var result = SourceText(file: file)
    var copied = 0
    var position = firstValue
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position].isDigit || bytes[position] == UInt8(ascii: ".") { position += 1 }
      let isNumber = position > start && (start == 0 || !bytes[start - 1].isPartOfWord)
      let ends = position + 1 >= bytes.count || !bytes[position + 1].isPartOfWord
      if isNumber, ends, position < bytes.count, bytes[position].lowercased == UInt8(ascii: "x") {
        result.append(slice(copied..<position))
        result.append(Array("meg".utf8), origin: origin(position))
        copied = position + 1
      }
      position = max(position, start + 1)
    }
    guard copied > 0 else { return self }
    result.append(slice(copied..<bytes.count))
    return result
  }

  /// The text with the names of Xyce's devices, `ymemristor!mr1`, without the kind of device in front.
  var withoutDeviceKinds: SourceText {
    guard bytes.contains(UInt8(ascii: "!")) else { return self }
    var result = SourceText(file: file)
    var copied = 0
    var start = 0
    for (position, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "!"), position > start + 1, bytes[start].lowercased == UInt8(ascii: "y"),
        position + 1 < bytes.count, bytes[position + 1].isPartOfWord
      {
        result.append(slice(copied..<start))
        copied = position + 1
      }
      if !byte.isPartOfWord { start = position + 1 }
    }
    guard copied > 0 else { return self }
    result.append(slice(copied..<bytes.count))
    return result
  }

  /// Where values may begin: behind two nodes on the line of an element that has no more, and a diode's model; behind the
  /// keyword of a directive, and what it names; elsewhere behind the first sign that begins a value.
  private var firstValue: Int {
    guard let first = bytes.first else { return 0 }
    let wordsBefore: Int
    switch first.lowercased {
    case UInt8(ascii: "."):
      switch bytes.prefix(while: { !$0.isBlank }).lowercasedString {
      case ".model": wordsBefore = 2
      case ".include", ".inc", ".lib": return bytes.count
      case ".subckt": return bytes.firstIndex(of: UInt8(ascii: "=")) ?? bytes.count
      default: wordsBefore = 1
      }
    case UInt8(ascii: "d"): wordsBefore = 4
    case let letter where "rclvibk".utf8.contains(letter): wordsBefore = 3
    default: return bytes.firstIndex { "={('".utf8.contains($0) } ?? bytes.count
    }
    var position = 0
    for _ in 0..<wordsBefore {
      while position < bytes.count, !bytes[position].isBlank { position += 1 }
      while position < bytes.count, bytes[position].isBlank { position += 1 }
    }
    return position
  }

  /// The index behind `v(...)` or `i(...)`, if one begins at `start`.
  private func endOfProbe(at start: Int) -> Int? {
    guard start + 1 < bytes.count, bytes[start + 1] == UInt8(ascii: "("), "vi".utf8.contains(bytes[start].lowercased),
      start == 0 || !bytes[start - 1].isPartOfWord
    else { return nil }
    return bytes[start...].firstIndex(of: UInt8(ascii: ")")).map { $0 + 1 }
  }

  /// Where the letter of a number `4u7` stands that begins at `start`; nil where it is another number or word.
  private func spelledNumber(at start: Int) -> (letter: Int, letterCount: Int, end: Int)? {
    var letter = start
    while letter < bytes.count, bytes[letter].isDigit { letter += 1 }
    let rest = bytes[letter...]
    guard let count = Self.scales.first(where: { rest.prefix($0.count).map(\.lowercased) == $0 })?.count else {
      return nil
    }
    var end = letter + count
    while end < bytes.count, bytes[end].isDigit { end += 1 }
    guard end > letter + count, end == bytes.count || !bytes[end].isPartOfWord else { return nil }
    return (letter, count, end)
  }

  /// Longer ones first; `e` is an exponent and no scale, and `mil` is not written so.
  private static let scales: [[UInt8]] = ["meg", "t", "g", "k", "m", "u", "\u{B5}", "\u{3BC}", "n", "p", "f"].map {
    Array($0.utf8)
  }

  private func origin(_ index: Int) -> UInt32 { range(index..<index + 1).start }

  private mutating func append(_ other: SourceText) {
    for (index, piece) in other.pieces.enumerated() {
      let end = index + 1 < other.pieces.count ? other.pieces[index + 1].offset : other.bytes.count
      append(other.bytes[piece.offset..<end], origin: piece.origin)
    }
  }
}

extension UInt8 {
  /// A letter, digit or sign of a name, path or number; a number behind one is part of it.
  fileprivate var isPartOfWord: Bool {
    isNameByte || self == UInt8(ascii: ".") || self == UInt8(ascii: "\\") || self == UInt8(ascii: "#")
      || self == UInt8(ascii: "$")
  }
}
