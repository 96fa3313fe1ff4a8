internal import Diagnostics
internal import Waveforms

extension Diagnostic {
  static func optionWithoutEffect(_ range: SourceRange, name: String, reason: String) -> Diagnostic {
    Diagnostic(.note, "option-without-effect", "option '\(name)' has no effect here: \(reason)", at: range)
  }

  static func unknownOption(_ range: SourceRange, name: String, parameters: [String]) -> Diagnostic {
    let near = Suggestion.nearest(
      to: name, among: parameters + OptionCatalogue.names)
    return Diagnostic(
      .warning, "unknown-option", "there is no option '\(name)', and no parameter of that name", at: range,
      caption: "left out", notes: ["options are \(OptionCatalogue.obeyedNames.joined(separator: ", "))"],
      fixIts: near.map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }

  static func wrongOptionValue(_ range: SourceRange, name: String, wanted: String) -> Diagnostic {
    Diagnostic(.error, "wrong-option-value", "option '\(name)' must be \(wanted)", at: range, caption: "not \(wanted)")
  }

  static func refusedOrder(_ range: SourceRange, order: Int) -> Diagnostic {
    Diagnostic(
      .note, "refused-order", "maxord=\(order) is not used: orders 3 and 4 make oscillations grow", at: range,
      notes: ["order 5 is used; maxord=2 damps instead"])
  }

  static func wrongAnalysis(_ range: SourceRange, directive: String, form: String) -> Diagnostic {
    Diagnostic(
      .error, "wrong-analysis", "this .\(directive) line is not complete, or holds too much", at: range,
      fixIts: [FixIt("write: \(form)")])
  }

  static func wrongSweep(_ range: SourceRange, start: Double, stop: Double, step: Double) -> Diagnostic {
    let from = NumberFormat.significant(start)
    let to = NumberFormat.significant(stop)
    return Diagnostic(
      .error, "wrong-sweep", "a step of \(NumberFormat.significant(step)) does not lead from \(from) to \(to)",
      at: range,
      caption: step == 0 ? "must not be 0" : "the sign of the step must be that of stop - start")
  }

  static func refusedTransientWord(_ range: SourceRange, word: String, reason: String) -> Diagnostic {
    Diagnostic(.error, "refused-transient-word", "'.tran ... \(word)' is not supported: \(reason)", at: range)
  }

  static func wrongTime(_ range: SourceRange, value: Double) -> Diagnostic {
    Diagnostic(
      .error, "wrong-time", "a time of \(NumberFormat.significant(value)) s is not possible here", at: range,
      caption: "must be positive and finite")
  }

  static func startBehindStop(_ range: SourceRange, start: Double, stop: Double) -> Diagnostic {
    Diagnostic(
      .error, "start-behind-stop",
      "output begins at \(NumberFormat.significant(start)) s, but the run ends at \(NumberFormat.significant(stop)) s",
      at: range, caption: "tstart must lie before tstop")
  }

  /// `purpose` is what the source is named for: "to sweep".
  static func unknownSource(_ range: SourceRange, name: String, known: [String], purpose: String) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: known)
    return Diagnostic(
      .error, "unknown-source", "there is no independent source '\(name)' \(purpose)", at: range,
      caption: "not a voltage or current source", fixIts: near.map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }

  static func withoutCircuit(_ range: SourceRange, place: String) -> Diagnostic {
    Diagnostic(
      .error, "swept-away", "the netlist makes no circuit at \(place)", at: range,
      notes: ["--set with this value shows what is wrong with it"])
  }

  static func noAnalysis(_ title: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "no-analysis", "the netlist asks for no analysis", at: title,
      fixIts: [FixIt("add a line such as .op, .tran 10u 50m, or .dc V1 0 1 10m")])
  }
}
