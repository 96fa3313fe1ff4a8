internal import Analyses
internal import Circuits
internal import Diagnostics
internal import Equations
internal import Expressions
internal import Netlists
internal import Scripts
internal import Waveforms

/// The circuit of a netlist for its `.control` block: elaborated anew where something was altered.
final class ScriptBench: ScriptHost {
  private(set) var pipeline: Pipeline
  private let original: Pipeline.Reading
  private var reading: Pipeline.Reading
  private var devices: [(device: Located<String>, parameter: String?, value: Double)] = []
  private var elaboration: Elaboration?
  private let options: RunOptions
  /// The solver gave up in some analysis.
  private(set) var hasFailed = false

  init(_ pipeline: Pipeline, _ reading: Pipeline.Reading, options: RunOptions) {
    self.pipeline = pipeline
    self.reading = reading
    original = reading
    self.options = options
  }

  var isCancelled: Bool { options.isCancelled() }

  /// The circuit as it is now; nil after a complaint.
  private func elaborated() -> Elaboration? {
    if let elaboration { return elaboration }
    guard var made = pipeline.elaborateAside(reading) else { return nil }
    for (name, parameter, value) in devices {
      guard let device = made.circuit.device(named: name.value),
        let altered = made.circuit.altering(parameter, of: device, to: value)
      else { continue }
      made.circuit = altered
    }
    elaboration = made
    return made
  }

  func parameter(_ name: String) -> Double? { elaborated()?.scope.value(of: name) }

  // MARK: Altering

  func reset() {
    devices = []
    elaboration = nil
  }

  func alter(_ alteration: Alteration) -> Bool {
    switch alteration {
    case .parameter(let name, let value):
      guard let scope = elaborated()?.scope, scope.value(of: name.value) != nil else {
        pipeline.diagnostics.report(
          .unknownSetting(name.range, name: name.value, parameters: elaboration?.scope.names ?? []))
        return false
      }
      reading.settings[name.value] = Located(.number(value), name.range)
    case .option(let name, let text):
      guard OptionCatalogue.names.contains(name.value) else {
        pipeline.diagnostics.report(.unknownSetting(name.range, name: name.value, parameters: []))
        return false
      }
      let value = SpiceNumber.parseField(Array(text.utf8)).map(OptionValue.number)
      reading.settings[name.value] = Located(value ?? (text.isEmpty ? .flag : .word(text)), name.range)
    case .model(let model, let parameter, let value):
      let assignment = Assignment(
        name: parameter, value: SourceText(file: parameter.range.file, bytes: [], origin: parameter.range.start),
        expression: .number(value, parameter.range))
      reading.modelValues.append(ModelValue(model: model, assignment: assignment))
    case .device(let name, let parameter, let value):
      guard let circuit = elaborated()?.circuit else { return false }
      guard let device = circuit.device(named: name.value) else {
        pipeline.diagnostics.report(
          .unknownDevice(name.range, name: name.value, known: circuit.groups.flatMap { Array($0.names) }))
        return false
      }
      guard circuit.altering(parameter, of: device, to: value) != nil else {
        pipeline.diagnostics.report(
          .unalterable(
            name.range, name: name.value, parameter: parameter ?? "", known: circuit.alterableNames(of: device)))
        return false
      }
      devices.append((name, parameter, value))
    }
    elaboration = nil
    return true
  }

  // MARK: Analysing

  func analyse(_ line: SourceText?, keeping signals: [Expression], measures: [SourceText]) -> [ScriptResult]? {
    guard var elaboration = elaborated() else { return nil }
    let analyses: Set<String> = ["op", "dc", "tran", "ac", "noise"]
    if let line {
      guard let card = Card.command(line, diagnostics: &pipeline.diagnostics) else { return nil }
      elaboration.directives = [card]
    } else {
      elaboration.directives.removeAll { !analyses.contains($0.keyword.value) && $0.keyword.value != "measure" }
      // Like ngspice's, a `run` of nothing does nothing.
      guard elaboration.directives.contains(where: { analyses.contains($0.keyword.value) }) else { return [] }
    }
    let own = add(measures, to: &elaboration)
    var complaints = DiagnosticBag()
    var experiment = Experiment(elaboration, diagnostics: &complaints)
    experiment.watched = existing(signals, in: elaboration)
    // A parameter or a power is no phasor.
    if experiment.analyses.contains(where: { $0.kind == .ac }) { experiment.watched.removeAll { !$0.isPhasor } }
    pipeline.diagnostics.append(complaints)
    if complaints.hasErrors { return nil }

    let table = WaveformTable()
    var results: [ScriptResult] = []
    let run = experiment.run { _ in
      var control = RunControl()
      control.sink = table
      control.isCancelled = self.options.isCancelled
      return control
    } onFinish: { outcome in
      var result = ScriptResult(table)
      for measure in outcome.table.measures {
        if let text = own[measure.name] {
          result.lines[text] = measure
        } else {
          result.measures.append(measure)
        }
      }
      results.append(result)
    }
    pipeline.diagnostics.append(run.diagnostics)
    if run.outcomes.contains(where: { $0.ending == .failed }) { hasFailed = true }
    return results
  }

  /// Adds those `meas` lines of a script that can be measured while the analyses run, under names of their own; gives the
  /// lines by these names.
  private func add(_ measures: [SourceText], to elaboration: inout Elaboration) -> [String: String] {
    var lines: [String: String] = [:]
    for (index, text) in measures.enumerated() {
      var ignored = DiagnosticBag()
      guard var card = Self.measureCard(text, &ignored), card.fields.count > 2 else { continue }
      let name = "meas#\(index)"
      card.fields[1].name = NameTemplate([.text(name)])
      let circuit = elaboration.circuit
      let requests = Requests.read(
        [card], scope: elaboration.scope, names: SignalNames(matching: { circuit.probes(matching: $0) }),
        diagnostics: &ignored)
      let signals = requests.plans.values.flatMap(\.watched)
      EquationSystem(circuit).check(signals, scope: elaboration.scope, diagnostics: &ignored)
      guard !ignored.hasErrors, !signals.isEmpty else { continue }
      elaboration.directives.append(card)
      lines[name] = text.string
    }
    return lines
  }

  private static func measureCard(_ text: SourceText, _ diagnostics: inout DiagnosticBag) -> Card? {
    let line = SourceText(file: text.file, bytes: Array("meas ".utf8) + text.bytes, origin: text.range.start)
    return Card.command(line, diagnostics: &diagnostics)
  }

  func plan(ofMeasure line: SourceText) -> (name: String, plan: MeasurePlan)? {
    guard let card = Self.measureCard(line, &pipeline.diagnostics), let scope = elaborated()?.scope else { return nil }
    var complaints = DiagnosticBag()
    let requests = Requests.read(
      [card], scope: scope, names: SignalNames(matching: { _ in [] }), diagnostics: &complaints)
    pipeline.diagnostics.append(complaints)
    guard let plan = requests.plans.values.first, let measure = plan.measures.first else { return nil }
    return (measure.name, plan)
  }

  /// Those of `signals` that the circuit has.
  private func existing(_ signals: [Expression], in elaboration: Elaboration) -> [NamedSignal] {
    let system = EquationSystem(elaboration.circuit)
    return signals.compactMap { signal in
      guard case .probe(let probe, _) = signal else { return nil }
      var ignored = DiagnosticBag()
      system.check([signal], scope: elaboration.scope, diagnostics: &ignored)
      return ignored.hasErrors ? nil : NamedSignal(name: "\(probe)", expression: signal)
    }
  }
}

extension NamedSignal {
  fileprivate var isPhasor: Bool {
    switch expression {
    case .probe(.voltage, _), .probe(.current, _): true
    default: false
    }
  }
}

extension ScriptResult {
  /// The columns of an analysis, the two of a complex signal as one.
  fileprivate init(_ table: WaveformTable) {
    self.init(header: table.header, columns: [])
    header.signals = []
    for (signal, column) in zip(table.signals, table.columns) {
      if signal.half?.part == .imaginary {
        imaginary[imaginary.count - 1] = column
        continue
      }
      if !columns.isEmpty { header.signals.append(Signal(name: signal.signalName, kind: signal.kind)) }
      columns.append(column)
      imaginary.append([])
    }
  }
}
