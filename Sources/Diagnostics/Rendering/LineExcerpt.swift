/// The part of a source line around a place, as wide as there is room for, and the column of every byte in it.
struct LineExcerpt {
  private(set) var text = ""
  /// For each displayed character: its byte offset in the file and its column from 0; one more entry for the end.
  private var stops: [(offset: Int, column: Int)] = []

  private static let ellipsis = "..."

  /// Draws line `number` of `file` so that the bytes of `focus` can be seen; at most `width` columns.
  ///
  /// Only the neighbourhood of `focus` is looked at, however long the line is.
  init(of file: SourceFile, line number: Int, around focus: Range<Int>, width: Int) {
    let line = Self.trimmed(file.line(number), notBefore: focus.upperBound)
    let reach = 4 * width
    let start = Self.characterStart(in: line, at: focus.lowerBound - reach)
    let end = Self.characterStart(in: line, at: min(focus.upperBound, focus.lowerBound + reach) + reach)
    let characters = Self.characters(of: line[start..<end])

    let total = characters.reduce(0) { $0 + $1.width }
    var first = 0
    var last = characters.count
    if start > line.startIndex || end < line.endIndex || total > width {
      let room = width - 2 * Self.ellipsis.count
      first = Self.firstShown(of: characters, focus: focus, room: room)
      last = first
      var used = 0
      while last < characters.count, used + characters[last].width <= room {
        used += characters[last].width
        last += 1
      }
    }
    draw(
      characters[first..<last], isCutBefore: first > 0 || start > line.startIndex,
      isCutAfter: last < characters.count || end < line.endIndex,
      end: last < characters.count ? characters[last].offset : end)
  }

  /// The column, from 0, at which byte `offset` of the file stands; the nearest end of the excerpt if it is cut away.
  func column(of offset: Int) -> Int {
    (stops.first { $0.offset >= offset } ?? stops[stops.count - 1]).column
  }

  private typealias Character = (offset: Int, text: String, width: Int)

  private mutating func draw(_ characters: ArraySlice<Character>, isCutBefore: Bool, isCutAfter: Bool, end: Int) {
    text = isCutBefore ? Self.ellipsis : ""
    var column = text.count
    for character in characters {
      stops.append((character.offset, column))
      text += character.text
      column += character.width
    }
    stops.append((end, column))
    if isCutAfter { text += Self.ellipsis }
  }

  /// The first character to show so that `focus` stands in the middle, or begins a third into the room if it is long.
  private static func firstShown(of characters: [Character], focus: Range<Int>, room: Int) -> Int {
    guard let begin = characters.firstIndex(where: { $0.offset >= focus.lowerBound }) else {
      return firstFitting(characters, before: characters.count, room: room)
    }
    let focused = characters[begin...].prefix { $0.offset < focus.upperBound }.reduce(0) { $0 + $1.width }
    let centred = firstFitting(characters, before: begin, room: max(room / 3, (room - focused) / 2))
    // Near the end of the line the room behind the focus would stay empty.
    return min(centred, max(0, firstFitting(characters, before: characters.count, room: room)))
  }

  /// The first of the characters that, up to `end`, fill no more than `room`.
  private static func firstFitting(_ characters: [Character], before end: Int, room: Int) -> Int {
    var first = end
    var used = 0
    while first > 0, used + characters[first - 1].width <= room {
      first -= 1
      used += characters[first].width
    }
    return first
  }

  private static func characters(of bytes: ArraySlice<UInt8>) -> [Character] {
    var characters: [Character] = []
    var offset = bytes.startIndex
    var column = 0
    while offset < bytes.endIndex {
      var iterator = bytes[offset...].prefix(4).makeIterator()
      var decoder = UTF8()
      var scalar: Unicode.Scalar?
      if case .scalarValue(let decoded) = decoder.decode(&iterator) { scalar = decoded }
      let shown = DisplayedCharacter(scalar, at: column)
      characters.append((offset, shown.text, shown.width))
      column += shown.width
      offset += scalar.map { UTF8.width($0) } ?? 1
    }
    return characters
  }

  /// The line without blanks at its end, but never shorter than to `offset`.
  private static func trimmed(_ line: ArraySlice<UInt8>, notBefore offset: Int) -> ArraySlice<UInt8> {
    var end = line.endIndex
    while end > max(line.startIndex, offset), line[end - 1] <= 0x20 { end -= 1 }
    return line[..<end]
  }

  /// The beginning of the character that byte `offset` belongs to, kept within the line.
  private static func characterStart(in line: ArraySlice<UInt8>, at offset: Int) -> Int {
    var start = min(max(offset, line.startIndex), line.endIndex)
    var steps = 0
    while steps < 3, start > line.startIndex, start < line.endIndex, line[start] & 0xC0 == 0x80 {
      start -= 1
      steps += 1
    }
    return start
  }
}
