internal import Circuits
internal import Devices
internal import Diagnostics
internal import Equations
internal import Expressions
internal import Waveforms

extension Experiment {
  func noise(_ request: NoiseRequest, _ given: RunControl, _ run: inout Run) -> AnalysisOutcome {
    let plan = requests.plans[.noise]
    let measures = plan.map { MeasureSet($0, reltol: settings.tolerances.relative) }
    let sweep = NoiseSweep(request, makeEvaluator(), scope: elaboration.scope)
    var outcome = AnalysisOutcome(kind: .noise, ending: .failed)
    do throws(SinkFailure) {
      outcome.ending = try sweep.run { columns throws(SinkFailure) in
        try takePoints(of: request, columns, plan, measures, given)
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
    of request: NoiseRequest, _ columns: [Signal], _ plan: MeasurePlan?, _ measures: MeasureSet?, _ given: RunControl
  ) throws(SinkFailure) -> NoiseSweep.Point {
    var control = given
    let names = columns.map(\.name)
    let written = request.written(among: columns, requests.outputs)
    var programs = (watched: densities(plan?.watched ?? [], names), saved: densities(written.map(\.expression), names))
    var header = header(.noise, written, axis: Signal(name: "frequency", kind: .frequency))
    for (index, signal) in header.signals.enumerated() {
      if let column = columns.first(where: { $0.name == signal.name }) { header.signals[index] = column }
    }
    header.isLogarithmic = request.frequencies.isLogarithmic
    try control.sink?.begin(header)
    var last: (axis: Double, values: [Double])?
    var position = 0
    let end = request.frequencies.frequencies.last ?? 1
    return { point throws(SinkFailure) in
      func values(_ program: inout ComplexProgram) -> [Double] {
        let inputs = program.inputs.map { input -> ComplexNumber in
          guard case .name(let name) = input, let column = names.firstIndex(of: name) else {
            return ComplexNumber(.nan)
          }
          return ComplexNumber(point[column + 1])
        }
        return program.evaluate(inputs, frequency: point[0]).map(\.real)
      }
      let watched = values(&programs.watched)
      if let measures, let last {
        measures.observe(ChainSegment(position: position - 1, from: last, to: (point[0], watched)))
      }
      last = (point[0], watched)
      position += 1
      if let sink = control.sink {
        let row = [point[0]] + values(&programs.saved)
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

  /// Whether what `.measure noise`, `.print noise` and `.plot noise` read will be there.
  func checkNoise(_ diagnostics: inout DiagnosticBag) {
    let outputs = requests.outputs
    let printed = outputs.prints.filter { $0.analysis == .noise }.flatMap(\.signals)
    let drawn = outputs.plots.filter { $0.analysis == .noise }.flatMap(\.signals)
    let asked = (requests.plans[.noise]?.watched ?? []) + (printed + drawn).map(\.expression)
    if asked.isEmpty { return }
    let columns = Set(["onoise_spectrum", "inoise_spectrum"] + deviceColumns)
    let program = ComplexProgram(
      asked, scope: elaboration.scope, isComplex: { columns.contains($0) ? false : nil }, diagnostics: &diagnostics)
    let foreign = Set(program.inputs.probes)
    for expression in asked {
      expression.forEach { part in
        guard case .probe(let probe, let range) = part, foreign.contains(probe) else { return }
        diagnostics.report(.noiseSignal(range, text: "\(probe)"))
      }
    }
  }

  /// Every column about a device that a summary may hold.
  private var deviceColumns: [String] {
    let isSummarised = analyses.contains {
      if case .noise(let request) = $0 { request.summaryInterval > 0 } else { false }
    }
    guard isSummarised else { return [] }
    return elaboration.circuit.groups.flatMap { group -> [String] in
      let lines = group.model.noise + group.model.inherentNoise
      if lines.isEmpty { return [] }
      return group.names.flatMap { name -> [String] in
        let device = "onoise_\(HierarchicalName.ngspiceName(name))"
        return [device] + lines.map { "\(device)_\($0.name)" }
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
