internal import Analyses
internal import Circuits
internal import Diagnostics
internal import Protocols
internal import Waveforms

/// A neuron that waits for the protocols: what a thread is handed.
struct Candidate: Sendable {
  /// Of its netlist, among those compared.
  let netlist: Int
  let source: String
  let neuron: NeuronRequest
  let experiment: Experiment
  var name: String { neuron.name.value }

  /// What came of it: without a record where the netlist does not say enough.
  struct Finding: Sendable {
    var report: NeuronReport?
    var diagnostics = DiagnosticBag()
    var isInterrupted = false
  }

  /// Runs the protocols; `progress` hears which one begins and the share that is done.
  func examined(
    isCancelled: @escaping () -> Bool, progress: (_ subject: String, _ share: Double) -> Void
  ) -> Finding {
    var finding = Finding()
    guard
      let bench = TestBench(neuron, of: experiment, isCancelled: isCancelled, diagnostics: &finding.diagnostics)
    else { return finding }
    let record = ProtocolCatalogue.examine(bench, progress: progress)
    finding.diagnostics.append(bench.diagnostics)
    finding.isInterrupted = bench.isInterrupted
    finding.report = NeuronReport(
      record, name: name, source: source, title: experiment.elaboration.title.value,
      inputUnit: bench.inputUnit)
    return finding
  }
}

extension Pipeline {
  /// The neurons that a netlist declares; none after reporting what is wrong with it.
  mutating func candidates(in source: Source, number: Int, settings: [String: String]) -> [Candidate] {
    guard let reading = read(source, settings: settings),
      let experiment = experiment(of: reading, at: reading.place(ofRun: 0))
    else { return [] }
    let neurons = experiment.requests.neurons
    if neurons.isEmpty { diagnostics.report(.missingNeuron(experiment.elaboration.title.range)) }
    if !neurons.isEmpty, reading.steps.runCount > 1, let line = reading.steps.lines.first {
      let names = reading.steps.lines.map(\.name.value)
      diagnostics.report(.firstRunCompared(line.range, values: reading.place(ofRun: 0).words, names: names))
    }
    return neurons.map { Candidate(netlist: number, source: source.name, neuron: $0, experiment: experiment) }
  }

  /// Takes over what the protocols said of one of its neurons.
  mutating func take(_ finding: Candidate.Finding) { diagnostics.append(finding.diagnostics) }
}

extension Comparison {
  mutating func add(_ finding: Candidate.Finding) {
    if finding.isInterrupted {
      worsen(to: .interrupted)
    } else if finding.diagnostics.hasErrors {
      worsen(to: finding.report == nil ? .invalid : .gaveUp)
    }
    guard var report = finding.report else { return }
    report.name = uniqueName(report.name)
    neurons.append(report)
  }

  /// The first thing that went wrong says how the comparison ended, but an interruption always does.
  mutating func worsen(to worse: SimulationResult.Status) {
    if status == .completed || worse == .interrupted { status = worse }
  }

  /// `hh`, `hh-2`, ...
  private func uniqueName(_ name: String) -> String {
    let count = neurons.count { $0.record.name == name }
    return count == 0 ? name : "\(name)-\(count + 1)"
  }
}
