internal import Analyses
internal import Circuits
internal import Diagnostics
internal import Equations
internal import Expressions
internal import Waveforms

extension Pipeline {
  /// Everything that can be found wrong without running.
  mutating func check(_ source: Source, settings: [String: String]) {
    _ = experiment(source, settings: settings)
  }

  /// A netlist understood to its last directive; nil where something is wrong.
  mutating func experiment(_ source: Source, settings: [String: String]) -> Experiment? {
    guard let elaboration = elaborate(source, settings: settings) else { return nil }
    let experiment = Experiment(elaboration, diagnostics: &diagnostics)
    return diagnostics.hasErrors ? nil : experiment
  }

  /// All analyses of a netlist.
  mutating func run(_ source: Source, options: RunOptions) -> SimulationResult {
    guard let experiment = experiment(source, settings: options.settings) else {
      return SimulationResult(status: .invalid, report: report)
    }
    let outputs: OutputSet
    do throws(SinkFailure) {
      outputs = try OutputSet(options, of: source, drawing: experiment)
    } catch {
      diagnostics.report(error.diagnostic)
      return SimulationResult(status: .gaveUp, report: report)
    }
    var waveforms: [Int: Waveforms] = [:]
    var printed: [String] = []
    let run = experiment.run { kind in
      var control = RunControl()
      control.sink = outputs.sink(for: kind)
      control.isCancelled = options.isCancelled
      if let progress = options.progress {
        control.progress = { fraction, reached in
          progress(Progress(analysis: kind.rawValue, fraction: fraction, reached: reached))
        }
      }
      return control
    } onFinish: { _ in
      waveforms[printed.count] = outputs.waveforms
      printed.append(outputs.printed)
    }
    diagnostics.append(run.diagnostics)
    var result = SimulationResult(status: status(of: run), report: report)
    result.title = experiment.elaboration.title.value
    result.analyses = run.outcomes.enumerated().map { index, outcome in
      var analysis = AnalysisResult(directive: outcome.kind.rawValue)
      analysis.values = outcome.values
      analysis.method = outcome.method
      analysis.table = outcome.table
      analysis.accounts = outcome.accounts
      analysis.waveforms = waveforms[index]
      analysis.printed = printed[index]
      return analysis
    }
    result.verdicts = run.verdicts
    result.figures = outputs.takeFigures()
    return result
  }

  /// Interrupted outranks a solver that gave up, which outranks an expectation that failed.
  private func status(of run: Experiment.Run) -> SimulationResult.Status {
    let endings = run.outcomes.map(\.ending)
    if endings.contains(.interrupted) { return .interrupted }
    if endings.contains(.failed) || run.diagnostics.hasErrors { return .gaveUp }
    return run.verdicts.allSatisfy(\.holds) ? .completed : .expectationFailed
  }

  /// What `stage` makes of the netlist, as text; nil where an error kept it from being reached.
  mutating func inspect(_ source: Source, stage: Stage, settings: [String: String]) -> String? {
    switch stage {
    case .netlist: parse(source).map { String(describing: $0) }
    case .circuit: elaborate(source, settings: settings).map { $0.circuit.text() }
    case .system: elaborate(source, settings: settings).map { EquationSystem($0.circuit).text() }
    case .kernels: elaborate(source, settings: settings).map { EquationSystem($0.circuit).kernelText() }
    }
  }
}
