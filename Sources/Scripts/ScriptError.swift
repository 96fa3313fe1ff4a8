internal import Diagnostics

/// What can be wrong with a line of a script.
enum ScriptError: Error {
  case unknownCommand(SourceRange, name: String, suggestion: String?)
  case unclosedBlock(SourceRange, keyword: String)
  case strayBlockWord(SourceRange, word: String)
  case malformed(SourceRange, command: String, form: String)
  case unknownVector(SourceRange, name: String, suggestion: String?)
  case wrongExpression(SourceRange, text: String, reason: String)
  case tooManyPasses(SourceRange, limit: Int)
  case unwritable(SourceRange, path: String, reason: String)
  case unknownPlot(SourceRange, name: String, known: [String])
  case failedMeasure(SourceRange, name: String, reason: String)
}

extension DiagnosticBag {
  mutating func report(_ error: ScriptError) { report(error.diagnostic) }
}

extension ScriptError {
  var diagnostic: Diagnostic {
    switch self {
    case .unknownCommand(let range, let name, let suggestion):
      Diagnostic(
        .warning, "unknown-command", "'\(name)' is not obeyed in a .control block", at: range, caption: "left out",
        notes: ["obeyed are \(CommandCatalogue.names.joined(separator: ", "))"],
        fixIts: suggestion.map { [FixIt("did you mean '\($0)'?")] } ?? [])
    case .unclosedBlock(let range, let keyword):
      Diagnostic(.error, "unterminated-block", "this '\(keyword)' has no 'end'", at: range)
    case .strayBlockWord(let range, let word):
      Diagnostic(.error, "unopened-block", "'\(word)' belongs to no block that is open here", at: range)
    case .malformed(let range, let command, let form):
      Diagnostic(
        .error, "malformed-command", "this '\(command)' is not complete or holds something else", at: range,
        caption: "expected \(form)")
    case .unknownVector(let range, let name, let suggestion):
      Diagnostic(
        .error, "unknown-vector", "there is no vector '\(name)'", at: range,
        notes: ["vectors are those of the analysis that ran last, and what 'let' has defined; 'display' lists them"],
        fixIts: suggestion.map { [FixIt("did you mean '\($0)'?")] } ?? [])
    case .wrongExpression(let range, let text, let reason):
      Diagnostic(.error, "wrong-vector-expression", "'\(text)' has no value: \(reason)", at: range)
    case .tooManyPasses(let range, let limit):
      Diagnostic(
        .error, "endless-loop", "this loop has made \(limit) passes", at: range, caption: "the script ends here")
    case .unwritable(let range, let path, let reason):
      Diagnostic(.error, "unwritable-file", "cannot write '\(path)': \(reason)", at: range)
    case .unknownPlot(let range, let name, let known):
      Diagnostic(
        .error, "unknown-plot", "there is no plot '\(name)'", at: range,
        caption: "known are \(known.joined(separator: ", "))")
    case .failedMeasure(let range, let name, let reason):
      Diagnostic(.warning, "failed-measure", "'\(name)' could not be measured: \(reason)", at: range)
    }
  }
}
