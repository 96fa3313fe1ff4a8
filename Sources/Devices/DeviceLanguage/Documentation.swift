/// A comment behind a declaration: its unit up to the first comma (`-` for none), then words.
struct Documentation {
  var unit: String
  var text: String

  init(_ comment: String) {
    let comment = comment.trimmingBlanks
    guard let comma = comment.firstIndex(of: ",") else {
      unit = ""
      text = comment
      return
    }
    let unit = String(comment[..<comma]).trimmingBlanks
    self.unit = unit == "-" ? "" : unit
    text = String(comment[comment.index(after: comma)...]).trimmingBlanks
  }

  /// The comment of a line that need not have a unit: only a first part without blanks is read as one.
  init(optionalUnit comment: String) {
    self.init(comment)
    if unit.contains(" ") {
      text = comment.trimmingBlanks
      unit = ""
    }
  }
}

extension String {
  var trimmingBlanks: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
