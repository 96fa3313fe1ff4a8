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
  /// Where the cards of devices stand.
  var origins = Palette<SourceRange>()
  private(set) var waveforms: [SourceWaveform] = []
  private(set) var nodes = NameColumns()
  private(set) var groups: [GroupColumns] = []
  private(set) var foreignNodes: [ForeignNode] = []
  private(set) var pendingSignals: [PendingSignal] = []
  private(set) var pendingStarts: [PendingStart] = []
  /// `.nodeset all=`: the guess for every node that no other line names, V.
  var guessOfAll: (value: Double, range: SourceRange)?
  private(set) var voltages: [(node: NodeIndex, value: Double, isGuess: Bool, range: SourceRange)] = []
  /// Resistors left out because both nodes are one, outside the library.
  private(set) var shortedResistors: [SourceRange] = []
  /// By model; -1 where there is no group yet.
  private var groupOfModel: [Int] = []
  private var globalNodes: [LocalName: NodeIndex] = [:]
  private var terminalPatches: [(group: Int, terminal: Int, instance: Int)] = []
  private var signalPatches: [(group: Int, signal: Int, instance: Int)] = []

  init() {
    nodes.append(NameEntry(scope: NameEntry.top, local: names.local("0")))
  }

  struct ForeignNode {
    var node: Expansion.ForeignNode
    var scope: Int32
  }

  struct PendingSignal {
    var group: Int
    var signal: Int
    var instance: Int
    var scope: Int32
    var device: String
    var reading: DeviceReading
    var range: SourceRange
  }

  struct PendingStart {
    var scope: Int32
    var start: ExpandedStart
  }

  /// Adds every device of `expansion`; `slotNodes` remembers the nodes given so far.
  mutating func place(
    _ expansion: Expansion, scope: Int32, slotNodes: inout [NodeIndex], outlines: [ModelOutline]
  ) {
    for item in expansion.items {
      switch item {
      case .device(let device):
        place(device, of: expansion, scope: scope, slotNodes: &slotNodes, outline: outlines[device.values.model])
      case .instance(let instance):
        place(instance, of: expansion, scope: scope, slotNodes: &slotNodes, outlines: outlines)
      }
    }
  }

  mutating func place(
    _ instance: ExpandedInstance, of expansion: Expansion, scope: Int32, slotNodes: inout [NodeIndex],
    outlines: [ModelOutline]
  ) {
    var inner: [NodeIndex] = []
    inner.reserveCapacity(instance.expansion.slots.count)
    inner.append(0)
    for port in instance.ports { inner.append(node(of: port, in: expansion, scope: scope, slotNodes: &slotNodes)) }
    while inner.count < instance.expansion.slots.count { inner.append(Self.unplaced) }
    let innerScope = names.scope(instance.name, in: scope)
    place(instance.expansion, scope: innerScope, slotNodes: &inner, outlines: outlines)
    placeInitialValues(instance.expansion, scope: innerScope, slotNodes: &inner)
  }

  /// Adds what `.ic` and `.nodeset` of `expansion` say, all its devices being placed.
  mutating func placeInitialValues(_ expansion: Expansion, scope: Int32, slotNodes: inout [NodeIndex]) {
    for voltage in expansion.voltages {
      let node = node(of: voltage.slot, in: expansion, scope: scope, slotNodes: &slotNodes)
      voltages.append((node, voltage.value, voltage.isGuess, voltage.range))
    }
    for start in expansion.starts { pendingStarts.append(PendingStart(scope: scope, start: start)) }
  }

  mutating func place(
    _ device: ExpandedDevice, of expansion: Expansion, scope: Int32, slotNodes: inout [NodeIndex],
    outline: ModelOutline
  ) {
    let values = device.values
    if values.isResistor, device.terminals.count == 2 {
      let first = node(of: device.terminals[0], in: expansion, scope: scope, slotNodes: &slotNodes)
      if first == node(of: device.terminals[1], in: expansion, scope: scope, slotNodes: &slotNodes) {
        if !values.isLibrary { shortedResistors.append(origins.values[Int(values.origin)]) }
        return
      }
    }
    let group = group(of: values.model, outline)
    let instance = groups[group].names.count
    groups[group].append(device, scope: scope)
    for (terminal, slot) in device.terminals.enumerated() {
      let node = node(of: slot, in: expansion, scope: scope, slotNodes: &slotNodes)
      groups[group].terminals[terminal].append(node)
      if node < 0 { terminalPatches.append((group, terminal, instance)) }
    }
    for (index, signal) in device.signals.enumerated() {
      groups[group].signals[index].append(
        binding(of: signal, group, index, instance, in: expansion, scope: scope, slotNodes: &slotNodes))
    }
    for start in values.heldStarts {
      groups[group].heldStarts.append(HeldStart(instance: instance, target: start.target, value: start.value))
    }
    if let value = values.initialCondition { groups[group].initialConditions.append((instance, value)) }
  }

  private mutating func binding(
    of signal: ExpandedSignal, _ group: Int, _ index: Int, _ instance: Int, in expansion: Expansion, scope: Int32,
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
    while groupOfModel.count <= model { groupOfModel.append(-1) }
    if groupOfModel[model] >= 0 { return groupOfModel[model] }
    groups.append(
      GroupColumns(
        model: model, terminalCount: outline.model.terminals.count, parameterCount: outline.model.parameters.count,
        signalCount: outline.signals.count))
    groupOfModel[model] = groups.count - 1
    return groups.count - 1
  }

  /// Where the next device of a model comes.
  func nextDevice(of model: Int) -> DeviceReference {
    guard groupOfModel.indices.contains(model), groupOfModel[model] >= 0 else {
      return DeviceReference(group: groups.count, instance: 0)
    }
    return DeviceReference(group: groupOfModel[model], instance: groups[groupOfModel[model]].names.count)
  }

  private mutating func node(
    of slot: Int32, in expansion: Expansion, scope: Int32, slotNodes: inout [NodeIndex]
  ) -> NodeIndex {
    let index = Int(slot)
    while slotNodes.count <= index { slotNodes.append(Self.unplaced) }
    if slotNodes[index] != Self.unplaced { return slotNodes[index] }
    let node: NodeIndex
    switch expansion.slots[index] {
    case .ground, .port: node = 0
    case .inner(let local): node = add(NameEntry(scope: scope, local: local))
    case .global(let name):
      node = globalNodes[name] ?? add(NameEntry(scope: NameEntry.top, local: name))
      globalNodes[name] = node
    case .foreign(let foreign):
      foreignNodes.append(ForeignNode(node: expansion.foreignNodes[Int(foreign)], scope: scope))
      node = Self.firstForeign - NodeIndex(foreignNodes.count - 1)
    }
    slotNodes[index] = node
    return node
  }

  /// Keeps a waveform; its place among all.
  mutating func add(_ waveform: SourceWaveform) -> Int32 {
    waveforms.append(waveform)
    return Int32(waveforms.count - 1)
  }

  mutating func add(_ entry: NameEntry) -> NodeIndex {
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

  mutating func set(_ value: Double, ofParameter parameter: Int, _ device: DeviceReference) {
    groups[device.group].parameters[parameter][device.instance] = value
  }

  /// Holds states of a group at values that win over those of cards.
  mutating func hold(_ starts: [HeldStart], of group: Int) {
    groups[group].heldStarts.override(by: starts)
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
    var kept = NameColumns()
    for (node, name) in nodes.enumerated() where isUsed[node] { kept.append(name) }
    nodes = kept
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
  mutating func circuit(outlines: [ModelOutline]) -> Circuit {
    nodes.trim()
    for group in groups.indices { groups[group].trim() }
    var circuit = Circuit()
    circuit.nodeNames = NameTable(nodes, in: names)
    circuit.groups = groups.map { columns in
      var group = DeviceGroup(model: outlines[columns.model].model)
      group.names = NameTable(columns.names, in: names)
      group.terminals = columns.terminals
      group.parameters = columns.parameters.map(\.column)
      group.waveforms = SharedColumn(waveforms, places: columns.waveforms)
      group.signals = columns.signals
      group.heldStarts = columns.heldStarts
      group.initialConditions = columns.initialConditions
      group.origins = SharedColumn(origins.values, places: columns.origins)
      return group
    }
    for voltage in voltages {
      if voltage.isGuess {
        circuit.guessedVoltages.append(node: voltage.node, value: voltage.value, range: voltage.range)
      } else {
        circuit.initialVoltages.append(node: voltage.node, value: voltage.value, range: voltage.range)
      }
    }
    if let (value, range) = guessOfAll {
      let given = Set(voltages.filter(\.isGuess).map(\.node))
      for node in 1..<max(1, NodeIndex(circuit.nodeNames.count)) where !given.contains(node) {
        circuit.guessedVoltages.append(node: node, value: value, range: range)
      }
    }
    circuit.initialVoltages.trim()
    circuit.guessedVoltages.trim()
    return circuit
  }
}
