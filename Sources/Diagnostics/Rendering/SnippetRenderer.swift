/// Draws source lines with their numbers and with spans underlined below them.
struct SnippetRenderer {
  var style: RenderingStyle
  /// Columns of the whole drawing.
  var width: Int

  /// A span to underline: `^` for the fault itself, `-` for what belongs to it.
  struct Mark {
    var range: SourceRange
    var text: String
    var sign: Character
    var role: RenderingStyle.Role
  }

  /// The part of a mark that lies on one line.
  private struct Underline {
    var line: Int
    var bytes: Range<Int>
    var text: String
    var sign: Character
    var role: RenderingStyle.Role
  }

  /// A span over more lines than this shows its first two and its last.
  private static let shownLinesOfSpan = 4

  /// Draws the lines of one file that `marks` lie on, in the order of the file, each line once.
  func render(_ marks: [Mark], of file: SourceFile) -> String {
    let underlines = marks.flatMap { split($0, in: file) }
    let lines = Set(underlines.map(\.line)).sorted()
    let gutterWidth = max(3, String(lines.last ?? 1).count)
    let blankGutter = style.paint(String(repeating: " ", count: gutterWidth + 1) + " |", as: .gutter)
    var drawing = ""
    var previous: Int?
    for line in lines {
      if let previous, line > previous + 1 {
        drawing += style.paint(String(repeating: " ", count: gutterWidth - 2) + "...", as: .gutter) + "\n"
      }
      previous = line
      let own = underlines.filter { $0.line == line }
      let focus = own.first?.bytes ?? 0..<0
      let excerpt = LineExcerpt(of: file, line: line, around: focus, width: width - gutterWidth - 4)
      let number = String(repeating: " ", count: gutterWidth - String(line).count + 1) + "\(line)"
      drawing += style.paint(number + " |", as: .gutter) + (excerpt.text.isEmpty ? "" : " ") + excerpt.text + "\n"
      for underline in own {
        drawing += blankGutter + " " + self.drawing(of: underline, below: excerpt) + "\n"
      }
    }
    return drawing
  }

  private func drawing(of underline: Underline, below excerpt: LineExcerpt) -> String {
    let start = excerpt.column(of: underline.bytes.lowerBound)
    let end = max(start + 1, excerpt.column(of: underline.bytes.upperBound))
    var signs = String(repeating: underline.sign, count: end - start)
    if !underline.text.isEmpty { signs += " " + underline.text.displayed }
    return String(repeating: " ", count: start) + style.paint(signs, as: underline.role)
  }

  /// The span of `mark` line by line; its text stands below the last one.
  private func split(_ mark: Mark, in file: SourceFile) -> [Underline] {
    let start = min(Int(mark.range.start), file.bytes.count)
    let end = min(max(start, Int(mark.range.end)), file.bytes.count)
    let first = file.lineNumber(of: start)
    let last = max(first, file.lineNumber(of: max(start, end - 1)))
    let lines = last - first < Self.shownLinesOfSpan ? Array(first...last) : [first, first + 1, last]
    return lines.map { line in
      let content = Self.content(of: file.line(line))
      let low = line == first ? start : content.lowerBound
      let high = line == last ? end : content.upperBound
      return Underline(
        line: line, bytes: low..<max(low, high), text: line == last ? mark.text : "", sign: mark.sign, role: mark.role)
    }
  }

  /// Where the line's text stands, blanks around it left out.
  private static func content(of line: ArraySlice<UInt8>) -> Range<Int> {
    let start = line.firstIndex { $0 > 0x20 } ?? line.startIndex
    let end = line.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? start
    return start..<max(start, end)
  }
}
