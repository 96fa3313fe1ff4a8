internal import Analyses
internal import Circuits
internal import Diagnostics
internal import Protocols

extension Pipeline {
  /// Runs the protocols on every neuron of a netlist and adds what they found to `comparison`.
  mutating func compare(
    _ source: Source, number: Int, of count: Int, options: ComparisonOptions, into comparison: inout Comparison
  ) {
    guard let experiment = experiment(source, settings: options.settings) else {
      return comparison.worsen(to: .invalid)
    }
    let neurons = experiment.requests.neurons
    if neurons.isEmpty { diagnostics.report(.missingNeuron(experiment.elaboration.title.range)) }
    for (place, neuron) in neurons.enumerated() {
      guard
        let bench = TestBench(neuron, of: experiment, isCancelled: options.isCancelled, diagnostics: &diagnostics)
      else { continue }
      let record = ProtocolCatalogue.examine(bench) { subject, share in
        let done = (Double(number) + (Double(place) + share) / Double(neurons.count)) / Double(count)
        options.progress?("\(neuron.name.value): \(subject)", done)
      }
      diagnostics.append(bench.diagnostics)
      if bench.isInterrupted { comparison.worsen(to: .interrupted) }
      if bench.diagnostics.hasErrors { comparison.worsen(to: .gaveUp) }
      comparison.neurons.append(
        NeuronReport(
          record, name: comparison.uniqueName(neuron.name.value), source: source.name,
          title: experiment.elaboration.title.value, inputUnit: bench.inputUnit))
    }
    if neurons.isEmpty || (diagnostics.hasErrors && comparison.status == .completed) {
      comparison.worsen(to: .invalid)
    }
  }
}

extension Comparison {
  /// The first thing that went wrong says how the comparison ended, but an interruption always does.
  fileprivate mutating func worsen(to worse: SimulationResult.Status) {
    if status == .completed || worse == .interrupted { status = worse }
  }

  /// `hh`, `hh-2`, ...
  fileprivate func uniqueName(_ name: String) -> String {
    let count = neurons.count { $0.record.name == name }
    return count == 0 ? name : "\(name)-\(count + 1)"
  }
}
