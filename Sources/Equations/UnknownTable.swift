package import Circuits
internal import Devices

/// Which unknown is which: the border (node voltages, branch currents, repeated quantities), then per group its
/// instances' unknowns, unknown k of instance i at `firstUnknown + k * count + i`.
package struct UnknownTable: Sendable {
  package enum Unknown: Sendable, Hashable {
    case voltage(NodeIndex)
    /// The current of a device that has one as unknown, or of an eliminated source that others read.
    case current(DeviceReference)
    /// A quantity of a device repeated for others to read; index into the model's `quantities`.
    case quantity(DeviceReference, index: Int)
    /// A variable of a device repeated for others to read.
    case repeatedVariable(DeviceReference, index: Int)
    /// An internal unknown: variable `index` of the device.
    case variable(DeviceReference, index: Int)
    /// x of x = 0, where sources give every voltage and nothing else is left: the integrator needs an unknown.
    case placeholder
  }

  /// The border in order.
  package private(set) var border = BorderUnknowns()
  /// By node, the place of its voltage; -1 where it has none.
  private var voltages = RunColumn()
  /// By group, the place of its first current; -1 where currents are no unknowns.
  private var firstCurrents: [Int32]
  /// Places of what is repeated for others to read.
  private var repeated: [Unknown: Int32] = [:]
  /// Per group: first unknown and the variables that are internal unknowns.
  package private(set) var internals: [(first: Int, variables: [Int], count: Int)] = []
  package private(set) var count = 0

  init(_ circuit: Circuit, _ forest: SourceForest) {
    firstCurrents = Array(repeating: -1, count: circuit.groups.count)
    for (node, root) in forest.roots.enumerated() {
      let isUnknown = node > 0 && root == NodeIndex(node)
      voltages.append(isUnknown ? Int32(border.count) : -1)
      if isUnknown { border.append(node: root) }
    }
    voltages.trim()
    border.trim()
    for (index, group) in circuit.groups.enumerated() where group.model.tie == nil {
      guard group.model.variables.contains(where: { if case .current = $0.kind { true } else { false } }) else {
        continue
      }
      firstCurrents[index] = Int32(border.count)
      border.append(currentsOf: index, count: group.count)
    }
    for group in circuit.groups {
      for bindings in group.signals {
        for binding in bindings { addForeign(binding, circuit) }
      }
    }
    count = border.count
  }

  private mutating func addForeign(_ binding: SignalBinding, _ circuit: Circuit) {
    switch binding {
    case .constant, .voltage: return
    case .current(let device):
      let model = circuit.groups[device.group].model
      if index(of: .current(device)) >= 0 { return }
      if model.tie != nil {
        add(.current(device))
      } else if let index = model.quantities.firstIndex(where: { $0.name == "i" }) {
        add(.quantity(device, index: index))
      }
    case .quantity(let device, let index): add(.quantity(device, index: index))
    case .variable(let device, let index):
      switch circuit.groups[device.group].model.variables[index].kind {
      case .current: return
      case .voltage, .waveform, .signal, .state, .algebraic, .charge, .delayed:
        add(.repeatedVariable(device, index: index))
      }
    }
  }

  private mutating func add(_ unknown: Unknown) {
    if repeated[unknown] == nil {
      repeated[unknown] = Int32(border.count)
      border.append(unknown)
    }
  }

  /// Gives the internal unknowns of the next group their places.
  mutating func addInternals(_ variables: [Int], instances: Int) {
    internals.append((count, variables, instances))
    count += variables.count * instances
  }

  /// Gives a table that has stayed empty its one unknown.
  mutating func fillWithPlaceholder() {
    guard count == 0 else { return }
    add(.placeholder)
    count = border.count
  }

  /// Whether sources give every voltage of the circuit.
  package var isPlaceholder: Bool { count == 1 && border.first == .placeholder }

  /// The place of a border unknown; -1 if it is none.
  package func index(of unknown: Unknown) -> Int32 {
    switch unknown {
    case .voltage(let node): return voltages[Int(node)]
    case .current(let device) where firstCurrents[device.group] >= 0:
      return firstCurrents[device.group] + Int32(device.instance)
    case .current, .quantity, .repeatedVariable, .variable, .placeholder:
      return repeated.isEmpty ? -1 : repeated[unknown] ?? -1
    }
  }

  /// The place of variable `index` of a device among the internal unknowns.
  package func internalIndex(of device: DeviceReference, variable index: Int) -> Int? {
    let group = internals[device.group]
    guard let position = group.variables.firstIndex(of: index) else { return nil }
    return group.first + position * group.count + device.instance
  }

  /// The border unknown that a device's input or a signal reads as a foreign quantity.
  func index(of binding: SignalBinding, in circuit: Circuit) -> Int32 {
    switch binding {
    case .constant, .voltage: return -1
    case .current(let device):
      let direct = index(of: .current(device))
      if direct >= 0 { return direct }
      let quantities = circuit.groups[device.group].model.quantities
      return quantities.firstIndex { $0.name == "i" }.map { index(of: .quantity(device, index: $0)) } ?? -1
    case .quantity(let device, let quantity): return index(of: .quantity(device, index: quantity))
    case .variable(let device, let variable):
      let current = index(of: .current(device))
      if case .current = circuit.groups[device.group].model.variables[variable].kind { return current }
      return index(of: .repeatedVariable(device, index: variable))
    }
  }

  /// What unknown `position` is.
  package func unknown(at position: Int) -> Unknown {
    if position < border.count { return border[position] }
    for (groupIndex, group) in internals.enumerated() where !group.variables.isEmpty {
      let offset = position - group.first
      if offset >= 0, offset < group.variables.count * group.count {
        let device = DeviceReference(group: groupIndex, instance: offset % group.count)
        return .variable(device, index: group.variables[offset / group.count])
      }
    }
    return border.first ?? .voltage(0)
  }
}
