package import Waveforms

/// What one analysis found.
public struct AnalysisResult: Sendable {
  /// As in the netlist, without the dot: `op`, `dc`, `tran`, `ac`, `noise`.
  public let directive: String
  /// Node voltages and source currents, where this is an operating point.
  package var values: [(signal: Signal, value: Double)] = []
  package var devices: [DeviceTable] = []
  package var table = ResultTable()
  /// How an operating point was found: "Newton", or the continuation that worked where Newton's method alone did not.
  public package(set) var method = ""
  /// How hard a transient was, where `.options acct` asks: names and counts.
  public package(set) var accounts: [(name: String, count: Int)] = []
  /// What `.print` lines asked for, as text.
  public package(set) var printed = ""
  /// Every point that a file would hold, where they were kept.
  public package(set) var waveforms: Waveforms?

  package init(directive: String) {
    self.directive = directive
  }

  /// Node voltages and source currents (`v(out)`, `i(v1)`) of an operating point, in SI units.
  public var operatingPoint: [String: Double] {
    Dictionary(values.map { ($0.signal.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// `.measure` lines in their order.
  public var measures: [Measure] {
    table.measures.map { measure in
      switch measure.value {
      case .success(let value): Measure(name: measure.name, value: value, failure: nil)
      case .failure(let failure): Measure(name: measure.name, value: nil, failure: failure.description)
      }
    }
  }

  /// `.spikes` lines in their order, one entry per signal.
  public var spikes: [Spikes] {
    table.spikes.flatMap { train in
      train.signalNames.indices.map { index in
        Spikes(name: train.name, signal: train.signalNames[index], times: train.times[index])
      }
    }
  }
}

/// The outcome of a `.measure` line.
public struct Measure: Sendable, Hashable {
  /// As written, in lower case.
  public let name: String
  /// In SI units; nil where the measure failed.
  public let value: Double?
  /// Why it failed.
  public let failure: String?
}

/// The upward crossings of one signal of a `.spikes` line.
public struct Spikes: Sendable, Hashable {
  /// The line's name.
  public let name: String
  /// `v(out)`.
  public let signal: String
  /// In seconds.
  public let times: [Double]
}

/// Signals over their common axis.
public struct Waveforms: Sendable {
  /// One column of numbers.
  public struct Column: Sendable, Hashable {
    /// `time`, `v(out)`, `@n1[x]`.
    public let name: String
    /// `s`, `V`, ...; empty for none.
    public let unit: String
    /// One per point.
    public let values: [Double]
  }

  /// Time, or the swept value.
  public let axis: Column
  /// What was saved.
  public let signals: [Column]

  package init?(_ table: WaveformTable) {
    let columns = zip(table.signals, table.columns).map { signal, values in
      Column(name: signal.name, unit: signal.kind.unit, values: values)
    }
    guard let axis = columns.first else { return nil }
    self.axis = axis
    signals = Array(columns.dropFirst())
  }

  /// The values of a signal by name in any letter case: `waveforms["v(out)"]`.
  public subscript(name: String) -> [Double]? {
    let name = name.lowercased()
    return ([axis] + signals).first { $0.name.lowercased() == name }?.values
  }
}
