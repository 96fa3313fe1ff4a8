internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// How devices meet the border: the unknown behind each node, and the rows to which a node's currents are added.
final class Wiring {
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
    for case .current(let device) in unknowns.border.repeated {
      if let branch = forest.branch(of: device) {
        readBranches.append((branch, unknowns.index(of: .current(device))))
      }
    }
    readBranches.sort { $0.branch < $1.branch }
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
    switch variable.kind {
    case .voltage(let plus, let minus):
      result.plus = group.terminals[plus].map(unknown(of:))
      if let minus { result.minus = group.terminals[minus].map(unknown(of:)) }
    case .current:
      for instance in 0..<group.count {
        result.plus[instance] = unknowns.index(of: .current(DeviceReference(group: groupIndex, instance: instance)))
      }
    case .signal:
      guard let signal else { break }
      for (instance, binding) in group.signals[signal].enumerated() {
        if case .voltage(let plus, let minus) = binding {
          result.plus[instance] = unknown(of: plus)
          result.minus[instance] = unknown(of: minus)
        } else {
          result.plus[instance] = unknowns.index(of: binding, in: circuit)
        }
      }
    case .waveform, .state, .algebraic, .charge, .delayed: break
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
    case .current, .waveform, .state, .algebraic, .charge, .delayed: return (0, 0)
    }
  }

  /// The rows of an output: per instance its pair, and rows of read branches in the order of their instances.
  struct Rows {
    var plus: [Int32]
    var minus: [Int32]
    var extra: [(instance: Int, row: Int32, sign: Double)] = []

    /// Calls `body` with every row of `instance` and the sign it has there; instances come in order, and `next` is the
    /// place in `extra` reached.
    func forEach(of instance: Int, from next: inout Int, _ body: ((row: Int32, sign: Double)) -> Void) {
      body((plus[instance], 1))
      body((minus[instance], -1))
      while next < extra.count, extra[next].instance <= instance {
        if extra[next].instance == instance { body((extra[next].row, extra[next].sign)) }
        next += 1
      }
    }
  }

  func rows(of output: LocalSystem.Output, group index: Int) -> Rows {
    let group = circuit.groups[index]
    let count = group.count
    switch output {
    case .current(let from, let to):
      var rows = Rows(
        plus: group.terminals[from].map(unknown(of:)),
        minus: to.map { group.terminals[$0].map(unknown(of:)) } ?? Array(repeating: -1, count: count))
      if subtreeRows.isEmpty { return rows }
      for instance in 0..<count {
        for row in subtreeRows[group.terminals[from][instance]] ?? [] { rows.extra.append((instance, row, 1)) }
        for row in to.flatMap({ subtreeRows[group.terminals[$0][instance]] }) ?? [] {
          rows.extra.append((instance, row, -1))
        }
      }
      return rows
    case .branch: return single(count) { unknowns.index(of: .current(DeviceReference(group: index, instance: $0))) }
    case .branchRead(let signal): return single(count) { unknowns.index(of: group.signals[signal][$0], in: circuit) }
    case .repeated(let quantity):
      let candidates = group.model.quantities.indices.filter { group.model.quantities[$0].value == quantity }
      var variable: Int?
      if case .leaf(.variable(let index)) = group.model.graph[quantity] { variable = index }
      return single(count) { instance in
        let device = DeviceReference(group: index, instance: instance)
        for candidate in candidates {
          let row = unknowns.index(of: .quantity(device, index: candidate))
          if row >= 0 { return row }
        }
        return variable.map { unknowns.index(of: .repeatedVariable(device, index: $0)) } ?? -1
      }
    }
  }

  private func single(_ count: Int, _ row: (Int) -> Int32) -> Rows {
    Rows(plus: (0..<count).map(row), minus: Array(repeating: -1, count: count))
  }

  /// The part of the linear system that no device writes: w in w - quantity = 0, x in x = 0 of a placeholder, and ± i of a
  /// read source in the Kirchhoff law of its subtree.
  var identities: [LinearEntry] {
    var entries: [LinearEntry] = []
    let first = unknowns.border.count - unknowns.border.repeated.count
    for (offset, unknown) in unknowns.border.repeated.enumerated() {
      switch unknown {
      case .quantity, .repeatedVariable, .placeholder:
        let index = Int32(first + offset)
        entries.append(LinearEntry(row: index, column: index, conductance: 1, capacitance: 0))
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
