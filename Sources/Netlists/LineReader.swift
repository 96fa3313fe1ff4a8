internal import Diagnostics
internal import Expressions

/// Cuts a file into logical lines.
///
/// Comments are `*` lines and what follows `;`, `//` or `$ ` outside double quotes. A `+` joins its line to the one above,
/// comment and blank lines between them skipped. Both line ends, a byte order mark and a missing last line end are fine.
struct LineReader {
  /// Longest logical line in bytes; a longer one is a fault and not a netlist.
  static let longestLine = 8 << 20

  private let file: FileID
  private let bytes: [UInt8]
  private var offset: Int
  private var lookahead: PhysicalLine?
  /// Between `.control` and `.endc`, where `$name` and `$&name` are values and no comments.
  private var isInScript = false

  /// `$g` behind a blank is a name, as Xyce has it, and no comment.
  private let takesDollarNames: Bool

  init(_ file: FileID, in sources: SourceMap, takesDollarNames: Bool = false) {
    self.takesDollarNames = takesDollarNames
    self.file = file
    bytes = sources[file].bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The place behind the last byte.
  var endOfFile: SourceRange { SourceRange(file: file, start: UInt32(bytes.count), end: UInt32(bytes.count)) }

  /// The first line as it stands, blanks around it taken off.
  mutating func title() -> SourceText? {
    guard offset < bytes.count else { return nil }
    let line = trimmed(offset..<endOfLine())
    return SourceText(file: file, bytes: Array(bytes[line]), origin: UInt32(line.lowerBound))
  }

  /// The next logical line that holds something; faults of the text are reported and their lines left out.
  mutating func next(diagnostics: inout DiagnosticBag) -> LogicalLine? {
    while let first = nextContent(diagnostics: &diagnostics) {
      var line = LogicalLine(text: text(of: first.content), comment: comment(of: first), starLineBelow: nil)
      var isTooLong = first.content.count > Self.longestLine
      while let physical = nextPhysicalLine() {
        if physical.isContinuation {
          isTooLong = isTooLong || line.text.bytes.count + physical.content.count > Self.longestLine
          if isTooLong { continue }
          appendContinuation(physical, to: &line)
        } else if physical.content.isEmpty {
          noteStarLine(physical, below: &line)
        } else {
          lookahead = physical
          break
        }
      }
      if isTooLong {
        diagnostics.report(NetlistError.lineTooLong(range(first.content), limit: Self.longestLine))
        continue
      }
      if let invalid = line.text.repairEncoding() { diagnostics.report(NetlistError.invalidUTF8(invalid)) }
      return line
    }
    return nil
  }

  /// The place of the first line not read yet that holds something.
  mutating func rest() -> SourceRange? {
    var ignored = DiagnosticBag()
    return nextContent(diagnostics: &ignored).map { range($0.content) }
  }
}

/// One line of the file: what it says and the comment behind it, both without blanks around.
private struct PhysicalLine {
  var content: Range<Int>
  var comment: Range<Int>?
  var isContinuation: Bool
  /// The whole line is a comment that a `*` begins.
  var isStarLine: Bool
}

extension LineReader {
  /// The next line that begins a logical line.
  private mutating func nextContent(diagnostics: inout DiagnosticBag) -> PhysicalLine? {
    while let line = nextPhysicalLine() {
      if line.isContinuation {
        diagnostics.report(NetlistError.strayContinuation(range(line.content)))
      } else if !line.content.isEmpty {
        return line
      }
    }
    return nil
  }

  private mutating func nextPhysicalLine() -> PhysicalLine? {
    if let line = lookahead {
      lookahead = nil
      return line
    }
    guard offset < bytes.count else { return nil }
    let line = trimmed(offset..<endOfLine())
    guard let first = line.first else {
      return PhysicalLine(
        content: line, comment: nil, isContinuation: false, isStarLine: false)
    }
    if bytes[first] == UInt8(ascii: "*") {
      return PhysicalLine(
        content: first..<first, comment: line, isContinuation: false, isStarLine: true)
    }
    var content = line
    var comment: Range<Int>?
    if let sign = commentSign(in: line) {
      content = trimmed(first..<sign.lowerBound)
      comment = trimmed(sign.upperBound..<line.upperBound)
    }
    let isContinuation = !content.isEmpty && bytes[first] == UInt8(ascii: "+")
    if bytes[first] == UInt8(ascii: ".") {
      let keyword = bytes[content].prefix(while: { !$0.isBlank }).lowercasedString
      if keyword == ".control" || keyword == ".endc" { isInScript = keyword == ".control" }
    }
    return PhysicalLine(
      content: content, comment: comment, isContinuation: isContinuation, isStarLine: false)
  }

  /// The end of the line that begins at `offset`, which moves behind it.
  private mutating func endOfLine() -> Int {
    var end = offset
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    offset = end + 1
    return end
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start].isBlank { start += 1 }
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// The sign that begins a comment behind the text of a line. ngspice wants a blank before `$`, so that it can stand in names.
  private func commentSign(in line: Range<Int>) -> Range<Int>? {
    var isQuoted = false
    for index in line {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        isQuoted.toggle()
      case UInt8(ascii: ";") where !isQuoted:
        return index..<index + 1
      case UInt8(ascii: "/") where !isQuoted && index + 1 < line.upperBound && bytes[index + 1] == UInt8(ascii: "/"):
        return index..<index + 2
      case UInt8(ascii: "$") where !isQuoted:
        let standsFree = index == line.lowerBound || bytes[index - 1].isBlank || bytes[index - 1] == UInt8(ascii: ",")
        let isFollowed = index + 1 == line.upperBound || bytes[index + 1].isBlank
        if (standsFree && !isInScript && !takesDollarNames) || isFollowed { return index..<index + 1 }
      default:
        break
      }
    }
    return nil
  }
}

extension LineReader {
  private func range(_ range: Range<Int>) -> SourceRange {
    SourceRange(file: file, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }

  private func text(of range: Range<Int>) -> SourceText {
    SourceText(file: file, bytes: Array(bytes[range.prefix(Self.longestLine + 1)]), origin: UInt32(range.lowerBound))
  }

  private func comment(of line: PhysicalLine) -> String {
    line.comment.map { String(decoding: bytes[$0.prefix(Self.longestLine)], as: UTF8.self) } ?? ""
  }

  /// The `+` counts as a blank, as in ngspice: a word never runs on over the line end.
  private func appendContinuation(_ physical: PhysicalLine, to line: inout LogicalLine) {
    line.text.append(CollectionOfOne(UInt8(ascii: " ")), origin: UInt32(physical.content.lowerBound))
    let rest = physical.content.dropFirst()
    if !rest.isEmpty { line.text.append(bytes[rest], origin: UInt32(rest.lowerBound)) }
    if line.comment.isEmpty { line.comment = comment(of: physical) }
    line.starLineBelow = nil
  }

  private func noteStarLine(_ physical: PhysicalLine, below line: inout LogicalLine) {
    guard physical.isStarLine, line.starLineBelow == nil, let comment = physical.comment else { return }
    let content = commentSign(in: comment).map { comment.lowerBound..<$0.lowerBound } ?? comment
    line.starLineBelow = text(of: trimmed(content))
  }
}
