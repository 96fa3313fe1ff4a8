internal import Diagnostics

/// A directive cut into its keyword and what follows.
struct DirectiveLine {
  /// Without the dot, in lower case.
  var keyword: Located<String>
  var text: SourceText
  /// Index in `text` at which the arguments begin.
  var argumentStart: Int
  /// What stood behind the comment sign.
  var comment: String

  /// nil where `line` is no directive.
  init?(_ line: LogicalLine) {
    guard let name = line.directive else { return nil }
    text = line.text
    comment = line.comment
    let end = 1 + name.utf8.count
    keyword = Located(name, line.text.range(0..<end))
    argumentStart = TextScanner(line.text).indexBehindBlanks(end)
  }

  /// A cursor on the first argument.
  var scanner: TextScanner { TextScanner(text, from: argumentStart) }

  /// All that follows the keyword.
  var arguments: SourceText { text.slice(argumentStart..<text.bytes.count) }

  /// Complains about what is left behind `scanner`, or where nothing is, about all that was written.
  func malformed(_ scanner: TextScanner, expected form: String) -> NetlistError {
    let arguments =
      scanner.isAtEnd ? self.arguments.trimmed : scanner.text.slice(scanner.position..<scanner.bytes.count)
    return malformed(arguments.bytes.isEmpty ? keyword.range : arguments.range, expected: form)
  }

  func malformed(_ place: SourceRange, expected form: String) -> NetlistError {
    .malformedDirective(place, name: keyword.value, form: form)
  }
}
