internal import Devices
package import Expressions

/// Parts of a circuit that share nothing but ground: each goes its way whatever the others do.
extension Circuit {
  /// The parts that hold `devices` and what `signals` read, without the others. Parts are joined by nodes other than ground,
  /// and by what one reads of another.
  package func parts(with devices: [DeviceReference], readBy signals: [Expression]) -> Circuit {
    var joined = UnionFind(count: nodeNames.count)
    for (index, group) in groups.enumerated() {
      for instance in 0..<group.count {
        let device = DeviceReference(group: index, instance: instance)
        guard let place = place(of: device) else { continue }
        for terminal in group.terminals where terminal[instance] != 0 { joined.join(place, terminal[instance]) }
        for node in nodesRead(by: device) { joined.join(place, node) }
      }
    }
    var wanted: Set<NodeIndex> = []
    for node in devices.compactMap(place(of:)) + signals.flatMap({ nodes(readBy: $0) }) {
      wanted.insert(joined.root(of: node))
    }
    return selecting(nodes: (0..<NodeIndex(nodeNames.count)).filter { $0 == 0 || wanted.contains(joined.root(of: $0)) })
  }

  /// A node that tells to which part a device belongs: its own, or of a coupling, which has none, that of a coil.
  private func place(of device: DeviceReference) -> NodeIndex? { anchor(of: device) ?? nodesRead(by: device).first }

  private func nodesRead(by device: DeviceReference) -> [NodeIndex] {
    groups[device.group].signals.flatMap { nodes(readBy: $0[device.instance]) }
  }

  /// The first of a device's nodes that is not ground.
  private func anchor(of device: DeviceReference) -> NodeIndex? {
    for terminal in groups[device.group].terminals where terminal[device.instance] != 0 {
      return terminal[device.instance]
    }
    return nil
  }

  private func nodes(readBy binding: SignalBinding) -> [NodeIndex] {
    switch binding {
    case .constant: []
    case .voltage(let plus, let minus): [plus, minus].filter { $0 != 0 }
    case .current(let device), .quantity(let device, _), .variable(let device, _):
      [anchor(of: device)].compactMap(\.self)
    }
  }

  private func nodes(readBy signal: Expression) -> [NodeIndex] {
    signal.probes.flatMap { probe -> [NodeIndex] in
      switch probe {
      case .voltage(let plus, let minus): [plus, minus].compactMap { $0.flatMap(node(named:)) }.filter { $0 != 0 }
      case .current(let name), .power(let name), .quantity(let name, _):
        [device(named: name).flatMap(anchor(of:))].compactMap(\.self)
      }
    }
  }

  /// The circuit of `nodes`, ascending from ground, and of the devices at them.
  private func selecting(nodes: [NodeIndex]) -> Circuit {
    var places: [NodeIndex: NodeIndex] = [:]
    for (place, node) in nodes.enumerated() { places[node] = NodeIndex(place) }
    var devices: [DeviceReference: DeviceReference] = [:]
    var instances: [(group: Int, kept: [Int])] = []
    for (index, group) in groups.enumerated() {
      let kept = (0..<group.count).filter { instance in
        place(of: DeviceReference(group: index, instance: instance)).map { places[$0] != nil } ?? false
      }
      for (place, instance) in kept.enumerated() {
        devices[DeviceReference(group: index, instance: instance)] =
          DeviceReference(group: instances.count, instance: place)
      }
      if !kept.isEmpty { instances.append((index, kept)) }
    }
    var part = Circuit()
    part.nodeNames = nodeNames.selecting(nodes.map(Int.init))
    part.groups = instances.map { groups[$0.group].selecting($0.kept, nodes: places, devices: devices) }
    part.initialVoltages = initialVoltages.selecting(places)
    part.guessedVoltages = guessedVoltages.selecting(places)
    part.holdsInitialCurrents = holdsInitialCurrents
    part.capacitiveNodes = capacitiveNodes.compactMap { places[$0] }
    part.coilLoops = coilLoops.compactMap { loop in
      devices[loop.device].map { CoilLoop(device: $0, names: loop.names) }
    }
    return part
  }
}

extension NodeVoltages {
  fileprivate func selecting(_ places: [NodeIndex: NodeIndex]) -> NodeVoltages {
    var kept = NodeVoltages()
    for voltage in self {
      if let node = places[voltage.node] { kept.append(node: node, value: voltage.value, range: voltage.range) }
    }
    return kept
  }
}

extension DeviceGroup {
  /// The group of some of its instances, their nodes and what they read numbered anew.
  fileprivate func selecting(
    _ instances: [Int], nodes: [NodeIndex: NodeIndex], devices: [DeviceReference: DeviceReference]
  ) -> DeviceGroup {
    var places: [Int: Int] = [:]
    for (place, instance) in instances.enumerated() { places[instance] = place }
    var group = DeviceGroup(model: model)
    group.names = names.selecting(instances)
    group.terminals = terminals.map { terminal in instances.map { nodes[terminal[$0]] ?? 0 } }
    group.parameters = parameters.map { column in
      if case .values(let values) = column { .values(instances.map { values[$0] }) } else { column }
    }
    group.waveforms = waveforms.isEmpty ? waveforms : waveforms.selecting(instances)
    group.signals = signals.map { bindings in instances.map { bindings[$0].selecting(nodes: nodes, devices: devices) } }
    for var start in heldStarts {
      guard let place = places[start.instance] else { continue }
      start.instance = place
      group.heldStarts.append(start)
    }
    group.initialConditions = initialConditions.compactMap { condition in
      places[condition.instance].map { ($0, condition.value) }
    }
    group.origins = origins.isEmpty ? origins : origins.selecting(instances)
    return group
  }
}

extension SharedColumn {
  fileprivate func selecting(_ instances: [Int]) -> SharedColumn {
    SharedColumn(values, places: RunColumn(instances.map { places[$0] }))
  }
}

extension SignalBinding {
  /// The same signal of the nodes and devices numbered anew; all that a kept device reads is kept.
  fileprivate func selecting(
    nodes: [NodeIndex: NodeIndex], devices: [DeviceReference: DeviceReference]
  ) -> SignalBinding {
    switch self {
    case .constant: self
    case .voltage(let plus, let minus): .voltage(plus: nodes[plus] ?? 0, minus: nodes[minus] ?? 0)
    case .current(let device): .current(devices[device] ?? device)
    case .quantity(let device, let index): .quantity(devices[device] ?? device, index: index)
    case .variable(let device, let index): .variable(devices[device] ?? device, index: index)
    }
  }
}
