internal import Circuits
internal import Diagnostics
internal import Netlists
internal import Scripts
internal import Waveforms

/// The `.control` block of a netlist, obeyed before the analyses of the netlist itself.
extension Pipeline {
  struct ScriptOutcome {
    var transcript = ""
    var figures: [Figure] = []
    var hasQuit = false
    var hasAnalysed = false
    var status = SimulationResult.Status.completed
    /// The netlist as the script leaves it, with what it has altered.
    var reading: Reading?
  }

  /// What is wrong with the script's words.
  mutating func scriptProgram(of netlist: Netlist) -> ScriptProgram? {
    netlist.script.map { ScriptProgram($0, diagnostics: &diagnostics) }
  }

  mutating func run(_ program: ScriptProgram, on reading: Reading, options: RunOptions) -> ScriptOutcome {
    var copy = self
    copy.diagnostics = DiagnosticBag()
    let bench = ScriptBench(copy, reading, options: options)
    var interpreter = ScriptInterpreter(program, host: bench)
    interpreter.run()
    sources = bench.pipeline.sources
    diagnostics.append(bench.pipeline.diagnostics)
    diagnostics.append(interpreter.diagnostics)
    var outcome = ScriptOutcome(
      transcript: interpreter.output, figures: interpreter.figures, hasQuit: interpreter.hasQuit,
      hasAnalysed: interpreter.hasAnalysed)
    outcome.reading = bench.left
    if bench.hasFailed {
      outcome.status = .gaveUp
    } else if bench.pipeline.diagnostics.hasErrors || interpreter.diagnostics.hasErrors {
      outcome.status = .invalid
    } else if interpreter.hasFailed {
      outcome.status = .expectationFailed
    }
    if options.isCancelled() { outcome.status = .interrupted }
    return outcome
  }

  /// Elaborates with the complaints of other elaborations left unsaid.
  mutating func elaborateAside(_ reading: Reading) -> Elaboration? {
    var copy = self
    copy.diagnostics = DiagnosticBag()
    let elaboration = copy.elaborate(reading)
    sources = copy.sources
    for diagnostic in copy.diagnostics.diagnostics
    where !diagnostics.diagnostics.contains(where: { $0.code == diagnostic.code && $0.range == diagnostic.range }) {
      diagnostics.report(diagnostic)
    }
    return elaboration
  }
}

extension Diagnostic {
  static func unknownDevice(_ range: SourceRange, name: String, known: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: known)
    return Diagnostic(
      .error, "unknown-device", "there is no device '\(name)' to alter", at: range,
      fixIts: near.map { [FixIt("did you mean '\($0)'?")] } ?? [])
  }

  static func unalterable(_ range: SourceRange, name: String, parameter: String, known: [String]) -> Diagnostic {
    Diagnostic(
      .error, "unalterable-parameter", "'\(name)' has no '\(parameter)' that can be altered", at: range,
      caption: "it has \(known.joined(separator: ", "))")
  }
}
