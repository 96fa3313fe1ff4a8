internal import Analyses
internal import Diagnostics

/// One group of measures: what is done to a neuron, and what is read off its response. One file and one line of
/// `ProtocolCatalogue` each.
protocol NeuronProtocol: SendableMetatype {
  /// What it does in a word or two, for progress.
  static var subject: String { get }
  /// Runs on `bench`, reads of `record` what protocols before it found, and adds its measures.
  static func run(on bench: TestBench, _ record: inout NeuronRecord)
}

/// The protocols in the order in which they build on one another.
package enum ProtocolCatalogue {
  static let protocols: [any NeuronProtocol.Type] = [
    RestProtocol.self, ThresholdProtocol.self, SpikeShapeProtocol.self, AllOrNoneProtocol.self, RecoveryProtocol.self,
    RefractoryProtocol.self, RateProtocol.self, EnergyProtocol.self,
  ]

  /// Runs every protocol; `progress` hears which one begins and the share that is done.
  package static func examine(
    _ bench: TestBench, progress: (_ subject: String, _ share: Double) -> Void
  ) -> NeuronRecord {
    var record = NeuronRecord(name: bench.neuron.name.value)
    for (index, kind) in protocols.enumerated() where !bench.isInterrupted {
      progress(kind.subject, Double(index) / Double(protocols.count))
      kind.run(on: bench, &record)
    }
    record.rescale()
    return record
  }
}
