internal import Devices
internal import Diagnostics

/// Places expansions one behind the other into the columns of the flat circuit.
///
/// Nodes are numbered when a device or a port first needs them, so neighbours in the text are neighbours in number.
struct Assembler {
  /// Marks a slot whose node has no number yet.
  static let unplaced: NodeIndex = -1
  /// A node `firstForeign - k` is the k-th foreign node, not found yet.
  static let firstForeign: NodeIndex = -2

  var names = NameRegistry()
  private(set) var nodes: [NameTable.Entry]
  private(set) var groups: [GroupColumns] = []
  private(set) var foreignNodes: [ForeignNode] = []
  private(set) var pendingSignals: [PendingSignal] = []
  private(set) var pendingStarts: [PendingStart] = []
  private(set) var voltages: [(node: NodeIndex, value: Double, isGuess: Bool, range: SourceRange)] = []
  /// Resistors left out because both nodes are one, outside the library.
  private(set) var shortedResistors: [SourceRange] = []
  private var groupOfModel: [Int: Int] = [:]
  private var globalNodes: [String: NodeIndex] = [:]
  private var terminalPatches: [(group: Int, terminal: Int, instance: Int)] = []
  private var signalPatches: [(group: Int, signal: Int, instance: Int)] = []

  init() {
    nodes = [NameTable.Entry(scope: 0, local: names.local("0"))]
  }

  struct ForeignNode {
    var name: String
    var scope: UInt32
    var mustExist: Bool
    var range: SourceRange
  }

  struct PendingSignal {
    var group: Int
    var signal: Int
    var instance: Int
    var scope: UInt32
    var device: String
    var reading: DeviceReading
    var range: SourceRange
  }

  struct PendingStart {
    var scope: UInt32
    var start: ExpandedStart
  }

  /// The nodes of an expansion's slots; `ports` are those of the instance.
  static func slotNodes(_ expansion: Expansion, ports: [NodeIndex] = []) -> [NodeIndex] {
    [0] + ports + Array(repeating: unplaced, count: max(0, expansion.slots.count - 1 - ports.count))
  }

  /// Adds every device of `expansion`; `slotNodes` remembers the nodes given so far.
  mutating func place(
    _ expansion: Expansion, scope: UInt32, slotNodes: inout [NodeIndex], outlines: [ModelOutline]
  ) {
    for item in expansion.items {
      switch item {
      case .device(let device):
        place(device, of: expansion, scope: scope, slotNodes: &slotNodes, outline: outlines[device.model])
      case .instance(let instance):
        let ports = instance.ports.map { node(of: $0, in: expansion, scope: scope, slotNodes: &slotNodes) }
        var inner = Self.slotNodes(instance.expansion, ports: ports)
        let innerScope = names.scope(instance.name, in: scope)
        place(instance.expansion, scope: innerScope, slotNodes: &inner, outlines: outlines)
        placeInitialValues(instance.expansion, scope: innerScope, slotNodes: &inner)
      }
    }
  }

  /// Adds what `.ic` and `.nodeset` of `expansion` say, all its devices being placed.
  mutating func placeInitialValues(_ expansion: Expansion, scope: UInt32, slotNodes: inout [NodeIndex]) {
    for voltage in expansion.voltages {
      let node = node(of: voltage.slot, in: expansion, scope: scope, slotNodes: &slotNodes)
      voltages.append((node, voltage.value, voltage.isGuess, voltage.range))
    }
    pendingStarts += expansion.starts.map { PendingStart(scope: scope, start: $0) }
  }

  private mutating func place(
    _ device: ExpandedDevice, of expansion: Expansion, scope: UInt32, slotNodes: inout [NodeIndex],
    outline: ModelOutline
  ) {
    if device.isResistor, device.terminals.count == 2 {
      let first = node(of: device.terminals[0], in: expansion, scope: scope, slotNodes: &slotNodes)
      if first == node(of: device.terminals[1], in: expansion, scope: scope, slotNodes: &slotNodes) {
        if !device.isLibrary { shortedResistors.append(device.origin) }
        return
      }
    }
    let group = group(of: device.model, outline)
    let instance = groups[group].names.count
    groups[group].names.append(NameTable.Entry(scope: scope, local: device.name))
    groups[group].origins.append(device.origin)
    for (terminal, slot) in device.terminals.enumerated() {
      let node = node(of: slot, in: expansion, scope: scope, slotNodes: &slotNodes)
      groups[group].terminals[terminal].append(node)
      if node < 0 { terminalPatches.append((group, terminal, instance)) }
    }
    for index in device.parameters.indices { groups[group].parameters[index].append(device.parameters[index]) }
    if let waveform = device.waveform { groups[group].waveforms.append(waveform) }
    for (index, signal) in device.signals.enumerated() {
      groups[group].signals[index].append(
        binding(of: signal, group, index, instance, in: expansion, scope: scope, slotNodes: &slotNodes))
    }
    for start in device.heldStarts {
      groups[group].heldStarts.append(HeldStart(instance: instance, target: start.target, value: start.value))
    }
    if let value = device.initialCondition { groups[group].initialConditions.append((instance, value)) }
  }

  private mutating func binding(
    of signal: ExpandedSignal, _ group: Int, _ index: Int, _ instance: Int, in expansion: Expansion, scope: UInt32,
    slotNodes: inout [NodeIndex]
  ) -> SignalBinding {
    switch signal {
    case .constant(let value): return .constant(value)
    case .voltage(let plus, let minus):
      let plus = node(of: plus, in: expansion, scope: scope, slotNodes: &slotNodes)
      let minus = node(of: minus, in: expansion, scope: scope, slotNodes: &slotNodes)
      if plus < 0 || minus < 0 { signalPatches.append((group, index, instance)) }
      return .voltage(plus: plus, minus: minus)
    case .device(let device, let reading, let range):
      pendingSignals.append(
        PendingSignal(
          group: group, signal: index, instance: instance, scope: scope, device: device, reading: reading, range: range)
      )
      return .constant(0)
    }
  }

  private mutating func group(of model: Int, _ outline: ModelOutline) -> Int {
    if let group = groupOfModel[model] { return group }
    groups.append(
      GroupColumns(
        model: model, terminalCount: outline.model.terminals.count, parameterCount: outline.model.parameters.count,
        signalCount: outline.signals.count))
    groupOfModel[model] = groups.count - 1
    return groups.count - 1
  }

  private mutating func node(
    of slot: Int32, in expansion: Expansion, scope: UInt32, slotNodes: inout [NodeIndex]
  ) -> NodeIndex {
    let index = Int(slot)
    while slotNodes.count <= index { slotNodes.append(Self.unplaced) }
    if slotNodes[index] != Self.unplaced { return slotNodes[index] }
    let node: NodeIndex
    switch expansion.slots[index] {
    case .ground, .port: node = 0
    case .inner(let local): node = add(NameTable.Entry(scope: scope, local: local))
    case .global(let name):
      node = globalNodes[name] ?? add(NameTable.Entry(scope: 0, local: names.local(name)))
      globalNodes[name] = node
    case .foreign(let name, let mustExist, let range):
      foreignNodes.append(ForeignNode(name: name, scope: scope, mustExist: mustExist, range: range))
      node = Self.firstForeign - NodeIndex(foreignNodes.count - 1)
    }
    slotNodes[index] = node
    return node
  }

  mutating func add(_ entry: NameTable.Entry) -> NodeIndex {
    nodes.append(entry)
    return NodeIndex(nodes.count - 1)
  }

  /// Puts the nodes found for the foreign ones in their places; `found[k]` is the k-th.
  mutating func patchForeignNodes(_ found: [NodeIndex]) {
    func patched(_ node: NodeIndex) -> NodeIndex { node < 0 ? found[Int(Self.firstForeign - node)] : node }
    for patch in terminalPatches {
      groups[patch.group].terminals[patch.terminal][patch.instance] = patched(
        groups[patch.group].terminals[patch.terminal][patch.instance])
    }
    for patch in signalPatches {
      guard case .voltage(let plus, let minus) = groups[patch.group].signals[patch.signal][patch.instance] else {
        continue
      }
      groups[patch.group].signals[patch.signal][patch.instance] = .voltage(
        plus: patched(plus), minus: patched(minus))
    }
    for index in voltages.indices { voltages[index].node = patched(voltages[index].node) }
  }

  mutating func bind(_ signal: PendingSignal, to binding: SignalBinding) {
    groups[signal.group].signals[signal.signal][signal.instance] = binding
  }

  mutating func hold(_ start: HeldStart, of group: Int) {
    groups[group].heldStarts.removeAll { $0.instance == start.instance && $0.target == start.target }
    groups[group].heldStarts.append(start)
  }

  /// Leaves out nodes that no device has or reads: those at ports that a subcircuit does not use.
  mutating func removeUnusedNodes() {
    var isUsed = [Bool](repeating: false, count: nodes.count)
    isUsed[0] = true
    for group in groups {
      for terminal in group.terminals {
        for node in terminal { isUsed[Int(node)] = true }
      }
      for case .voltage(let plus, let minus) in group.signals.joined() {
        isUsed[Int(plus)] = true
        isUsed[Int(minus)] = true
      }
    }
    if isUsed.allSatisfy(\.self) { return }
    var numbers: [NodeIndex] = []
    var next: NodeIndex = 0
    for used in isUsed {
      numbers.append(next)
      if used { next += 1 }
    }
    nodes = nodes.indices.filter { isUsed[$0] }.map { nodes[$0] }
    voltages = voltages.filter { isUsed[Int($0.node)] }
    for index in voltages.indices { voltages[index].node = numbers[Int(voltages[index].node)] }
    for group in groups.indices {
      for terminal in groups[group].terminals.indices {
        groups[group].terminals[terminal] = groups[group].terminals[terminal].map { numbers[Int($0)] }
      }
      for signal in groups[group].signals.indices {
        groups[group].signals[signal] = groups[group].signals[signal].map { binding in
          guard case .voltage(let plus, let minus) = binding else { return binding }
          return .voltage(plus: numbers[Int(plus)], minus: numbers[Int(minus)])
        }
      }
    }
  }

  /// Everything placed, as the next stage reads it.
  func circuit(outlines: [ModelOutline]) -> Circuit {
    var circuit = Circuit()
    circuit.nodeNames = names.table(nodes)
    circuit.groups = groups.map { columns in
      var group = DeviceGroup(model: outlines[columns.model].model)
      group.names = names.table(columns.names)
      group.terminals = columns.terminals
      group.parameters = columns.parameters.map(\.column)
      group.waveforms = columns.waveforms
      group.signals = columns.signals
      group.heldStarts = columns.heldStarts
      group.initialConditions = columns.initialConditions
      group.origins = columns.origins
      return group
    }
    for voltage in voltages {
      let entry = (node: voltage.node, value: voltage.value, range: voltage.range)
      if voltage.isGuess { circuit.guessedVoltages.append(entry) } else { circuit.initialVoltages.append(entry) }
    }
    return circuit
  }
}
