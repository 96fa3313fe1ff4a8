/// What is kept of one run.
package struct BatchRecord: Sendable {
  package enum Status: String, Sendable, CaseIterable {
    case completed
    case expectationFailed = "expectation-failed"
    /// The solver could not go on.
    case gaveUp = "gave-up"
    /// The values of the run make no circuit.
    case invalid
    case timeLimit = "time-limit"
  }

  /// The spikes of one signal, in seconds.
  package struct Spikes: Sendable {
    package var name: String
    package var signal: String
    package var times: [Double]

    package init(name: String, signal: String, times: [Double]) {
      self.name = name
      self.signal = signal
      self.times = times
    }
  }

  /// A column of a waveform, its axis included, in SI units.
  package struct Waveform: Sendable {
    package var analysis: String
    package var signal: String
    package var unit: String
    package var values: [Double]

    package init(analysis: String, signal: String, unit: String, values: [Double]) {
      self.analysis = analysis
      self.signal = signal
      self.unit = unit
      self.values = values
    }
  }

  /// From 0.
  package var run: Int
  package var status: Status
  /// In seconds.
  package var wall = 0.0
  package var cpu = 0.0
  /// Why it did not complete; empty where it did.
  package var message = ""
  /// The value of each of the batch's parameters.
  package var parameters: [Double] = []
  /// Measures, and what is known of spike trains, by name; nil where a measure failed.
  package var measures: [(name: String, value: Double?)] = []
  package var spikes: [Spikes] = []
  package var waveforms: [Waveform] = []

  package init(run: Int, status: Status) {
    self.run = run
    self.status = status
  }
}
