package import Circuits
internal import Devices
package import Diagnostics
package import Equations
package import Expressions
internal import Netlists
package import Solvers
package import Waveforms

/// What one analysis of a netlist found.
package struct AnalysisOutcome: Sendable {
  package var kind: AnalysisKind
  package var ending: AnalysisEnding
  /// Node voltages and branch currents, where this is an operating point.
  package var values: [(signal: Signal, value: Double)] = []
  /// "Newton" or the continuation that found the operating point.
  package var method = ""
  /// The bias of every device, where this is an operating point.
  package var devices: [DeviceTable] = []
  package var table = ResultTable()
  /// How hard a transient was, where `.options acct` asks.
  package var statistics: IntegrationStatistics?

  /// The statistics in words.
  package var accounts: [(name: String, count: Int)] {
    guard let statistics else { return [] }
    return [
      ("accepted steps", statistics.steps), ("Newton iterations", statistics.iterations),
      ("Jacobians", statistics.jacobians), ("failed error tests", statistics.errorTestFailures),
      ("failed iterations", statistics.convergenceFailures), ("restarts", statistics.restarts),
    ]
  }
}

/// An elaborated netlist ready to run: its system of equations, its analyses, and what is asked of them.
///
/// A value that any number of runs may share; each run has an evaluator of its own.
package struct Experiment: Sendable {
  package let elaboration: Elaboration
  package let system: EquationSystem
  package let settings: RunSettings
  package let analyses: [AnalysisRequest]
  package var requests: Requests
  /// The netlist elaborated anew with other values of parameters, as a sweep over one asks; nil where they make no circuit.
  package let varying: Varying?
  /// What the directives were read from; nil where something was said about them.
  private var reading: DirectiveReading?

  package typealias Varying = @Sendable (_ parameters: [String: Double]) -> Elaboration?
  /// What a caller wants to see beside all node voltages and source currents, whatever the netlist saves.
  package var watched: [NamedSignal] = []

  /// Understands the directives of `elaboration`; faults are reported. What the circuit has in common with that of
  /// `other` is taken from there.
  package init(
    _ elaboration: Elaboration, like other: Experiment? = nil, varying: Varying? = nil,
    diagnostics: inout DiagnosticBag
  ) {
    self.elaboration = elaboration
    self.varying = varying
    if let other, let known = other.reading, known.isUntouched(in: elaboration) {
      // Nothing was to be said of the other one, and nothing that is checked has changed.
      (settings, analyses, requests, reading) = (other.settings, other.analyses, other.requests, known)
      let circuit = elaboration.circuit
      system = other.system.with(settings.bringsNoise ? circuit.withNoise() : circuit)
      return
    }
    let complaintsBefore = diagnostics.diagnostics.count
    settings = RunSettings(
      elaboration.options, parameters: elaboration.scope.names, diagnostics: &diagnostics)
    let circuit = elaboration.circuit
    let running = settings.bringsNoise ? circuit.withNoise() : circuit
    system = other.map { EquationSystem(running, like: $0.system) } ?? EquationSystem(running)
    if let other, let known = other.reading, system.isLike(other.system), known.holds(for: elaboration) {
      (analyses, requests, reading) = (other.analyses, other.requests, known)
    } else {
      let scope = RecordingScope(elaboration.scope)
      var complaints = DiagnosticBag()
      analyses = AnalysisRequest.read(elaboration.directives, scope: scope, diagnostics: &complaints)
      let ports = elaboration.ports
      var names = SignalNames(
        matching: { circuit.probes(matching: $0) }, isNode: { circuit.node(named: $0) != nil },
        port: { ports.node(named: $0) }, isDevice: { circuit.device(named: $0) != nil })
      names.isXyce = elaboration.dialect == .xyce
      names.hasPhasesInDegrees = names.isXyce && !settings.hasPhasesInRadians
      requests = Requests.read(
        elaboration.directives, scope: scope, names: names, diagnostics: &complaints)
      if let value = settings.measureDefault { requests.setFallbacks(to: value) }
      reading = DirectiveReading(elaboration, in: scope)
      diagnostics.append(complaints)
    }
    if analyses.isEmpty, !diagnostics.hasErrors { diagnostics.report(.noAnalysis(elaboration.title.range)) }
    checkSignals(&diagnostics)
    checkPhasors(&diagnostics)
    checkNoise(&diagnostics)
    checkFourier(&diagnostics)
    checkSources(&diagnostics)
    // What was complained about must be complained about again.
    if diagnostics.diagnostics.count > complaintsBefore { reading = nil }
  }

  /// The same experiment on a circuit with other values.
  init(_ experiment: Experiment, elaborated: Elaboration) {
    elaboration = elaborated
    (settings, analyses) = (experiment.settings, experiment.analyses)
    (requests, varying, reading) = (experiment.requests, nil, nil)
    system = EquationSystem(settings.bringsNoise ? elaborated.circuit.withNoise() : elaborated.circuit)
  }

  /// Every source that a `.neuron` line names must exist, and what a `.dc` line sweeps.
  private func checkSources(_ diagnostics: inout DiagnosticBag) {
    let circuit = elaboration.circuit
    func check(_ name: Located<String>, _ purpose: String, or others: [String] = []) {
      guard circuit.source(named: name.value) == nil, !others.contains(name.value) else { return }
      diagnostics.report(
        .unknownSource(name.range, name: name.value, known: circuit.sourceNames + others, purpose: purpose))
    }
    for case .sweep(let request) in analyses {
      for variable in request.variables { check(variable.name, "to sweep", or: elaboration.scope.names + ["temp"]) }
    }
    for neuron in requests.neurons {
      check(neuron.input, "to drive the neuron")
      for supply in neuron.supplies ?? [] { check(supply, "to supply the neuron") }
    }
  }

  /// Every signal that is asked for must exist, before anything runs.
  private func checkSignals(_ diagnostics: inout DiagnosticBag) {
    let plans = requests.plans.filter { !$0.key.isOverFrequency }.values.flatMap(\.watched)
    let outputs = requests.outputs
    let drawn = outputs.plots.filter { $0.analysis?.isOverFrequency != true }.flatMap(\.signals).map(\.expression)
    let printed = outputs.prints.filter { !$0.analysis.isOverFrequency }.flatMap(\.signals).map(\.expression)
    let neurons = requests.neurons.map(\.output)
    let asked = neurons + plans + printed + requests.expectations.signals + outputs.saved.map(\.expression) + drawn
    system.check(asked, scope: elaboration.scope, diagnostics: &diagnostics)
  }

  /// What an analysis writes to files and draws: `.save`d signals and those of its `.print` and `.plot` lines, else every node voltage and the
  /// currents of the top level's sources and inductors.
  package func outputSignals(of kind: AnalysisKind) -> [NamedSignal] {
    var signals = requests.outputs.saved
    let printsAll = requests.outputs.prints.contains { $0.analysis == kind && $0.takesAll }
    if requests.outputs.saved.isEmpty || requests.outputs.savesAll || printsAll { signals += allSignals }
    if kind != .noise { signals += watched }
    for table in requests.outputs.prints where table.analysis == kind { signals += table.signals }
    for plot in requests.outputs.plots where (plot.analysis ?? kind) == kind {
      signals += plot.signals
    }
    var seen: Set<String> = []
    return signals.filter { seen.insert($0.name).inserted }
  }

  private var allSignals: [NamedSignal] {
    let circuit = elaboration.circuit
    let range = SourceRange(file: FileID(index: 0), start: 0, end: 0)
    func named(_ probe: Probe) -> NamedSignal {
      NamedSignal(name: "\(probe)", expression: .probe(probe, range))
    }
    let nodes = circuit.nodeNames.dropFirst().map { named(.voltage($0, nil)) }
    let currents = circuit.groups.flatMap { group -> [NamedSignal] in
      let hasCurrent = group.model.variables.contains { if case .current = $0.kind { true } else { false } }
      guard hasCurrent || group.model.isVoltageSource else { return [] }
      return group.names.filter { !$0.contains(".") }.map { named(.current($0)) }
    }
    return nodes + currents
  }

  /// The column heads of `signals`.
  func header(_ kind: AnalysisKind, _ signals: [NamedSignal], axis: Signal) -> PlotHeader {
    let plotName =
      switch kind {
      case .op: "Operating Point"
      case .dc: "DC transfer characteristic"
      case .ac: "AC Analysis"
      case .noise: "Noise Spectral Density Curves"
      default: "Transient Analysis"
      }
    return PlotHeader(
      title: elaboration.title.value, plotName: plotName, analysis: kind.rawValue, axis: axis,
      signals: signals.map { Signal(name: $0.name, kind: signalKind(of: $0.expression)) })
  }

  /// What kind of quantity a signal is, and so its unit.
  package func signalKind(of expression: Expression) -> SignalKind {
    let circuit = elaboration.circuit
    return SignalKind(of: expression) { device, name in
      guard let reference = circuit.device(named: device) else { return nil }
      let model = circuit.groups[reference.group].model
      return model.quantities.first { $0.name == name }?.unit ?? model.variables.first { $0.name == name }?.unit
        ?? model.parameters.first { $0.name == name }?.unit
    }
  }
}
