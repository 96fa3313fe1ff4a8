internal import Circuits
internal import Devices
internal import Kernels

/// What signals are computed from: unknowns, tied voltages, source values, modes and memories, each once. Atom k is
/// `Leaf.variable(k)`, its time derivative `Leaf.rate(k)`.
struct SignalAtoms {
  enum Atom: Hashable {
    case unknown(Int)
    case tied(NodeIndex)
    case waveform(Int)
    case mode(group: Int, index: Int, instance: Int)
    case memory(group: Int, index: Int, instance: Int)
    /// `hertz`.
    case frequency
  }

  private(set) var atoms: [Atom] = []
  private var places: [Atom: Int] = [:]

  mutating func place(of atom: Atom) -> Int {
    if let place = places[atom] { return place }
    places[atom] = atoms.count
    atoms.append(atom)
    return atoms.count - 1
  }
}

/// Builds the graphs of circuit quantities over atoms, importing each device's own equations with its parameters as
/// constants: one source of truth for residuals and for what is saved.
struct SignalGraph {
  let system: EquationSystem
  var graph = ExpressionGraph()
  var atoms = SignalAtoms()
  private var circuit: Circuit { system.circuit }
  /// For Kirchhoff sums: which devices meet a node, built when first asked for.
  private var incidences: [NodeIndex: [(group: Int, instance: Int, output: Int, sign: Double)]]?

  init(_ system: EquationSystem) {
    self.system = system
  }

  mutating func value(of atom: SignalAtoms.Atom) -> NodeID { graph.leaf(.variable(atoms.place(of: atom))) }
  mutating func rate(of atom: SignalAtoms.Atom) -> NodeID { graph.leaf(.rate(atoms.place(of: atom))) }

  /// v(plus) - v(minus), or its rate.
  mutating func voltage(_ plus: NodeIndex, _ minus: NodeIndex, rate: Bool = false) -> NodeID {
    let first = voltage(plus, rate: rate)
    let second = voltage(minus, rate: rate)
    return graph.subtract(first, second)
  }

  private mutating func voltage(_ node: NodeIndex, rate: Bool) -> NodeID {
    let root = system.forest.roots[Int(node)]
    var sum = graph.constant(0)
    if root != 0 {
      let unknown = SignalAtoms.Atom.unknown(Int(system.unknowns.index(of: .voltage(root))))
      sum = rate ? self.rate(of: unknown) : value(of: unknown)
    }
    if system.forest.parentBranches[Int(node)] >= 0 {
      let tied = rate ? self.rate(of: .tied(node)) : value(of: .tied(node))
      sum = graph.add(sum, tied)
    }
    return sum
  }

  /// The current of a device from its first terminal to its second.
  mutating func current(_ device: DeviceReference) -> NodeID {
    let direct = system.unknowns.index(of: .current(device))
    if direct >= 0 { return value(of: .unknown(Int(direct))) }
    if let branch = system.forest.branch(of: device) { return recoveredCurrent(branch) }
    return quantity("i", of: device) ?? graph.constant(.nan)
  }

  /// Power into a device: v i for a source, else as its model says.
  mutating func power(_ device: DeviceReference) -> NodeID {
    if let tie = circuit.groups[device.group].model.tie {
      let terminals = circuit.groups[device.group].terminals
      let voltage = voltage(terminals[tie.plus][device.instance], terminals[tie.minus][device.instance])
      let current = current(device)
      return graph.multiply(voltage, current)
    }
    return quantity("p", of: device) ?? graph.constant(.nan)
  }

  /// What ngspice calls values, currents and voltages of elements.
  private static let shortNames = [
    "resistance": "r", "capacitance": "c", "inductance": "l", "id": "i", "vd": "v", "current": "i",
  ]

  /// A quantity, state or parameter of a device by name, or nil.
  mutating func quantity(_ written: String, of device: DeviceReference) -> NodeID? {
    let group = circuit.groups[device.group]
    let model = group.model
    let name = Self.shortNames[written].flatMap { short in model.has(written) ? nil : short } ?? written
    if model.tie != nil {
      switch name {
      case "i": return current(device)
      case "p": return power(device)
      default: break
      }
    }
    if let quantity = model.quantities.first(where: { $0.name == name }) {
      return importing(quantity.value, of: device)
    }
    if let index = model.variables.firstIndex(where: { $0.name == name }) {
      return variable(index, of: device, rate: false)
    }
    if let index = model.parameters.firstIndex(where: { $0.name == name }) {
      return graph.constant(group.parameters[index][device.instance])
    }
    if let index = model.memories.firstIndex(where: { $0.name == name }) {
      return value(of: .memory(group: device.group, index: index, instance: device.instance))
    }
    return nil
  }

  /// i = -Σ currents that leave the subtree on the source's child side (+ where the child is its minus end).
  private mutating func recoveredCurrent(_ branch: Int) -> NodeID {
    buildIncidences()
    var sum = graph.constant(0)
    for node in system.forest.subtree(of: branch).sorted() {
      for meeting in incidences?[node] ?? [] {
        guard let local = system.locals[meeting.group] else { continue }
        let device = DeviceReference(group: meeting.group, instance: meeting.instance)
        let current = importing(local.rows[meeting.output], of: device, from: local.graph)
        sum = meeting.sign > 0 ? graph.add(sum, current) : graph.subtract(sum, current)
      }
    }
    return system.forest.branches[branch].sign > 0 ? graph.negate(sum) : sum
  }

  private mutating func buildIncidences() {
    guard incidences == nil else { return }
    var result: [NodeIndex: [(group: Int, instance: Int, output: Int, sign: Double)]] = [:]
    for (index, local) in system.locals.enumerated() {
      guard let local else { continue }
      let terminals = circuit.groups[index].terminals
      for (output, kind) in local.outputs.enumerated() {
        guard case .current(let from, let to) = kind else { continue }
        for instance in 0..<circuit.groups[index].count {
          result[terminals[from][instance], default: []].append((index, instance, output, 1))
          if let to { result[terminals[to][instance], default: []].append((index, instance, output, -1)) }
        }
      }
    }
    incidences = result
  }

  /// A node of a device's own model.
  mutating func importing(_ node: NodeID, of device: DeviceReference, from source: ExpressionGraph? = nil)
    -> NodeID
  {
    let other = source ?? circuit.groups[device.group].model.graph
    var replacements: [Leaf: NodeID] = [:]
    for leaf in other.leaves(of: [node]) { replacements[leaf] = replacement(leaf, device) }
    return graph.import(node, from: other) { replacements[$0] }
  }

  private mutating func replacement(_ leaf: Leaf, _ device: DeviceReference) -> NodeID? {
    switch leaf {
    case .time, .draw, .derived: return nil
    case .parameter(let index):
      if circuit.groups[device.group].model.parameters[index].origin == .frequency { return value(of: .frequency) }
      return graph.constant(circuit.groups[device.group].parameters[index][device.instance])
    case .variable(let index): return variable(index, of: device, rate: false)
    case .rate(let index): return variable(index, of: device, rate: true)
    case .mode(let index): return value(of: .mode(group: device.group, index: index, instance: device.instance))
    case .memory(let index): return value(of: .memory(group: device.group, index: index, instance: device.instance))
    }
  }

  private mutating func variable(_ index: Int, of device: DeviceReference, rate: Bool) -> NodeID {
    let group = circuit.groups[device.group]
    func atom(_ atom: SignalAtoms.Atom, _ graph: inout SignalGraph) -> NodeID {
      rate ? graph.rate(of: atom) : graph.value(of: atom)
    }
    if let unknown = system.unknowns.internalIndex(of: device, variable: index) {
      return atom(.unknown(unknown), &self)
    }
    switch group.model.variables[index].kind {
    case .voltage(let plus, let minus):
      let second = minus.map { group.terminals[$0][device.instance] } ?? 0
      return voltage(group.terminals[plus][device.instance], second, rate: rate)
    case .current: return atom(.unknown(Int(system.unknowns.index(of: .current(device)))), &self)
    case .waveform: return atom(.waveform(system.forest.firstWaveforms[device.group] + device.instance), &self)
    case .signal:
      let place = group.model.variables[..<index].count { if case .signal = $0.kind { true } else { false } }
      return signal(group.signals[place][device.instance], rate: rate)
    case .state, .algebraic, .charge, .delayed: return graph.constant(.nan)
    }
  }

  private mutating func signal(_ binding: SignalBinding, rate: Bool) -> NodeID {
    switch binding {
    case .constant(let value): return graph.constant(rate ? 0 : value)
    case .voltage(let plus, let minus): return voltage(plus, minus, rate: rate)
    case .current, .quantity, .variable:
      let unknown = Int(system.unknowns.index(of: binding, in: circuit))
      return rate ? self.rate(of: .unknown(unknown)) : value(of: .unknown(unknown))
    }
  }

  /// d(node)/dt = Σ ∂node/∂atom d(atom)/dt + ∂node/∂t; nil where `node` holds a rate already.
  mutating func rate(of node: NodeID) -> NodeID? {
    var sum = graph.derivative(of: node, by: .time)
    for leaf in graph.leaves(of: [node]).sorted(by: { "\($0)" < "\($1)" }) {
      guard case .variable(let index) = leaf else {
        if case .rate = leaf { return nil }
        continue
      }
      switch atoms.atoms[index] {
      case .mode, .memory, .frequency: continue
      case .unknown, .tied, .waveform: break
      }
      let slope = graph.derivative(of: node, by: leaf)
      let rate = graph.leaf(.rate(index))
      sum = graph.add(sum, graph.multiply(slope, rate))
    }
    return sum
  }
}

extension DeviceModel {
  /// Whether something of the device bears that name.
  fileprivate func has(_ name: String) -> Bool {
    quantities.contains { $0.name == name } || variables.contains { $0.name == name }
      || parameters.contains { $0.name == name }
  }
}
