internal import Circuits
internal import Devices
internal import Kernels

/// Unknowns that a derivative determines: branch currents in a loop of capacitors and fixed voltages (i = C de/dt), and
/// node voltages in a part that hangs on inductors and current sources alone (v = L di/dt). The error test cannot
/// control them, and would stop the run; it leaves them out.
enum IndexTwo {
  static func unknowns(of system: EquationSystem) -> [Int] {
    (loopCurrents(system) + cutsetVoltages(system)).sorted()
  }

  /// Branch currents of devices that fix a voltage and whose ends are joined through capacitors, sources and other such
  /// devices.
  private static func loopCurrents(_ system: EquationSystem) -> [Int] {
    let circuit = system.circuit
    guard circuit.groups.contains(where: { $0.model.topology.contains(where: \.fixesVoltage) }) else { return [] }
    var fixing: [(device: DeviceReference, a: NodeIndex, b: NodeIndex)] = []
    var joined = UnionFind(count: circuit.nodeNames.count)
    for (index, group) in circuit.groups.enumerated() {
      for (from, to) in system.locals[index]?.capacitivePaths ?? [] {
        for instance in 0..<group.count {
          joined.join(group.terminals[from][instance], to.map { group.terminals[$0][instance] } ?? 0)
        }
      }
      for fact in group.model.topology {
        switch fact {
        case .tiesVoltage(let a, let b):
          for instance in 0..<group.count { joined.join(group.terminals[a][instance], group.terminals[b][instance]) }
        case .fixesVoltage(let a, let b):
          for instance in 0..<group.count {
            let device = DeviceReference(group: index, instance: instance)
            fixing.append((device, group.terminals[a][instance], group.terminals[b][instance]))
          }
        case .conducts, .conductsInTime, .fixesCurrent: continue
        }
      }
    }
    let loops = LoopSearch(fixing.map { ($0.a, $0.b) }, joined: joined)
    return zip(fixing, loops.isInLoop).compactMap { branch, isInLoop in
      let unknown = system.unknowns.index(of: .current(branch.device))
      return isInLoop && unknown >= 0 ? Int(unknown) : nil
    }
  }

  /// Node voltages of parts that only inductors and current sources join to ground, at least one inductor among them.
  private static func cutsetVoltages(_ system: EquationSystem) -> [Int] {
    let circuit = system.circuit
    guard system.locals.contains(where: { $0?.isInductive == true }) else { return [] }
    var joined = UnionFind(count: circuit.nodeNames.count)
    var inductors: [(a: NodeIndex, b: NodeIndex)] = []
    for (index, group) in circuit.groups.enumerated() {
      let isInductive = system.locals[index]?.isInductive ?? false
      for fact in group.model.topology {
        switch fact {
        case .conducts(let a, let b) where isInductive, .fixesCurrent(let a, let b) where isInductive:
          for instance in 0..<group.count {
            inductors.append((group.terminals[a][instance], group.terminals[b][instance]))
          }
        case .conducts(let a, let b), .conductsInTime(let a, let b), .tiesVoltage(let a, let b),
          .fixesVoltage(let a, let b):
          for instance in 0..<group.count { joined.join(group.terminals[a][instance], group.terminals[b][instance]) }
        case .fixesCurrent: continue
        }
      }
    }
    guard !inductors.isEmpty else { return [] }
    let ground = joined.root(of: 0)
    var reached: Set<NodeIndex> = []
    for inductor in inductors {
      reached.insert(joined.root(of: inductor.a))
      reached.insert(joined.root(of: inductor.b))
    }
    return (1..<NodeIndex(circuit.nodeNames.count)).compactMap { node in
      let part = joined.root(of: node)
      guard part != ground, reached.contains(part) else { return nil }
      let unknown = system.unknowns.index(of: .voltage(node))
      return unknown >= 0 ? Int(unknown) : nil
    }
  }
}

extension TopologyFact {
  fileprivate var fixesVoltage: Bool { if case .fixesVoltage = self { true } else { false } }
}

extension LocalSystem {
  /// Terminals between which a current follows the rate of a voltage or a charge.
  var capacitivePaths: [(from: Int, to: Int?)] {
    zip(outputs, rows).compactMap { output, row in
      guard case .current(let from, let to) = output else { return nil }
      let isCapacitive = holdsRate(
        row,
        of: { kind in
          switch kind {
          case .voltage, .charge: true
          case .current, .waveform, .signal, .state, .algebraic, .delayed: false
          }
        })
      return isCapacitive ? (from, to) : nil
    }
  }

  /// Whether the device's voltage follows the rate of its own current.
  var isInductive: Bool {
    zip(outputs, rows).contains { output, row in
      guard output == .branch else { return false }
      return holdsRate(row, of: { if case .current = $0 { true } else { false } })
    }
  }

  private func holdsRate(_ row: NodeID, of isWanted: (Variable.Kind) -> Bool) -> Bool {
    graph.leaves(of: [row]).contains { leaf in
      guard case .rate(let index) = leaf else { return false }
      return isWanted(variables[index].kind)
    }
  }
}
