internal import Devices
internal import Diagnostics
internal import Kernels

/// What can be found only when every device and node has its place: foreign nodes, devices read by others.
extension Flattener {
  /// As many names as a suggestion is sought among.
  private static let mostCandidates = 20_000

  /// Complains about nodes that are read or held though nothing connects to them.
  mutating func reportUnconnectedNodes(of expansion: Expansion) {
    let unconnected = expansion.unconnectedNodes(assembler.names)
    if unconnected.isEmpty || isIncomplete { return }
    let candidates = expansion.connectedNodes(assembler.names).prefix(Self.mostCandidates)
    for node in unconnected { reportUnknown(node.name, node.use, at: node.range, candidates) }
  }

  private mutating func reportUnknown(
    _ name: String, _ use: Expansion.Use, at range: SourceRange, _ candidates: some Sequence<String>
  ) {
    let suggestion = Suggestion.nearest(to: name, among: Array(candidates))
    report(.unknownNode(range, name: name, isHeld: use == .holds, suggestion: suggestion))
  }

  mutating func resolveForeignNodes() {
    if assembler.foreignNodes.isEmpty { return }
    let index = NameIndex(assembler.nodes, in: assembler.names)
    var found: [NodeIndex] = []
    var made: [String: NodeIndex] = [:]
    for foreign in assembler.foreignNodes {
      let node = foreign.node
      let path = assembler.names.path(of: foreign.scope)
      if let position = index.position(of: node.name, in: foreign.scope)
        ?? ports.node(named: path + node.name).flatMap({ index.position(of: $0) })
      {
        found.append(NodeIndex(position))
      } else if let new = made[path + node.name] {
        found.append(new)
      } else if node.use == .connects {
        let new = assembler.add(NameEntry(scope: foreign.scope, local: assembler.names.local(node.name)))
        made[path + node.name] = new
        found.append(new)
      } else {
        found.append(0)
        if isIncomplete { continue }
        let names = assembler.nodes.prefix(Self.mostCandidates).map { assembler.names[$0] }
        reportUnknown(node.name, node.use, at: node.range, names)
      }
    }
    assembler.patchForeignNodes(found)
  }

  mutating func resolveSignals() {
    if assembler.pendingSignals.isEmpty { return }
    let devices = DeviceIndex(assembler)
    for signal in assembler.pendingSignals {
      guard let device = device(signal.device, in: signal.scope, devices, at: signal.range) else { continue }
      if let binding = binding(of: signal.reading, device, named: signal.device, at: signal.range) {
        assembler.bind(signal, to: binding)
        readParameters(behind: signal, from: device)
      }
    }
  }

  /// Parameters that a device has from the one that it reads: the inductance of a coil.
  private mutating func readParameters(behind signal: Assembler.PendingSignal, from device: DeviceReference) {
    let reader = outlines[assembler.groups[signal.group].model]
    for (index, parameter) in reader.model.parameters.enumerated() {
      guard case .read(signal.signal, let wanted) = parameter.origin else { continue }
      let outline = outlines[assembler.groups[device.group].model]
      guard let quantity = outline.model.quantities.first(where: { $0.name == wanted })?.value,
        !outline.model.graph.isRunning(quantity)
      else {
        report(
          .withoutQuantity(
            signal.range, device: signal.device, model: outline.model.name, quantity: wanted, reader: reader.model.name)
        )
        continue
      }
      let values = assembler.groups[device.group].parameters.map { $0[device.instance] }
      assembler.set(
        outline.value(of: quantity, parameters: values), ofParameter: index,
        DeviceReference(group: signal.group, instance: signal.instance))
    }
  }

  mutating func resolveStarts() {
    if assembler.pendingStarts.isEmpty { return }
    let devices = DeviceIndex(assembler)
    var found: [Int: [HeldStart]] = [:]
    for pending in assembler.pendingStarts {
      let start = pending.start
      guard let device = device(start.device, in: pending.scope, devices, at: start.range) else { continue }
      let outline = outlines[assembler.groups[device.group].model]
      guard let target = outline.startTarget(named: start.quantity) else {
        let names = outline.startNames
        report(
          .notAState(
            start.range, device: start.device, name: start.quantity, model: outline.model.name, states: names,
            suggestion: Suggestion.nearest(to: start.quantity, among: names)))
        continue
      }
      let parameters = assembler.groups[device.group].parameters.map { $0.column[device.instance] }
      checkStart(target, start.value, outline, parameters, device: start.device, at: start.range)
      found[device.group, default: []].append(
        HeldStart(instance: device.instance, target: target, value: start.value))
    }
    for (group, starts) in found { assembler.hold(starts, of: group) }
  }

  private mutating func device(
    _ name: String, in scope: Int32, _ devices: DeviceIndex, at range: SourceRange
  ) -> DeviceReference? {
    if let device = devices.device(named: name, in: scope) { return device }
    if isIncomplete { return nil }
    let names = devices.names(atMost: Self.mostCandidates, in: assembler.names)
    report(.unknownDevice(range, name: name, suggestion: Suggestion.nearest(to: name, among: names)))
    return nil
  }

  private mutating func binding(
    of reading: DeviceReading, _ device: DeviceReference, named name: String, at range: SourceRange
  ) -> SignalBinding? {
    let outline = outlines[assembler.groups[device.group].model]
    switch reading {
    case .current: return quantity("i", device, outline, named: name, at: range)
    case .power: return quantity("p", device, outline, named: name, at: range)
    case .quantity(let quantity): return self.quantity(quantity, device, outline, named: name, at: range)
    }
  }

  private mutating func quantity(
    _ quantity: String, _ device: DeviceReference, _ outline: ModelOutline, named name: String, at range: SourceRange
  ) -> SignalBinding? {
    let model = outline.model
    if quantity == "i", model.carriesCurrent { return .current(device) }
    if let index = outline.unknown(named: quantity) { return .variable(device, index: index) }
    if let index = model.quantities.firstIndex(where: { $0.name == quantity }) {
      return .quantity(device, index: index)
    }
    if let index = model.parameters.firstIndex(where: { $0.name == quantity }) {
      return .constant(assembler.groups[device.group].parameters[index].column[device.instance])
    }
    let known = outline.readableNames
    report(
      .unknownQuantity(
        range, device: name, name: quantity, model: model.name, known: known,
        suggestion: Suggestion.nearest(to: quantity, among: known)))
    return nil
  }
}

/// Finds placed devices by name.
private struct DeviceIndex {
  private let index: NameIndex
  private let entries: NameColumns
  /// The number of devices in all groups before each one.
  private let offsets: [Int]

  init(_ assembler: Assembler) {
    var offsets: [Int] = []
    var entries = NameColumns()
    for group in assembler.groups {
      offsets.append(entries.count)
      for name in group.names { entries.append(name) }
    }
    self.offsets = offsets
    self.entries = entries
    index = NameIndex(entries, in: assembler.names)
  }

  /// The device of `name` as read inside the instance `scope`.
  func device(named name: String, in scope: Int32) -> DeviceReference? {
    for spelling in HierarchicalName.spellings(of: name) {
      guard let position = index.position(of: spelling, in: scope),
        let group = offsets.lastIndex(where: { $0 <= position })
      else { continue }
      return DeviceReference(group: group, instance: position - offsets[group])
    }
    return nil
  }

  func names(atMost count: Int, in registry: NameRegistry) -> [String] {
    entries.prefix(count).map { registry[$0] }
  }
}

extension ModelOutline {
  /// A variable with a row of its own.
  func unknown(named name: String) -> Int? {
    model.variables.firstIndex { variable in
      guard variable.name == name else { return false }
      return switch variable.kind {
      case .state, .algebraic, .charge, .delayed: true
      case .voltage, .current, .waveform, .signal: false
      }
    }
  }

  /// What can be given a start under that name: a state, an algebraic unknown or a memory.
  func startTarget(named name: String) -> Event.Target? {
    let unknown = model.variables.firstIndex { $0.name == name && $0.hasStart }
    if let unknown { return .variable(unknown) }
    return model.memories.firstIndex { $0.name == name }.map(Event.Target.memory)
  }

  var startNames: [String] {
    model.variables.filter(\.hasStart).map(\.name) + model.memories.map(\.name)
  }

  var readableNames: [String] {
    let unknowns = model.variables.map(\.name).filter { unknown(named: $0) != nil }
    let common = model.carriesCurrent ? ["v", "i", "p"] : []
    return common + unknowns + model.quantities.map(\.name).filter { !common.contains($0) && !unknowns.contains($0) }
      + model.parameters.map(\.name)
  }
}

extension Variable {
  fileprivate var hasStart: Bool {
    switch kind {
    case .state, .algebraic: true
    case .voltage, .current, .waveform, .signal, .charge, .delayed: false
    }
  }
}
