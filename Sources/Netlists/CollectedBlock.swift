internal import Diagnostics

/// A block that takes its lines as they are, up to its closer: `.control`, `.data`, and blocks that may not stand where
/// they stand.
struct CollectedBlock {
  /// The line that opened it.
  var line: DirectiveLine
  var isKept = true
  var lines: [SourceText] = []

  init(_ line: DirectiveLine, isKept: Bool = true) {
    self.line = line
    self.isKept = isKept
  }

  var keyword: String { line.keyword.value }
  var opening: SourceRange { line.keyword.range }
}

extension StatementParser {
  /// Takes a line into the block that is open; false where none is.
  mutating func keep(_ line: LogicalLine) -> Bool {
    guard var block = collected else { return false }
    if line.directive == OpenBlock.closer(of: block.keyword) {
      collected = nil
      if block.isKept { close(block) }
    } else {
      block.lines.append(line.text)
      collected = block
    }
    return true
  }

  private mutating func close(_ block: CollectedBlock) {
    if block.keyword == "control" {
      return add(.script(Script(opening: block.opening, lines: block.lines)))
    }
    // `.data`: names and numbers, line ends without meaning.
    var text = block.line.text
    for line in block.lines { text.appendLine(line) }
    guard let line = DirectiveLine(LogicalLine(text: text, comment: "", starLineBelow: nil)) else { return }
    do throws(NetlistError) {
      add(.directive(try Card.directive(line, keyword: block.keyword, diagnostics: &diagnostics)))
    } catch {
      diagnostics.report(error)
    }
  }
}
