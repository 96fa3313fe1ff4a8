internal import Devices
internal import Diagnostics

/// Faults that a circuit has whatever the values of its elements, found before the solver runs.
///
/// Two partitions of the nodes tell all: by paths for direct current (resistors, sources of voltage, devices that
/// conduct), and by these and capacitors. A part without ground of the second has no voltage at all; a part without
/// ground of the first has none at the operating point, which ties it to ground by 1e-12 S.
struct TopologyCheck {
  private let circuit: Circuit
  /// Joined by voltages that are functions of time or follow from a device's own equation.
  private var fixed: UnionFind
  /// Joined by any path for direct current.
  private var conducting: UnionFind
  /// Joined by any path, capacitors included.
  private var reachable: UnionFind
  /// How many terminals of devices connect to each node.
  private var connections: [Int32]
  /// Nodes whose voltage an expression or a control reads: a single connection is meant there.
  private var isRead: [Bool]
  private var loops: [VoltageEdge] = []
  private var currentEdges: [(device: DeviceReference, a: NodeIndex, b: NodeIndex)] = []

  private struct VoltageEdge {
    var device: DeviceReference
    var a: NodeIndex
    var b: NodeIndex
  }

  /// Reports the faults of `circuit`, the netlist called `title`, and fills its `capacitiveNodes` and `coilLoops`.
  static func check(_ circuit: inout Circuit, title: SourceRange, diagnostics: inout DiagnosticBag) {
    guard circuit.deviceCount > 0 else {
      diagnostics.report(CircuitError.noElements(title))
      return
    }
    var check = TopologyCheck(circuit)
    check.readFacts()
    guard check.connections[0] > 0 else {
      diagnostics.report(CircuitError.noGround(circuit.groups.first?.origins.first))
      return
    }
    check.reportVoltageLoops(&diagnostics)
    let floating = check.reportFloatingNodes(&diagnostics)
    circuit.capacitiveNodes = check.capacitiveNodes(except: floating)
    check.reportCapacitiveNodes(circuit.capacitiveNodes, &diagnostics)
    circuit.coilLoops = check.coilLoops(&diagnostics)
    check.noteDanglingNodes(&diagnostics)
  }

  private init(_ circuit: Circuit) {
    self.circuit = circuit
    let count = circuit.nodeNames.count
    fixed = UnionFind(count: count)
    conducting = UnionFind(count: count)
    reachable = UnionFind(count: count)
    connections = Array(repeating: 0, count: count)
    isRead = Array(repeating: false, count: count)
  }

  private mutating func readFacts() {
    for (index, group) in circuit.groups.enumerated() {
      let outline = ModelOutline(group.model)
      noteReads(of: group, outline)
      for terminal in group.terminals.indices where outline.connects[terminal] {
        // An internal node has both its ends in the device.
        let ends: Int32 = terminal < outline.externalCount ? 1 : 2
        for node in group.terminals[terminal] { connections[Int(node)] += ends }
      }
      for fact in group.model.topology {
        let (first, second) = fact.terminals
        for instance in 0..<group.count {
          let a = group.terminals[first][instance]
          let b = group.terminals[second][instance]
          read(fact, DeviceReference(group: index, instance: instance), a, b)
        }
      }
    }
  }

  private mutating func noteReads(of group: DeviceGroup, _ outline: ModelOutline) {
    for terminal in group.terminals.indices where !outline.connects[terminal] {
      for node in group.terminals[terminal] { isRead[Int(node)] = true }
    }
    for bindings in group.signals {
      for case .voltage(let plus, let minus) in bindings {
        isRead[Int(plus)] = true
        isRead[Int(minus)] = true
      }
    }
  }

  private mutating func read(_ fact: TopologyFact, _ device: DeviceReference, _ a: NodeIndex, _ b: NodeIndex) {
    switch fact {
    case .conducts:
      conducting.join(a, b)
      reachable.join(a, b)
    case .conductsInTime: reachable.join(a, b)
    case .tiesVoltage, .fixesVoltage:
      if !fixed.join(a, b) { loops.append(VoltageEdge(device: device, a: a, b: b)) }
      conducting.join(a, b)
      reachable.join(a, b)
    case .fixesCurrent: currentEdges.append((device, a, b))
    }
  }

  private func origin(_ device: DeviceReference) -> SourceRange {
    circuit.groups[device.group].origins[device.instance]
  }

  private func name(_ device: DeviceReference) -> String {
    circuit.groups[device.group].names[device.instance]
  }

  private func name(_ node: NodeIndex) -> String { circuit.nodeNames[Int(node)] }

  // MARK: Loops of voltage sources

  private func reportVoltageLoops(_ diagnostics: inout DiagnosticBag) {
    if loops.isEmpty { return }
    var edges: [NodeIndex: [VoltageEdge]] = [:]
    let closing = Set(loops.map(\.device))
    for edge in voltageEdges where !closing.contains(edge.device) {
      edges[edge.a, default: []].append(edge)
      edges[edge.b, default: []].append(edge)
    }
    for loop in loops {
      let others = path(from: loop.b, to: loop.a, edges)
      if followsCurrent(of: Set(others.map(\.device) + [loop.device])) { continue }
      diagnostics.report(
        CircuitError.voltageLoop(
          origin(loop.device), devices: others.map { name($0.device) } + [name(loop.device)],
          others: others.map { (origin($0.device), name($0.device)) }))
    }
  }

  /// Whether a source of a loop follows the current of one of its members, as a resistor does: that current makes the voltages agree.
  private func followsCurrent(of loop: Set<DeviceReference>) -> Bool {
    loop.contains { device in
      circuit.groups[device.group].signals.contains { bindings in
        if case .current(let read) = bindings[device.instance] { loop.contains(read) } else { false }
      }
    }
  }

  /// Every device that fixes a voltage, found again: only a fault asks.
  private var voltageEdges: [VoltageEdge] {
    circuit.groups.enumerated().flatMap { index, group in
      group.model.topology.flatMap { fact -> [VoltageEdge] in
        switch fact {
        case .tiesVoltage(let a, let b), .fixesVoltage(let a, let b):
          return (0..<group.count).map { instance in
            VoltageEdge(
              device: DeviceReference(group: index, instance: instance), a: group.terminals[a][instance],
              b: group.terminals[b][instance])
          }
        case .conducts, .conductsInTime, .fixesCurrent: return []
        }
      }
    }
  }

  /// The sources on the way from one node to another, breadth first.
  private func path(
    from start: NodeIndex, to end: NodeIndex, _ edges: [NodeIndex: [VoltageEdge]]
  ) -> [VoltageEdge] {
    var arrivals: [NodeIndex: VoltageEdge] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count, arrivals[end] == nil, start != end {
      let node = queue[next]
      next += 1
      for edge in edges[node] ?? [] {
        let neighbour = edge.a == node ? edge.b : edge.a
        if neighbour == start || arrivals[neighbour] != nil { continue }
        arrivals[neighbour] = edge
        queue.append(neighbour)
      }
    }
    var result: [VoltageEdge] = []
    var node = end
    while node != start, let edge = arrivals[node] {
      result.append(edge)
      node = edge.a == node ? edge.b : edge.a
    }
    return result.reversed()
  }

  // MARK: Loops of coils

  /// Coils that close loops of coils and voltages, each with a word.
  private mutating func coilLoops(_ diagnostics: inout DiagnosticBag) -> [CoilLoop] {
    var shorted = fixed
    var coils: [NodeIndex: [VoltageEdge]] = [:]
    var closing: [VoltageEdge] = []
    for (index, group) in circuit.groups.enumerated() {
      for case .fixesCurrent(let first, let second) in group.model.topology
      where group.model.topology.contains(.conducts(first, second)) {
        for instance in 0..<group.count {
          let edge = VoltageEdge(
            device: DeviceReference(group: index, instance: instance), a: group.terminals[first][instance],
            b: group.terminals[second][instance])
          if edge.a == edge.b { continue }
          guard shorted.join(edge.a, edge.b) else {
            closing.append(edge)
            continue
          }
          coils[edge.a, default: []].append(edge)
          coils[edge.b, default: []].append(edge)
        }
      }
    }
    if closing.isEmpty { return [] }
    let faulty = Set(loops.map(\.device))
    for edge in voltageEdges where !faulty.contains(edge.device) {
      coils[edge.a, default: []].append(edge)
      coils[edge.b, default: []].append(edge)
    }
    return closing.map { edge in
      let others = path(from: edge.b, to: edge.a, coils)
      let names = others.map { name($0.device) } + [name(edge.device)]
      diagnostics.report(
        CircuitError.coilLoop(
          origin(edge.device), devices: names, others: others.map { (origin($0.device), name($0.device)) }))
      return CoilLoop(device: edge.device, names: names)
    }
  }

  // MARK: Nodes without a path to ground

  /// Reports every part of the circuit without any path to ground; gives their roots.
  private mutating func reportFloatingNodes(_ diagnostics: inout DiagnosticBag) -> Set<NodeIndex> {
    let ground = reachable.root(of: 0)
    var members: [NodeIndex: [NodeIndex]] = [:]
    var order: [NodeIndex] = []
    for node in 1..<NodeIndex(max(1, circuit.nodeNames.count)) {
      let root = reachable.root(of: node)
      if root == ground { continue }
      if members[root] == nil { order.append(root) }
      members[root, default: []].append(node)
    }
    if order.isEmpty { return [] }
    let touching = devicesTouching(Set(order))
    for root in order {
      let nodes = (members[root] ?? []).map(name)
      let feeding = currentEdges.filter { reachable.contains($0.a, in: root) != reachable.contains($0.b, in: root) }
      if feeding.isEmpty {
        diagnostics.report(
          CircuitError.floatingNodes(touching[root].map(origin), nodes: nodes, devices: touching[root].map(name)))
      } else {
        diagnostics.report(
          CircuitError.currentSourceCut(
            feeding.first.map { origin($0.device) }, nodes: nodes, sources: feeding.map { name($0.device) }))
      }
    }
    return Set(order)
  }

  /// The first device at each of the parts with these roots.
  private mutating func devicesTouching(_ roots: Set<NodeIndex>) -> [NodeIndex: DeviceReference] {
    var result: [NodeIndex: DeviceReference] = [:]
    for (index, group) in circuit.groups.enumerated() {
      for terminal in group.terminals {
        for (instance, node) in terminal.enumerated() {
          let root = reachable.root(of: node)
          if roots.contains(root), result[root] == nil {
            result[root] = DeviceReference(group: index, instance: instance)
          }
        }
      }
    }
    return result
  }

  /// One node, the first, of every part that only capacitors hold.
  private mutating func capacitiveNodes(except floating: Set<NodeIndex>) -> [NodeIndex] {
    var isSeen = [Bool](repeating: false, count: circuit.nodeNames.count)
    isSeen[Int(conducting.root(of: 0))] = true
    var result: [NodeIndex] = []
    for node in 1..<NodeIndex(max(1, circuit.nodeNames.count)) {
      let root = Int(conducting.root(of: node))
      if isSeen[root] { continue }
      isSeen[root] = true
      if floating.isEmpty || !floating.contains(reachable.root(of: node)) { result.append(node) }
    }
    return result
  }

  private mutating func reportCapacitiveNodes(_ nodes: [NodeIndex], _ diagnostics: inout DiagnosticBag) {
    if nodes.isEmpty { return }
    let device = firstDevice(at: nodes[0])
    diagnostics.report(
      CircuitError.noDirectPath(device.map(origin), nodes: nodes.prefix(4).map(name), count: nodes.count))
  }

  private func noteDanglingNodes(_ diagnostics: inout DiagnosticBag) {
    let dangling = connections.indices.dropFirst().filter { connections[$0] == 1 && !isRead[$0] }.map(NodeIndex.init)
    if dangling.isEmpty { return }
    diagnostics.report(
      CircuitError.danglingNode(
        firstDevice(at: dangling[0]).map(origin), nodes: dangling.prefix(4).map(name), count: dangling.count))
  }

  private func firstDevice(at node: NodeIndex) -> DeviceReference? {
    for (index, group) in circuit.groups.enumerated() {
      for terminal in group.terminals {
        if let instance = terminal.firstIndex(of: node) { return DeviceReference(group: index, instance: instance) }
      }
    }
    return nil
  }
}

extension UnionFind {
  /// Whether `node` belongs to the set that `root` stands for.
  fileprivate mutating func contains(_ node: NodeIndex, in root: NodeIndex) -> Bool {
    self.root(of: node) == root
  }
}
