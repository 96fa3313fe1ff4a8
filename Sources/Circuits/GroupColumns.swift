internal import Devices
internal import Diagnostics

/// A column while it grows: one number as long as all values are equal.
struct GrowingColumn {
  private var first = 0.0
  private var values: [Double] = []
  private var count = 0

  mutating func append(_ value: Double) {
    if count == 0 {
      first = value
    } else if !values.isEmpty {
      values.append(value)
    } else if value.bitPattern != first.bitPattern {
      values = Array(repeating: first, count: count)
      values.append(value)
    }
    count += 1
  }

  var column: Column { values.isEmpty ? .uniform(first) : .values(values) }
}

/// The instances of one model while they are collected.
struct GroupColumns {
  let model: Int
  var names: [NameTable.Entry] = []
  var terminals: [[NodeIndex]]
  var parameters: [GrowingColumn]
  var waveforms: [SourceWaveform] = []
  var signals: [[SignalBinding]]
  var heldStarts: [HeldStart] = []
  var initialConditions: [(instance: Int, value: Double)] = []
  var origins: [SourceRange] = []

  init(model: Int, terminalCount: Int, parameterCount: Int, signalCount: Int) {
    self.model = model
    terminals = Array(repeating: [], count: terminalCount)
    parameters = Array(repeating: GrowingColumn(), count: parameterCount)
    signals = Array(repeating: [], count: signalCount)
  }
}
