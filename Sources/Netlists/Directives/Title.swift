internal import Diagnostics
internal import Expressions

/// The first line, and `.title`, which replaces it.
extension StatementParser {
  mutating func takeTitle(from lines: inout LineReader) {
    guard let line = lines.title() else { return }
    title = Located(line.string, line.range)
    if Self.readsLikeStatement(line) { diagnostics.report(NetlistError.titleLooksLikeStatement(line.range)) }
  }

  mutating func replaceTitle(_ line: DirectiveLine) {
    let text = line.arguments.trimmed
    title = Located(text.string, text.range)
  }

  /// Whether a title looks as if it were meant to be simulated: a known directive, or an element's name (`R1`, `C`),
  /// nodes and a value. Prose seldom has a digit in its first word and a number or `=` behind the third; `A` alone is
  /// the article.
  private static func readsLikeStatement(_ text: SourceText) -> Bool {
    let line = LogicalLine(text: text, comment: "", starLineBelow: nil)
    if let directive = line.directive { return DirectiveCatalogue.directives[directive] != nil }
    let words = text.bytes.prefix(1000).split(maxSplits: 20, whereSeparator: \.isBlank)
    guard words.count >= 4, let name = words.first, name[name.startIndex].isLetter, name.count <= 8 else {
      return false
    }
    let isArticle = name.elementsEqual([UInt8(ascii: "A")]) || name.elementsEqual([UInt8(ascii: "a")])
    guard !isArticle, name.count == 1 || name.contains(where: \.isDigit), name.allSatisfy(\.isNameByte) else {
      return false
    }
    return words[3...].contains { word in
      word.contains(UInt8(ascii: "=")) || word.first?.isDigit == true || word.first == UInt8(ascii: "{")
    } || words[1...2].contains { $0.elementsEqual([UInt8(ascii: "0")]) }
  }
}
