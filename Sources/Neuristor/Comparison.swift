package import Protocols
internal import Synchronization

/// What a comparison of neurons is asked for beyond its netlists.
public struct ComparisonOptions: Sendable {
  /// Values by the name of a `.param` or an option, for every netlist; they win over the files.
  public var settings: [String: String] = [:]
  /// On how many threads neurons are examined at a time; the findings do not depend on it. Nil: as many as the processor
  /// has cores.
  public var threads: Int?
  /// Called when a protocol begins: which neuron and what it is about, and the share of all work that is done. One call at
  /// a time, from any thread.
  public var progress: (@Sendable (_ subject: String, _ fraction: Double) -> Void)?
  /// Asked a few times a second; what had been found out by then is kept.
  public var isCancelled: @Sendable () -> Bool = { Task.isCancelled }

  /// All defaults.
  public init() {}
}

/// Neurons side by side: the same protocols run on each.
public struct Comparison: Sendable {
  /// How it ended; `expectationFailed` does not occur.
  public package(set) var status = SimulationResult.Status.completed
  /// What was said about each netlist and its runs, in the order given.
  public package(set) var reports: [Report] = []
  /// One per `.neuron` line, in the order of the netlists.
  public package(set) var neurons: [NeuronReport] = []
}

/// What the protocols found out about one neuron.
public struct NeuronReport: Sendable {
  /// One number, or the reason why there is none.
  public struct Finding: Sendable, Hashable {
    /// As CSV and JSON call it: `half_width`.
    public let name: String
    /// As the table calls it.
    public let label: String
    /// `s`, `V`, ...; empty for none.
    public let unit: String
    /// In SI units; nil where there is none.
    public let value: Double?
    /// The finding in words (`returns`, `latches`), or why there is no value; mostly empty.
    public let words: String
    /// The value in the spike's own measures: times in half widths, levels in heights, amplitudes in thresholds, energies in
    /// spikes; nil where they are unknown.
    public let rescaled: Double?
  }

  /// As its `.neuron` line has it, with a number behind it where another neuron was called the same before.
  public package(set) var name: String
  /// The name of its netlist.
  public let source: String
  /// The netlist's first line.
  public let title: String
  /// `A` or `V`.
  public let inputUnit: String
  package let record: NeuronRecord

  package init(_ record: NeuronRecord, name: String, source: String, title: String, inputUnit: String) {
    self.record = record
    self.name = name
    self.source = source
    self.title = title
    self.inputUnit = inputUnit
  }

  /// All findings, in the order of the table.
  public var findings: [Finding] {
    record.measures.map {
      Finding(
        name: $0.name, label: $0.label, unit: $0.unit, value: $0.value, words: $0.words, rescaled: $0.rescaled)
    }
  }

  /// The value of a finding by name: `report["threshold"]`; nil where there is none.
  public subscript(name: String) -> Double? { record.measures.first { $0.name == name }?.value }

  /// Energy per spike beyond rest, J, of every element and source, the largest first; negative where it gives.
  public var energies: [(element: String, energy: Double)] { record.energies }

  /// Steps (A or V) and the rates that the neuron keeps up under them (Hz).
  public var rates: [(input: Double, rate: Double)] { record.rates }

  /// The output through the standard spike: times in s, and the values.
  public var spike: (time: [Double], output: [Double]) { record.spike }
}

extension Simulator {
  /// Runs the standard protocols on the neurons of several netlists, each declared by a `.neuron` line; neurons share the
  /// processor's cores.
  public func compare(_ sources: [Source], options: ComparisonOptions = ComparisonOptions()) -> Comparison {
    var comparison = Comparison()
    var pipelines: [Pipeline] = []
    var candidates: [Candidate] = []
    for (number, source) in sources.enumerated() {
      var pipeline = Pipeline(library: library)
      let found = pipeline.candidates(in: source, number: number, settings: options.settings)
      if found.isEmpty { comparison.worsen(to: .invalid) }
      candidates += found
      pipelines.append(pipeline)
    }
    let shares = Mutex(Array(repeating: 0.0, count: candidates.count))
    let findings = WorkerThreads.map(candidates, on: options.threads ?? WorkerThreads.available) { place, candidate in
      let finding = candidate.examined(isCancelled: options.isCancelled) { subject, share in
        shares.withLock { shares in
          shares[place] = share
          let done = shares.reduce(0, +) / Double(shares.count)
          options.progress?("\(candidate.name): \(subject)", done)
        }
      }
      shares.withLock { $0[place] = 1 }
      return finding
    }
    for (candidate, finding) in zip(candidates, findings) {
      pipelines[candidate.netlist].take(finding)
      comparison.add(finding)
    }
    comparison.reports = pipelines.map(\.report)
    return comparison
  }
}
