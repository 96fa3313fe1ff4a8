internal import Circuits
package import Diagnostics
internal import Equations
internal import Expressions
internal import Netlists
internal import Solvers
package import Waveforms

extension Experiment {
  /// The operating point for `.expect op` lines, once found.
  package struct Run {
    package var outcomes: [AnalysisOutcome] = []
    package var verdicts: [Verdict] = []
    /// What each `.plot step` line draws of this run.
    package var points: [ResultPlot.Point] = []
    package var diagnostics = DiagnosticBag()
  }

  /// Runs every analysis in the order written. `control(kind)` gives each its sink and ears.
  package func run(_ control: (AnalysisKind) -> RunControl, onFinish: (AnalysisOutcome) -> Void = { _ in }) -> Run {
    var run = Run()
    var expected: [Double]?
    if !requests.expectations.signals.isEmpty || analyses.contains(where: { $0.kind == .op }) {
      let isInitial = analyses.contains { $0.kind == .tran } && !analyses.contains { $0.kind == .op }
      let outcome = operatingPoint(initial: isInitial, &expected, control, &run)
      if analyses.contains(where: { $0.kind == .op }) {
        run.outcomes.append(outcome)
        onFinish(outcome)
      }
    }
    for analysis in analyses {
      let outcome: AnalysisOutcome
      switch analysis {
      case .operatingPoint: continue
      case .sweep(let request): outcome = sweep(request, control(.dc), &run)
      case .transient(let request): outcome = transient(request, control(.tran), &run)
      case .smallSignal(let request): outcome = smallSignal(request, control(.ac), &run)
      case .noise(let request): outcome = noise(request, control(.noise), &run)
      }
      run.outcomes.append(outcome)
      onFinish(outcome)
      if case .interrupted = outcome.ending { break }
    }
    let tables = run.outcomes.map { (analysis: $0.kind, table: $0.table) }
    run.verdicts = requests.expectations.verdicts(on: tables, operatingPoint: expected, scope: elaboration.scope)
    run.points = requests.outputs.resultPlots.map { $0.point(of: tables.map(\.table), scope: elaboration.scope) }
    return run
  }

  private func program(_ signals: [Expression], _ evaluator: SystemEvaluator) -> SignalProgram {
    SignalProgram(signals, of: evaluator, scope: elaboration.scope)
  }

  func makeEvaluator() -> SystemEvaluator {
    SystemEvaluator(
      system, tolerances: settings.tolerances, seed: settings.seed, run: elaboration.sample?.number ?? 0)
  }

  private func operatingPoint(
    initial: Bool, _ expected: inout [Double]?, _ control: (AnalysisKind) -> RunControl,
    _ run: inout Run
  ) -> AnalysisOutcome {
    var outcome = AnalysisOutcome(kind: .op, ending: .completed)
    let evaluator = makeEvaluator()
    let card = analyses.lazy.compactMap { if case .operatingPoint(let range) = $0 { range } else { nil } }.first
    let range = card ?? requests.expectations.firstOfOperatingPoint?.range
    let point = OperatingPoint(evaluator, at: range)
    defer { run.diagnostics.append(point.diagnostics) }
    do throws(SolverFailure) { try point.solve(initial: initial) } catch {
      run.diagnostics.report(point.report(error))
      outcome.ending = .failed
      return outcome
    }
    outcome.method = point.method
    func values(_ expressions: [Expression]) -> [Double] {
      let program = program(expressions, evaluator)
      program.loadRest(time: 0, y: point.y)
      program.run(1)
      return expressions.indices.map { program.value($0) }
    }
    expected = values(requests.expectations.signals)
    guard analyses.contains(where: { $0.kind == .op }) else { return outcome }
    let signals = outputSignals(of: .op)
    let found = values(signals.map(\.expression))
    let header = header(.op, signals, axis: Signal(name: "point", kind: .other(unit: "")))
    if let signal = found.firstIndex(where: { !$0.isFinite }) {
      run.diagnostics.report(.notFinite(range, signal: signals[signal].name, place: "the operating point"))
      outcome.ending = .failed
      return outcome
    }
    outcome.values = zip(header.signals, found).map { ($0, $1) }
    outcome.devices = deviceTables(values)
    if let sink = control(.op).sink {
      do throws(SinkFailure) {
        try sink.begin(header)
        try sink.append(([0] + found).span)
        try sink.finish(.completed)
      } catch {
        run.diagnostics.report(error.diagnostic)
        outcome.ending = .failed
      }
    }
    return outcome
  }

  private func transient(_ written: TransientRequest, _ given: RunControl, _ run: inout Run) -> AnalysisOutcome {
    var control = given
    var request = written
    if let longest = settings.longestStep { request.maximumStep = min(request.maximumStep ?? longest, longest) }
    // Xyce's first time is a step to begin with, and no raster.
    if elaboration.dialect == .xyce {
      request.step = settings.outputInterval ?? 0
      request.writesRest = true
    }
    if request.step == 0, let interval = settings.outputInterval { request.step = interval }
    let evaluator = makeEvaluator()
    let plan = requests.plans[.tran]
    let measures = plan.map {
      MeasureSet(
        $0, reltol: settings.tolerances.relative, stop: request.stop, harmonics: settings.harmonicCount)
    }
    let signals = control.sink == nil ? [] : outputSignals(of: .tran)
    let transient = Transient(
      request, evaluator, settings: settings, watched: program(plan?.watched ?? [], evaluator), measures: measures,
      saved: program(signals.map(\.expression), evaluator))
    let ending = transient.run(&control, header: header(.tran, signals, axis: Signal(name: "time", kind: .time)))
    run.diagnostics.append(transient.diagnostics)
    var outcome = AnalysisOutcome(kind: .tran, ending: ending)
    if settings.accounts { outcome.statistics = transient.statistics }
    if let measures { outcome.table = measures.finish(scope: elaboration.scope) }
    return outcome
  }

  /// What the horizontal axis of a sweep shows, named as in ngspice.
  private func axis(of request: SweepRequest) -> Signal {
    let name = request.variables[0].name.value
    if name == "temp" { return Signal(name: "temp-sweep", kind: .other(unit: "degC")) }
    if name.hasPrefix("r"), name.hasSuffix(":r") { return Signal(name: "res-sweep", kind: .other(unit: "ohm")) }
    guard elaboration.circuit.source(named: name) != nil else { return Signal(name: name, kind: .other(unit: "")) }
    let isCurrent = name.hasPrefix("i")
    return Signal(name: isCurrent ? "i-sweep" : "v-sweep", kind: isCurrent ? .current : .voltage)
  }

  private func sweep(_ request: SweepRequest, _ given: RunControl, _ run: inout Run) -> AnalysisOutcome {
    var control = given
    let plan = requests.plans[.dc]
    let measures = plan.map { MeasureSet($0, reltol: settings.tolerances.relative) }
    let signals = control.sink == nil ? [] : outputSignals(of: .dc)
    func stage(_ experiment: Experiment) -> SweepStage {
      let evaluator = experiment.makeEvaluator()
      return SweepStage(
        evaluator, watched: experiment.program(plan?.watched ?? [], evaluator),
        saved: experiment.program(signals.map(\.expression), evaluator))
    }
    let sweep = DCSweep(request, stage(self), measures: measures) { parameters in
      varying?(parameters).map { stage(Experiment(self, elaborated: $0)) }
    }
    let axis = axis(of: request)
    let ending = sweep.run(&control, header: header(.dc, signals, axis: axis))
    run.diagnostics.append(sweep.diagnostics)
    var outcome = AnalysisOutcome(kind: .dc, ending: ending)
    if let measures { outcome.table = measures.finish(scope: elaboration.scope) }
    return outcome
  }
}
