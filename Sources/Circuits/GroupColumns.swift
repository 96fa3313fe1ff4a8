internal import Devices
internal import Diagnostics

/// A column while it grows: one number as long as all values are equal.
struct GrowingColumn: Sendable {
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

  subscript(position: Int) -> Double {
    get { values.isEmpty ? first : values[position] }
    set {
      if values.isEmpty { values = Array(repeating: first, count: count) }
      values[position] = newValue
    }
  }

  var column: Column { values.isEmpty ? .uniform(first) : .values(values.trimmed) }
}

/// The instances of one model while they are collected.
struct GroupColumns {
  let model: Int
  var names = NameColumns()
  var terminals: [[NodeIndex]]
  var parameters: [GrowingColumn]
  /// Places among the assembler's waveforms.
  var waveforms = RunColumn()
  var signals: [[SignalBinding]]
  var heldStarts = HeldStarts()
  var initialConditions: [(instance: Int, value: Double)] = []
  /// Places among the assembler's origins.
  var origins = RunColumn()

  init(model: Int, terminalCount: Int, parameterCount: Int, signalCount: Int) {
    self.model = model
    terminals = Array(repeating: [], count: terminalCount)
    parameters = Array(repeating: GrowingColumn(), count: parameterCount)
    signals = Array(repeating: [], count: signalCount)
  }

  /// Gives back memory that growing has left over.
  mutating func trim() {
    names.trim()
    origins.trim()
    waveforms.trim()
    for terminal in terminals.indices { terminals[terminal] = terminals[terminal].trimmed }
  }

  /// Adds a device whose terminals are appended apart.
  mutating func append(_ device: ExpandedDevice, scope: Int32) {
    let values = device.values
    names.append(NameEntry(scope: scope, local: device.name))
    origins.append(values.origin)
    for index in values.parameters.indices { parameters[index].append(values.parameters[index]) }
    if let waveform = values.waveform { waveforms.append(waveform) }
  }
}
