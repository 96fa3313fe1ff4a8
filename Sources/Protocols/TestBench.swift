package import Analyses
internal import Circuits
package import Diagnostics
internal import Devices
internal import Equations
internal import Expressions
internal import Solvers
internal import Waveforms

/// A neuron with a stimulator at its input and an eye on its output: runs the netlist's circuit from its point of rest (or
/// from `uic`, where its `.tran` says so) under any stimulus.
///
/// One running task owns one of it.
package final class TestBench {
  let neuron: NeuronRequest
  /// How long a response is waited for behind a stimulus, s: the netlist's own tstop.
  package let horizon: Double
  /// V or A.
  package let inputUnit: String
  let outputUnit: String
  /// The neuron's own part of the netlist's circuit, without the voltages that `.ic` holds, except with `uic`: they are guesses
  /// of the rest.
  let circuit: Circuit
  let source: DeviceReference
  /// Whose power is counted as spent by the batteries.
  let supplies: [DeviceReference]
  private let experiment: Experiment
  private let settings: RunSettings
  private let usesInitialConditions: Bool
  /// What the source gives at rest.
  private let base: Double
  /// When stimuli begin: 0, or when a circuit that does not start at rest has come there, s. Times of requests and trials
  /// count from here.
  var start = 0.0
  private let isCancelled: () -> Bool
  package private(set) var diagnostics = DiagnosticBag()
  package private(set) var isInterrupted = false

  /// Protocols are run at this relative tolerance, or a finer one where the netlist asks for it: thresholds are bisected to
  /// a hundredth of a thousandth.
  static let relativeTolerance = 1e-6

  /// Nil after reporting where the netlist has no `.tran`, whose length tells how long a response may take.
  package init?(
    _ neuron: NeuronRequest, of experiment: Experiment, isCancelled: @escaping () -> Bool,
    diagnostics: inout DiagnosticBag
  ) {
    let request = experiment.analyses.lazy.compactMap { if case .transient(let request) = $0 { request } else { nil } }
    guard let transient = request.first else {
      diagnostics.report(.neuronWithoutTime(neuron.range, neuron: neuron.name.value))
      return nil
    }
    let given = experiment.elaboration.circuit
    let sources = ([neuron.input] + (neuron.supplies ?? [])).compactMap { given.source(named: $0.value) }
    let part = given.parts(with: sources, readBy: [neuron.output])
    let circuit = transient.usesInitialConditions ? part : part.releasingInitialVoltages()
    self.circuit = circuit
    guard let source = circuit.source(named: neuron.input.value) else { return nil }
    self.neuron = neuron
    self.experiment = experiment
    self.source = source
    self.isCancelled = isCancelled
    horizon = transient.stop
    usesInitialConditions = transient.usesInitialConditions
    let waveform = circuit.waveform(of: source)
    base = waveform.shape?.evaluate(at: 0, segmentOf: 0).value ?? waveform.direct
    supplies =
      neuron.supplies.map { $0.compactMap { circuit.source(named: $0.value) } }
      ?? circuit.sources.filter { $0 != source && circuit.waveform(of: $0).shape == nil }
    inputUnit = circuit.groups[source.group].model.isVoltageSource ? "V" : "A"
    outputUnit = experiment.signalKind(of: neuron.output).unit
    var settings = experiment.settings
    settings.tolerances.relative = min(settings.tolerances.relative, Self.relativeTolerance)
    settings.pointsAreSteps = true
    // A threshold is bisected: the same amplitude must do the same every time.
    settings.bringsNoise = false
    self.settings = settings
  }

  /// Every device of the circuit but its independent sources.
  var elements: [DeviceReference] {
    circuit.groups.indices.filter { circuit.groups[$0].waveforms.isEmpty }.flatMap { group in
      (0..<circuit.groups[group].count).map { DeviceReference(group: group, instance: $0) }
    }
  }

  /// Those among them whose equations stand in a `.memristor`.
  var memristors: [DeviceReference] {
    elements.filter { circuit.name(of: $0).split(separator: ".").last?.hasPrefix("n") ?? false }
  }

  // MARK: Signals

  /// The output is watched first in every run.
  static let output = 0

  func power(of device: DeviceReference) -> Expression { .probe(.power(circuit.name(of: device)), neuron.range) }

  /// The sum of the powers into `devices`.
  func power(of devices: [DeviceReference]) -> Expression {
    // Halves of halves: a chain of a hundred thousand terms would be as deep as it is long.
    guard devices.count > 1 else { return devices.first.map { power(of: $0) } ?? .number(0, neuron.range) }
    let middle = devices.count / 2
    return .binary(.add, power(of: Array(devices[..<middle])), power(of: Array(devices[middle...])), neuron.range)
  }

  func quantity(_ name: String, of device: DeviceReference) -> Expression {
    .probe(.quantity(device: circuit.name(of: device), name: name), neuron.range)
  }

  // MARK: Runs

  /// One run as asked for.
  struct Request {
    var stimulus: Stimulus
    /// s.
    var stop: Double
    /// Watched behind the output; measures name them from 1 on.
    var signals: [Expression] = []
    var measures: [(name: String, quantity: MeasureRequest.Quantity)] = []
    /// The run ends soon after so many spikes.
    var enoughSpikes: Int?
    /// Whether the output and the signals are kept.
    var recordsWaveforms = false
  }

  /// What came of a run.
  struct Trial {
    /// Upward crossings of the threshold, s.
    var spikes: [Double] = []
    /// Measures that have a value.
    var values: [String: Double] = [:]
    /// Times, the output and the signals, where they were to be kept.
    var columns: [[Double]] = []

    subscript(name: String) -> Double? { values[name] }
  }

  /// Runs the circuit under a stimulus; a solver's failure is kept in `diagnostics`, with what was computed before.
  func run(_ request: Request) -> Trial {
    guard !isInterrupted else { return Trial() }
    let waveform = SourceWaveform(direct: base, shape: request.stimulus.shape(on: base, from: start))
    let system = EquationSystem(circuit.replacing(waveformOf: source, by: waveform))
    let evaluator = SystemEvaluator(system, tolerances: settings.tolerances, seed: settings.seed)
    let signals = [neuron.output] + request.signals
    let scope = experiment.elaboration.scope
    let measures = MeasureSet(plan(request, watching: signals), reltol: settings.tolerances.relative)
    let transient = Transient(
      TransientRequest(
        step: request.stop / 1000, stop: start + request.stop, start: start,
        usesInitialConditions: usesInitialConditions,
        range: neuron.range),
      evaluator, settings: settings, watched: SignalProgram(signals, of: evaluator, scope: scope), measures: measures,
      saved: SignalProgram(request.recordsWaveforms ? signals : [], of: evaluator, scope: scope))
    var control = RunControl()
    let table = request.recordsWaveforms ? WaveformTable() : nil
    control.sink = table
    var isCancelled = false
    control.isCancelled = { [unowned self] in
      isCancelled = self.isCancelled()
      return isCancelled || request.enoughSpikes.map { measures.spikeCount(of: 0) >= $0 } ?? false
    }
    let names = ["output"] + request.signals.map(\.description)
    let header = PlotHeader(
      title: "", plotName: "", axis: Signal(name: "time", kind: .time),
      signals: (request.recordsWaveforms ? names : []).map { Signal(name: $0, kind: .other(unit: "")) })
    _ = transient.run(&control, header: header)
    diagnostics.append(transient.diagnostics)
    isInterrupted = isCancelled
    let results = measures.finish(scope: scope)
    var trial = Trial(spikes: (results.spikes.first?.times.first ?? []).map { $0 - start })
    for (name, quantity) in request.measures {
      guard let result = results.value(of: name), let value = try? result.get() else { continue }
      trial.values[name] = quantity.isInstant ? value - start : value
    }
    if let table {
      trial.columns = table.columns
      if !trial.columns.isEmpty { trial.columns[0] = trial.columns[0].map { $0 - start } }
    }
    return trial
  }

  private func plan(_ request: Request, watching signals: [Expression]) -> MeasurePlan {
    let spikes = SpikeRequest(
      name: "spikes", signals: [Self.output], signalNames: [neuron.outputName], threshold: neuron.threshold,
      window: AxisWindow(from: start), range: neuron.range)
    return MeasurePlan(
      watched: signals, spikes: [spikes],
      measures: request.measures.map {
        MeasureRequest(name: $0.name, quantity: $0.quantity.delayed(by: start), range: neuron.range)
      })
  }

  /// Whether a stimulus brings a spike within `time` (s).
  func fires(_ stimulus: Stimulus, within time: Double) -> Bool {
    !run(Request(stimulus: stimulus, stop: time, enoughSpikes: 1)).spikes.isEmpty
  }
}
