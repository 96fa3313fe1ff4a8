internal import Analyses
internal import Circuits
internal import Diagnostics
internal import Equations
internal import Expressions
internal import Kernels
internal import Netlists
internal import Scripts
internal import Waveforms

/// The circuit of a netlist for its `.control` block: elaborated anew where something was altered.
final class ScriptBench: ScriptHost {
  private(set) var pipeline: Pipeline
  private let original: Pipeline.Reading
  private var reading: Pipeline.Reading
  private var elaboration: Elaboration?
  private let options: RunOptions
  private var drawCount: UInt64 = 0
  /// The solver gave up in some analysis.
  private(set) var hasFailed = false

  init(_ pipeline: Pipeline, _ reading: Pipeline.Reading, options: RunOptions) {
    self.pipeline = pipeline
    self.reading = reading
    original = reading
    self.options = options
  }

  /// The netlist as the script leaves it to its own analyses.
  var left: Pipeline.Reading {
    var left = reading
    left.transient = original.transient
    return left
  }

  var isCancelled: Bool { options.isCancelled() }

  func draw() -> (uniform: Double, normal: Double) {
    drawCount += 1
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: drawCount), UInt32(truncatingIfNeeded: drawCount >> 32), Self.purposeOfDraws, 0)
    let generator = Philox(seed: reading.numbers["seed"].flatMap { UInt64(exactly: $0) } ?? 1)
    return (generator.uniform(counter), generator.normal(counter))
  }

  /// Apart from the numbers of noise and events.
  private static let purposeOfDraws: UInt32 = 0x7363_7269

  /// The circuit as it is now; nil after a complaint.
  private func elaborated() -> Elaboration? {
    if let elaboration { return elaboration }
    elaboration = pipeline.elaborateAside(reading)
    return elaboration
  }

  /// The circuit as it is now at other values of parameters, for a sweep over one.
  private var varying: Experiment.Varying { pipeline.elaborating(reading, run: 0) }

  func parameter(_ name: String) -> Double? {
    guard let made = elaborated() else { return nil }
    if let quantity = ScriptInterpreter.quantity(name), let device = made.circuit.device(named: quantity.device) {
      return made.circuit.value(of: quantity.parameter, of: device)
    }
    let scope = made.scope
    return scope.value(of: ScriptParameter.name(of: name)) ?? scope.value(of: name)
  }

  /// The model of the top level that an element's line names.
  private func model(ofElement name: String) -> String? {
    let models = Set(
      reading.netlist.statements.compactMap { if case .model(let model) = $0 { model.name.value } else { nil } })
    for case .element(let card) in reading.netlist.statements where card.keyword.value == name {
      return card.fields.lazy.compactMap(\.name.plain).first { models.contains($0) }
    }
    return nil
  }

  // MARK: Altering

  func reset() {
    reading.deviceValues = []
    reading.modelValues = original.modelValues
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
      // Like ngspice's `altermod`, that of a device changes its model.
      let name = self.model(ofElement: model.value) ?? model.value
      reading.modelValues.append(ModelValue(model: Located(name, model.range), assignment: assignment))
    case .device(let name, let parameter, let values):
      guard let made = elaborated() else { return false }
      let circuit = made.circuit
      guard let device = circuit.device(named: name.value) else {
        pipeline.diagnostics.report(
          .unknownDevice(name.range, name: name.value, known: circuit.groups.flatMap { Array($0.names) }))
        return false
      }
      guard circuit.altering(parameter, of: device, to: values, transient: made.transient) != nil else {
        pipeline.diagnostics.report(
          .unalterable(
            name.range, name: name.value, parameter: parameter ?? "", known: circuit.alterableNames(of: device)))
        return false
      }
      reading.deviceValues.append(DeviceValues(device: name.value, parameter: parameter, values: values))
    }
    elaboration = nil
    return true
  }

  // MARK: Analysing

  func analyse(_ line: SourceText?, _ wanted: ScriptDemand) -> [ScriptResult]? {
    var card: Card?
    if let line {
      card = Card.command(line, diagnostics: &pipeline.diagnostics)
      guard let card else { return nil }
      readTransientTimes(card)
    }
    guard var elaboration = elaborated() else { return nil }
    if elaboration.circuit.deviceCount == 0 {
      elaboration.reportNoElements(&pipeline.diagnostics)
      return nil
    }
    let analyses: Set<String> = ["op", "dc", "tran", "ac", "noise"]
    if let card {
      elaboration.directives = [card]
    } else {
      elaboration.directives.removeAll { !analyses.contains($0.keyword.value) && $0.keyword.value != "measure" }
      // Like ngspice's, a `run` of nothing does nothing.
      guard elaboration.directives.contains(where: { analyses.contains($0.keyword.value) }) else { return [] }
    }
    let own = add(wanted.measures, to: &elaboration)
    var complaints = DiagnosticBag()
    var experiment = Experiment(elaboration, varying: varying, diagnostics: &complaints)
    experiment.watched = existing(wanted.signals, in: elaboration)
    // A parameter or a power is no phasor.
    if experiment.analyses.contains(where: { $0.kind == .ac }) { experiment.watched.removeAll { !$0.isPhasor } }
    pipeline.diagnostics.append(complaints)
    if complaints.hasErrors { return nil }
    let series = add(harmonics: wanted.harmonics, to: &experiment, elaboration)

    let table = WaveformTable()
    var results: [ScriptResult] = []
    var transients = experiment.analyses.compactMap { if case .transient(let request) = $0 { request } else { nil } }[
      ...]
    let run = experiment.run { _ in
      var control = RunControl()
      control.sink = table
      control.isCancelled = self.options.isCancelled
      return control
    } onFinish: { outcome in
      var result = ScriptResult(table)
      let totals = outcome.kind == .noise ? outcome.table.measures.filter { own[$0.name] == nil } : []
      for measure in outcome.table.measures where !totals.contains(where: { $0.name == measure.name }) {
        if let text = own[measure.name] {
          result.lines[text] = measure
        } else {
          result.measures.append(measure)
        }
      }
      if outcome.kind == .tran, let request = transients.popFirst() {
        result.grid = (request.start, request.stop, request.step)
        for (text, signals) in series {
          result.harmonics[text] = outcome.table.fourier.filter { signals.contains($0.signal) }
        }
      }
      results.append(result)
      if outcome.kind == .noise { results.append(ScriptResult(totals: totals, like: result.header)) }
    }
    pipeline.diagnostics.append(run.diagnostics)
    if run.outcomes.contains(where: { $0.ending == .failed }) { hasFailed = true }
    return results
  }

  /// Shapes of sources take times that they leave out from the transient that runs.
  private func readTransientTimes(_ card: Card) {
    guard card.keyword.value == "tran", let scope = elaborated()?.scope else { return }
    var ignored = DiagnosticBag()
    let times = card.fields.prefix(2).compactMap { field in
      var expression = Expression.parse(field.text, diagnostics: &ignored)
      if case .expression(let written) = field.kind { expression = written }
      return expression.constant(in: scope, diagnostics: &ignored)
    }
    guard times.count == 2, times[1] > 0, times[0] > 0 else { return }
    if let known = elaboration?.transient, known == (times[0], times[1]) { return }
    reading.transient = (times[0], times[1])
    elaboration = nil
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

  /// Adds those `fourier` lines of a script whose signals the circuit has and whose period the transients last; gives the
  /// lines with the names of these signals.
  private func add(
    harmonics lines: [SourceText], to experiment: inout Experiment, _ elaboration: Elaboration
  ) -> [(line: String, signals: [String])] {
    let stops = experiment.analyses.compactMap { if case .transient(let request) = $0 { request.stop } else { nil } }
    guard let shortest = stops.min() else { return [] }
    var added: [(String, [String])] = []
    for text in lines {
      var ignored = DiagnosticBag()
      guard let card = Self.card("four", text, &ignored) else { continue }
      let circuit = elaboration.circuit
      let read = Requests.read(
        [card], scope: elaboration.scope, names: SignalNames(matching: { circuit.probes(matching: $0) }),
        diagnostics: &ignored)
      guard let plan = read.plans[.tran], plan.fourier.allSatisfy({ $0.fundamental * shortest > 1 - 1e-9 }) else {
        continue
      }
      EquationSystem(circuit).check(plan.watched, scope: elaboration.scope, diagnostics: &ignored)
      if ignored.hasErrors { continue }
      experiment.requests.plans[.tran, default: MeasurePlan()].append(fourierOf: plan)
      added.append((text.string, plan.fourier.flatMap(\.signals).map(\.name)))
    }
    return added
  }

  private static func measureCard(_ text: SourceText, _ diagnostics: inout DiagnosticBag) -> Card? {
    card("meas", text, &diagnostics)
  }

  private static func card(_ word: String, _ text: SourceText, _ diagnostics: inout DiagnosticBag) -> Card? {
    let line = SourceText(file: text.file, bytes: Array("\(word) ".utf8) + text.bytes, origin: text.range.start)
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

/// What one `alter` line has changed.
struct DeviceValues: Sendable {
  var device: String
  var parameter: String?
  var values: [Double]
}

extension Elaboration {
  mutating func alter(_ devices: [DeviceValues]) {
    for change in devices {
      guard let device = circuit.device(named: change.device),
        let altered = circuit.altering(change.parameter, of: device, to: change.values, transient: transient)
      else { continue }
      circuit = altered
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
    self.init(header: table.header, columns: [], isPoint: table.header.analysis == "op")
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

  /// What a noise analysis adds up to, a plot of its own as in ngspice.
  fileprivate init(totals: [MeasureResult], like header: PlotHeader) {
    let known = totals.compactMap { total in (try? total.value.get()).map { (total.name, $0) } }
    var header = header
    header.plotName = "Integrated Noise"
    header.signals = known.map { Signal(name: $0.0, kind: .voltage) }
    self.init(header: header, columns: [[]] + known.map { [$0.1] }, isPoint: true)
  }
}
