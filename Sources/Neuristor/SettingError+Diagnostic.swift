internal import Analyses
internal import Diagnostics

extension Diagnostic {
  /// `--set` with a name that is neither a parameter's nor an option's.
  static func unknownSetting(_ range: SourceRange, name: String, parameters: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: parameters + OptionCatalogue.names)
    return Diagnostic(
      .error, "unknown-setting", "no .param and no option is called '\(name)'", at: range,
      notes: parameters.isEmpty ? [] : ["parameters are \(parameters.sorted().joined(separator: ", "))"],
      fixIts: near.map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }
}
