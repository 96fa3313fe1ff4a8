internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// How devices meet the border: the unknown behind each node, and the rows to which a node's currents are added.
struct Wiring {
  let circuit: Circuit
  let forest: SourceForest
  let unknowns: UnknownTable
  /// Branches whose current is read: the row of that current is Kirchhoff's law of the branch's subtree.
  private let readBranches: [(branch: Int, row: Int32)]
  /// Rows, beyond the root's, to which the currents of a node are added; only nodes below a read branch have any.
  private let subtreeRows: [NodeIndex: [Int32]]

  init(_ circuit: Circuit, _ forest: SourceForest, _ unknowns: UnknownTable) {
    self.circuit = circuit
    self.forest = forest
    self.unknowns = unknowns
    var readBranches: [(branch: Int, row: Int32)] = []
    for (index, branch) in forest.branches.enumerated() {
      let row = unknowns.index(of: .current(branch.device))
      if row >= 0 { readBranches.append((index, row)) }
    }
    var subtreeRows: [NodeIndex: [Int32]] = [:]
    for read in readBranches {
      for node in forest.subtree(of: read.branch) { subtreeRows[node, default: []].append(read.row) }
    }
    self.readBranches = readBranches
    self.subtreeRows = subtreeRows
  }

  /// The unknown a node's voltage is made of; -1 where it is a known function of time.
  func unknown(of node: NodeIndex) -> Int32 {
    let root = forest.roots[Int(node)]
    return root == 0 ? -1 : unknowns.index(of: .voltage(root))
  }

  /// The nodes of a `.voltage` variable or a `.current` row of instance `instance`.
  func nodes(plus: Int, minus: Int?, _ group: DeviceGroup, _ instance: Int) -> (plus: NodeIndex, minus: NodeIndex) {
    (group.terminals[plus][instance], minus.map { group.terminals[$0][instance] } ?? 0)
  }

  /// The pair of unknowns whose difference a device variable reads.
  func incidence(of variable: Variable, index: Int, signal: Int?, group groupIndex: Int) -> Incidence {
    let group = circuit.groups[groupIndex]
    var result = Incidence(
      plus: Array(repeating: -1, count: group.count), minus: Array(repeating: -1, count: group.count))
    for instance in 0..<group.count {
      switch variable.kind {
      case .voltage(let plus, let minus):
        let nodes = nodes(plus: plus, minus: minus, group, instance)
        result.plus[instance] = unknown(of: nodes.plus)
        result.minus[instance] = unknown(of: nodes.minus)
      case .current:
        result.plus[instance] = unknowns.index(of: .current(DeviceReference(group: groupIndex, instance: instance)))
      case .signal:
        guard let signal else { break }
        let binding = group.signals[signal][instance]
        if case .voltage(let plus, let minus) = binding {
          result.plus[instance] = unknown(of: plus)
          result.minus[instance] = unknown(of: minus)
        } else {
          result.plus[instance] = unknowns.index(of: binding, in: circuit)
        }
      case .waveform, .state, .algebraic, .charge: break
      }
    }
    return result
  }

  /// The nodes whose tied voltages are the known part of a device variable; (0, 0) where there is none.
  func tiedNodes(of variable: Variable, signal: Int?, group: DeviceGroup, instance: Int) -> (NodeIndex, NodeIndex) {
    switch variable.kind {
    case .voltage(let plus, let minus):
      let nodes = nodes(plus: plus, minus: minus, group, instance)
      return (nodes.plus, nodes.minus)
    case .signal:
      if let signal, case .voltage(let plus, let minus) = group.signals[signal][instance] { return (plus, minus) }
      return (0, 0)
    case .current, .waveform, .state, .algebraic, .charge: return (0, 0)
    }
  }

  /// The rows of an output of instance `instance` with their signs: its pair first, then rows of read branches.
  func rows(of output: LocalSystem.Output, group groupIndex: Int, instance: Int)
    -> (plus: Int32, minus: Int32, extra: [(row: Int32, sign: Double)])
  {
    let group = circuit.groups[groupIndex]
    let device = DeviceReference(group: groupIndex, instance: instance)
    switch output {
    case .current(let from, let to):
      let nodes = nodes(plus: from, minus: to, group, instance)
      var extra: [(row: Int32, sign: Double)] = []
      for row in subtreeRows[nodes.plus] ?? [] { extra.append((row, 1)) }
      for row in subtreeRows[nodes.minus] ?? [] { extra.append((row, -1)) }
      return (unknown(of: nodes.plus), unknown(of: nodes.minus), extra)
    case .branch:
      return (unknowns.index(of: .current(device)), -1, [])
    case .repeated(let quantity):
      for (index, candidate) in group.model.quantities.enumerated() where candidate.value == quantity {
        let row = unknowns.index(of: .quantity(device, index: index))
        if row >= 0 { return (row, -1, []) }
      }
      if case .leaf(.variable(let index)) = group.model.graph[quantity] {
        return (unknowns.index(of: .repeatedVariable(device, index: index)), -1, [])
      }
      return (-1, -1, [])
    }
  }

  /// The part of the linear system that no device writes: w in w - quantity = 0, x in x = 0 of a placeholder, and ± i of a
  /// read source in the Kirchhoff law of its subtree.
  var identities: [LinearEntry] {
    var entries: [LinearEntry] = []
    for (index, unknown) in unknowns.border.enumerated() {
      switch unknown {
      case .quantity, .repeatedVariable, .placeholder:
        entries.append(LinearEntry(row: Int32(index), column: Int32(index), conductance: 1, capacitance: 0))
      case .voltage, .current, .variable: continue
      }
    }
    for read in readBranches {
      let sign = forest.branches[read.branch].sign
      entries.append(LinearEntry(row: read.row, column: read.row, conductance: sign, capacitance: 0))
    }
    return entries
  }
}
