internal import Circuits
internal import Diagnostics
internal import Equations
internal import Expressions
internal import Waveforms

extension Experiment {
  func smallSignal(_ request: SmallSignalRequest, _ given: RunControl, _ run: inout Run) -> AnalysisOutcome {
    var control = given
    let plan = requests.plans[.ac]
    let measures = plan.map { MeasureSet($0, reltol: settings.tolerances.relative) }
    let signals = control.sink == nil ? [] : outputSignals(of: .ac)
    let saved = phasors(signals.map(\.expression), &run.diagnostics)
    let sweep = FrequencySweep(
      request, makeEvaluator(), watched: phasors(plan?.watched ?? [], &run.diagnostics), measures: measures,
      saved: saved, scope: elaboration.scope)
    let ending = sweep.run(
      &control, header: frequencyHeader(signals, saved.isReal, isLogarithmic: request.frequencies.isLogarithmic))
    run.diagnostics.append(sweep.diagnostics)
    var outcome = AnalysisOutcome(kind: .ac, ending: ending)
    if let measures { outcome.table = measures.finish(scope: elaboration.scope) }
    return outcome
  }

  private func phasors(_ signals: [Expression], _ diagnostics: inout DiagnosticBag) -> ComplexProgram {
    let circuit = elaboration.circuit
    return ComplexProgram(
      signals, scope: elaboration.scope, matching: { circuit.probes(matching: $0) }, diagnostics: &diagnostics)
  }

  /// Complex signals are two columns each.
  private func frequencyHeader(_ signals: [NamedSignal], _ isReal: [Bool], isLogarithmic: Bool) -> PlotHeader {
    var header = header(.ac, [], axis: Signal(name: "frequency", kind: .frequency))
    header.isLogarithmic = isLogarithmic
    for (signal, isReal) in zip(signals, isReal) {
      let column = Signal(name: signal.name, kind: signalKind(of: signal.expression))
      header.signals += isReal ? [column] : Signal.complexPair(column)
    }
    return header
  }

  /// Every signal that `.ac` is asked for must exist and have a meaning for phasors.
  func checkPhasors(_ diagnostics: inout DiagnosticBag) {
    let outputs = requests.outputs
    let printed = outputs.prints.filter { $0.analysis == .ac }.flatMap(\.signals)
    let drawn = outputs.plots.filter { $0.analysis == .ac }.flatMap(\.signals)
    var asked = (requests.plans[.ac]?.watched ?? []) + (printed + drawn).map(\.expression)
    // What every analysis saves is checked as the real quantity that it is elsewhere, too.
    let shared = outputs.saved + outputs.plots.filter { $0.analysis == nil }.flatMap(\.signals)
    if analyses.contains(where: { $0.kind == .ac }) { asked += shared.map(\.expression) }
    let program = phasors(asked, &diagnostics)
    let nowhere = elaboration.title.range
    var places: [Probe: SourceRange] = [:]
    for expression in asked {
      expression.forEach { if case .probe(let probe, let range) = $0 { places[probe] = range } }
    }
    system.check(
      program.inputs.probes.map { .probe($0, places[$0] ?? nowhere) }, scope: elaboration.scope,
      diagnostics: &diagnostics)
  }
}
