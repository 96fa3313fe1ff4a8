package import Analyses
internal import Circuits
internal import Diagnostics
internal import Equations
internal import Expressions
internal import Netlists
internal import Waveforms

extension Pipeline {
  /// Everything that can be found wrong without running.
  mutating func check(_ source: Source, settings: [String: String]) {
    guard let reading = read(source, settings: settings) else { return }
    _ = scriptProgram(of: reading.netlist)
    if reading.netlist.hasAnalyses || reading.netlist.script == nil {
      _ = firstExperiment(of: reading)
    } else {
      _ = elaborate(reading)
    }
  }

  /// The first run, understood to its last directive; nil where something is wrong with it or with the last one: a range
  /// that leads into what cannot be does so at an end.
  package mutating func firstExperiment(of reading: Reading) -> Experiment? {
    guard let first = experiment(of: reading, at: reading.place(ofRun: 0)) else { return nil }
    let count = reading.steps.runCount
    if count > 1, experiment(of: reading, at: reading.place(ofRun: count - 1), like: first) == nil {
      return nil
    }
    return first
  }

  /// One run, understood to its last directive; nil where something is wrong. It shares with `other` what no value
  /// changes.
  mutating func experiment(
    of reading: Reading, at place: RunPlace, like other: Experiment? = nil
  ) -> Experiment? {
    aside(at: place, namesRun: place.number > 0) { pipeline in
      guard let elaboration = pipeline.elaborate(reading, run: place.number) else { return nil }
      if elaboration.circuit.deviceCount == 0 { elaboration.reportNoElements(&pipeline.diagnostics) }
      let experiment = Experiment(
        elaboration, like: other, varying: pipeline.elaborating(reading, run: place.number),
        diagnostics: &pipeline.diagnostics)
      return pipeline.diagnostics.hasErrors ? nil : experiment
    }
  }

  /// All analyses of a netlist, once for every run that its `.step` lines ask for.
  mutating func run(_ source: Source, options: RunOptions) -> SimulationResult {
    guard var reading = read(source, settings: options.settings) else {
      return SimulationResult(status: .invalid, report: report)
    }
    var script = ScriptOutcome()
    if let program = scriptProgram(of: reading.netlist), !diagnostics.hasErrors {
      script = run(program, on: reading, options: options)
    }
    guard reading.netlist.isRun(behind: script, options) else {
      return SimulationResult(script, report: report, title: reading.netlist.title.value)
    }
    // Like ngspice's, the netlist's own analyses find the circuit as the script has left it.
    reading = script.reading ?? reading
    guard let first = firstExperiment(of: reading) else {
      return SimulationResult(status: .invalid, report: report)
    }
    let outputs: OutputSet
    do throws(SinkFailure) {
      outputs = try OutputSet(options, of: source)
    } catch {
      diagnostics.report(error.diagnostic)
      return SimulationResult(status: .gaveUp, report: report)
    }
    var runs: [RunResult] = []
    for number in 0..<reading.steps.runCount {
      let place = reading.place(ofRun: number)
      if number > 0, options.isCancelled() {
        runs.append(RunResult(place, status: .interrupted))
        break
      }
      guard let experiment = number == 0 ? first : experiment(of: reading, at: place, like: first) else {
        runs.append(RunResult(place, status: .invalid))
        break
      }
      let run = aside(at: place, namesRun: true) { $0.run(experiment, at: place, outputs, options) }
      runs.append(run)
      if run.status == .interrupted || outputs.isClosed { break }
    }
    let worst = (runs.map(\.status) + [script.status]).max() ?? .completed
    var result = SimulationResult(status: worst, report: report)
    result.transcript = script.transcript
    result.title = first.elaboration.title.value
    result.runs = runs
    result.figures = script.figures + outputs.takeFigures()
    if options.recordsPictures { result.figures += ResultFigures(of: first, runs).figures }
    return result
  }

  private mutating func run(
    _ experiment: Experiment, at place: RunPlace, _ outputs: OutputSet, _ options: RunOptions
  ) -> RunResult {
    outputs.begin(place, of: experiment)
    var waveforms: [Int: Waveforms] = [:]
    var printed: [String] = []
    let run = experiment.run { kind in
      var control = RunControl()
      control.sink = outputs.sink(for: kind)
      control.isCancelled = options.isCancelled
      if let progress = options.progress {
        let done = place.count > 1 ? Double(printed.count) / Double(experiment.analyses.count) : 0
        let share = place.count > 1 ? 1 / Double(experiment.analyses.count) : 1
        control.progress = { fraction, reached in
          let all = (Double(place.number) + done + share * fraction) / Double(place.count)
          progress(
            Progress(
              analysis: kind.rawValue, fraction: all, reached: reached, run: place.number + 1, runs: place.count))
        }
      }
      return control
    } onFinish: { _ in
      waveforms[printed.count] = outputs.waveforms
      printed.append(outputs.printed)
    }
    diagnostics.append(run.diagnostics)
    var result = RunResult(place, status: status(of: run))
    result.analyses = run.outcomes.enumerated().map { index, outcome in
      var analysis = AnalysisResult(directive: outcome.kind.rawValue)
      analysis.values = outcome.values
      analysis.devices = outcome.devices
      analysis.method = outcome.method
      analysis.table = outcome.table
      analysis.accounts = outcome.accounts
      analysis.waveforms = waveforms[index]
      analysis.printed = printed[index]
      return analysis
    }
    result.verdicts = run.verdicts
    result.points = run.points
    return result
  }

  private func status(of run: Experiment.Run) -> SimulationResult.Status {
    let endings = run.outcomes.map(\.ending)
    if endings.contains(.interrupted) { return .interrupted }
    if endings.contains(.failed) || run.diagnostics.hasErrors { return .gaveUp }
    return run.verdicts.allSatisfy(\.holds) ? .completed : .expectationFailed
  }

  /// What `stage` makes of the netlist (of its first run), as text; nil where an error kept it from being reached.
  mutating func inspect(_ source: Source, stage: Stage, settings: [String: String]) -> String? {
    if stage == .netlist { return parse(source).map { String(describing: $0) } }
    guard let reading = read(source, settings: settings), let elaboration = elaborate(reading) else { return nil }
    switch stage {
    case .netlist, .circuit: return elaboration.circuit.text()
    case .system: return EquationSystem(elaboration.circuit).text()
    case .kernels: return EquationSystem(elaboration.circuit).kernelText()
    }
  }
}

extension Netlist {
  private static let analyses: Set<String> = ["op", "dc", "tran", "ac", "noise"]
  private static let requests: Set<String> = ["print", "measure", "four", "spikes", "expect"]

  var hasAnalyses: Bool { names(Self.analyses, in: statements) }

  /// Whether the analyses of the netlist run behind its script: as ngspice has it, where they are asked for results and
  /// nothing said `quit`; and where the script analysed nothing itself.
  fileprivate func isRun(behind script: Pipeline.ScriptOutcome, _ options: RunOptions) -> Bool {
    if self.script == nil { return true }
    if script.hasQuit || script.status != .completed || !hasAnalyses { return false }
    return !script.hasAnalysed || !options.files.isEmpty || names(Self.requests, in: statements)
  }

  private func names(_ keywords: Set<String>, in statements: [Statement]) -> Bool {
    statements.contains { statement in
      switch statement {
      case .directive(let card): keywords.contains(card.keyword.value)
      case .conditional(let conditional): conditional.branches.contains { names(keywords, in: $0.statements) }
      default: false
      }
    }
  }
}

extension SimulationResult {
  /// Nothing but a script ran.
  fileprivate init(_ script: Pipeline.ScriptOutcome, report: Report, title: String) {
    self.init(status: script.status, report: report)
    self.title = title
    transcript = script.transcript
    figures = script.figures
  }
}

extension Pipeline.Reading {
  func place(ofRun number: Int) -> RunPlace {
    RunPlace(
      number: number, count: steps.runCount,
      parameters: zip(steps.lines, steps.values(ofRun: number)).map {
        RunPlace.Parameter(name: $0.name.value, value: $1)
      })
  }
}
