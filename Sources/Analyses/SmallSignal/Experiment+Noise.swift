internal import Circuits
internal import Devices
internal import Diagnostics
internal import Equations
internal import Expressions
internal import Netlists
internal import Waveforms

extension Experiment {
  func noise(_ written: NoiseRequest, _ given: RunControl, _ run: inout Run) -> AnalysisOutcome {
    var request = written
    // In Xyce the interval of a summary is about its listing alone.
    if elaboration.dialect == .xyce { request.summaryInterval = min(request.summaryInterval, 1) }
    let plan = requests.plans[.noise]
    let measures = plan.map { MeasureSet($0, reltol: settings.tolerances.relative) }
    let asked = askedOfNoise
    let probes = asked.flatMap(\.probes)
    let sweep = NoiseSweep(
      request, makeEvaluator(), scope: elaboration.scope,
      wanted: Array(Set(asked.flatMap(\.names).filter(\.namesNoise))).sorted(), probes: probes,
      takesWrittenSources: elaboration.dialect == .xyce)
    var outcome = AnalysisOutcome(kind: .noise, ending: .failed)
    do throws(SinkFailure) {
      outcome.ending = try sweep.run { columns throws(SinkFailure) in
        try takePoints(of: request, columns, probes, plan, measures, given)
      }
      try given.sink?.finish(outcome.ending == .completed ? .completed : .failed(""))
    } catch {
      if error.isClosedPipe { outcome.ending = .completed } else { run.diagnostics.report(error.diagnostic) }
    }
    run.diagnostics.append(sweep.diagnostics)
    if let measures { outcome.table = measures.finish(scope: elaboration.scope) }
    outcome.table.measures += sweep.totals.map { MeasureResult(name: $0.name, value: .success($0.value)) }
    return outcome
  }

  /// What becomes of every point: measures, the sink, a word on progress.
  private func takePoints(
    of request: NoiseRequest, _ columns: [Signal], _ probes: [Probe], _ plan: MeasurePlan?, _ measures: MeasureSet?,
    _ given: RunControl
  ) throws(SinkFailure) -> NoiseSweep.Point {
    var control = given
    let names = columns.map(\.name)
    let written = request.written(among: columns, requests.outputs)
    var programs = (watched: densities(plan?.watched ?? [], names), saved: densities(written.map(\.expression), names))
    var header = header(.noise, [], axis: Signal(name: "frequency", kind: .frequency))
    for (signal, isReal) in zip(written, programs.saved.isReal) {
      let column =
        columns.first { $0.name == signal.name } ?? Signal(name: signal.name, kind: signalKind(of: signal.expression))
      header.signals += isReal ? [column] : Signal.complexPair(column)
    }
    header.isLogarithmic = request.frequencies.isLogarithmic
    try control.sink?.begin(header)
    var last: (axis: Double, values: [Double])?
    var position = 0
    let end = request.frequencies.frequencies.last ?? 1
    return { point, phasors throws(SinkFailure) in
      func values(_ program: inout ComplexProgram) -> [ComplexNumber] {
        let inputs = program.inputs.map { input in
          switch input {
          case .name(let name): names.firstIndex(of: name).map { ComplexNumber(point[$0 + 1]) } ?? ComplexNumber(.nan)
          case .probe(let probe): probes.firstIndex(of: probe).map { phasors[$0] } ?? ComplexNumber(.nan)
          }
        }
        return program.evaluate(inputs, frequency: point[0])
      }
      let watched = values(&programs.watched).map(\.real)
      if let measures, let last {
        measures.observe(ChainSegment(position: position - 1, from: last, to: (point[0], watched)))
      } else if let measures, request.frequencies.frequencies.count == 1 {
        measures.observe(ChainSegment(position: 0, from: (point[0], watched), to: (point[0], watched)))
      }
      last = (point[0], watched)
      position += 1
      if let sink = control.sink {
        var row = [point[0]]
        for (value, isReal) in zip(values(&programs.saved), programs.saved.isReal) {
          row += isReal ? [value.real] : [value.real, value.imaginary]
        }
        try sink.append(row.span)
      }
      return !control.pause(point[0] / end, point[0])
    }
  }

  /// Expressions over the columns of a noise analysis.
  private func densities(_ expressions: [Expression], _ columns: [String]) -> ComplexProgram {
    var unheard = DiagnosticBag()
    return ComplexProgram(
      expressions, scope: elaboration.scope, isComplex: { columns.contains($0) ? false : nil }, diagnostics: &unheard)
  }

  /// Everything that `.measure noise`, `.print noise` and `.plot noise` read.
  private var askedOfNoise: [Expression] {
    let outputs = requests.outputs
    let printed = outputs.prints.filter { $0.analysis == .noise }.flatMap(\.signals)
    let drawn = outputs.plots.filter { $0.analysis == .noise }.flatMap(\.signals)
    return (requests.plans[.noise]?.watched ?? []) + (printed + drawn).map(\.expression)
  }

  /// Whether all of that will be there. For Xyce the phasors of `.ac` are part of the analysis.
  func checkNoise(_ diagnostics: inout DiagnosticBag) {
    let asked = askedOfNoise
    if asked.isEmpty { return }
    let columns = Set(["onoise_spectrum", "inoise_spectrum"] + deviceColumns)
    let circuit = elaboration.circuit
    let program = ComplexProgram(
      asked, scope: elaboration.scope, isComplex: { columns.contains($0) ? false : nil },
      matching: { circuit.probes(matching: $0) }, diagnostics: &diagnostics)
    let foreign = Set(program.inputs.probes)
    for expression in asked {
      expression.forEach { part in
        guard case .probe(let probe, let range) = part, foreign.contains(probe) else { return }
        if elaboration.dialect == .xyce {
          system.check([part], scope: elaboration.scope, diagnostics: &diagnostics)
        } else {
          diagnostics.report(.noiseSignal(range, text: "\(probe)"))
        }
      }
    }
  }

  /// Every column about a device that there may be: those of a summary; in Xyce, those at the input too, without one.
  private var deviceColumns: [String] {
    let isXyce = elaboration.dialect == .xyce
    let isSummarised = analyses.contains {
      if case .noise(let request) = $0 { request.summaryInterval > 0 } else { false }
    }
    guard isXyce || isSummarised else { return [] }
    let sides = isXyce ? ["onoise", "inoise"] : ["onoise"]
    return elaboration.circuit.groups.flatMap { group -> [String] in
      let lines = group.model.noise + group.model.inherentNoise
      if lines.isEmpty, !isXyce { return [] }
      return group.names.flatMap { name in
        sides.flatMap { side -> [String] in
          let device = "\(side)_\(HierarchicalName.ngspiceName(name))"
          return [device] + lines.map { "\(device)_\($0.name)" }
        }
      }
    }
  }
}

extension NoiseRequest {
  /// What is written of the columns: those of `.print` and `.plot` lines and all that there is; the spectra come first.
  fileprivate func written(among columns: [Signal], _ outputs: OutputRequests) -> [NamedSignal] {
    let all = columns.map { NamedSignal(name: $0.name, expression: .name($0.name, range)) }
    let printed = outputs.prints.filter { $0.analysis == .noise }.flatMap(\.signals)
    let drawn = outputs.plots.filter { $0.analysis == .noise }.flatMap(\.signals)
    var seen: Set<String> = []
    return (all + printed + drawn).filter { seen.insert($0.name).inserted }
  }
}
