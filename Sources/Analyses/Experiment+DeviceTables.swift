internal import Circuits
internal import Devices
internal import Diagnostics
internal import Expressions
internal import Waveforms

extension Experiment {
  /// How many devices of one kind a table lists.
  private static let mostDevices = 50

  /// The bias of the devices, kind by kind; `values` gives those of signals at the operating point.
  func deviceTables(_ values: ([Expression]) -> [Double]) -> [DeviceTable] {
    let nowhere = elaboration.title.range
    return elaboration.circuit.groups.compactMap { group in
      let columns = Self.columns(of: group.model)
      guard !columns.isEmpty else { return nil }
      let names = (0..<min(group.count, Self.mostDevices)).map { group.names[$0] }
      let signals = names.flatMap { name in
        columns.map { Expression.probe(.quantity(device: name, name: $0.name), nowhere) }
      }
      let found = values(signals)
      let rows = names.indices.map { row in
        (device: names[row], values: Array(found[row * columns.count..<(row + 1) * columns.count]))
      }
      return DeviceTable(
        kind: group.model.name, columns: columns, rows: rows, leftOut: group.count - names.count)
    }
  }

  /// The value of a simple element, then current, voltage and power, then states and what else the model tells.
  private static func columns(of model: DeviceModel) -> [(name: String, unit: String)] {
    guard model.carriesCurrent else { return [] }
    var columns: [(name: String, unit: String)] = []
    if let value = model.parameters.first, ["r", "c", "l"].contains(value.name) {
      columns.append((value.name, value.unit))
    }
    columns += [("i", "A"), ("v", "V"), ("p", "W")]
    for variable in model.variables {
      switch variable.kind {
      case .state, .algebraic: columns.append((variable.name, variable.unit))
      case .voltage, .current, .waveform, .signal, .charge, .delayed: continue
      }
    }
    columns += model.memories.filter { !$0.name.hasPrefix("noise ") }.map { ($0.name, "") }
    // The inductance is its value already.
    columns += model.quantities.filter { $0.name != "inductance" }.map { ($0.name, $0.unit) }
    var seen: Set<String> = []
    return columns.filter { seen.insert($0.name).inserted }
  }
}
