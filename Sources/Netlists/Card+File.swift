internal import Diagnostics

/// `PWL file="points.txt"`: an element line that names a file, whose text it holds from then on.
extension StatementParser {
  /// `card` with the text of the file that it names; as it is where it names none.
  mutating func withFile(_ card: Card) throws(NetlistError) -> Card {
    guard let path = card.fileName else { return card }
    let (name, bytes) = try contents(of: path)
    var card = card
    card.file = SourceText(file: inclusion.add(name, bytes, to: &sources), bytes: bytes, origin: 0)
    return card
  }
}

extension Card {
  /// Names that give a file on an element line.
  static let fileWords = ["file", "pwlfile"]

  fileprivate var fileName: Located<String>? {
    if let assignment = assignments.first(where: { Self.fileWords.contains($0.name.value.lowercased()) }) {
      let path = assignment.value.trimmed.unquoted
      return Located(path.string, path.range)
    }
    guard let word = fields.firstIndex(where: { $0.isWord && $0.text.string.lowercased() == "file" }),
      word > fields.startIndex, fields[word - 1].text.string.lowercased() == "pwl" || fields[word - 1].isOpening,
      fields.indices.contains(word + 1), fields[word + 1].isWord
    else { return nil }
    let path = fields[word + 1].text.unquoted
    return Located(path.string, path.range)
  }
}

extension Field {
  fileprivate var isOpening: Bool {
    if case .openParenthesis = kind { true } else { false }
  }
}
