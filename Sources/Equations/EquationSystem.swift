package import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// What the equations are, before any memory is laid out: eliminated nodes, unknowns, each group's rows.
///
/// A value: shared by any number of runs, each with a `SystemEvaluator` of its own.
package struct EquationSystem: Sendable {
  package private(set) var circuit: Circuit
  package let forest: SourceForest
  package let unknowns: UnknownTable
  /// Per group its rows; nil for ideal sources, which have none.
  let locals: [LocalSystem?]
  /// Groups that are linear through and through: they become the border's constant matrices.
  let linearGroups: [Int]
  let kernelGroups: [Int]
  let compiled: CompiledGroups

  package init(_ circuit: Circuit) {
    self.circuit = circuit
    forest = SourceForest(circuit)
    var unknowns = UnknownTable(circuit, forest)
    var locals: [LocalSystem?] = []
    var linearGroups: [Int] = []
    var kernelGroups: [Int] = []
    for (index, group) in circuit.groups.enumerated() {
      guard group.model.tie == nil else {
        locals.append(nil)
        unknowns.addInternals([], instances: group.count)
        continue
      }
      var local = LocalSystem(
        group.model, repeated: EquationSystem.repeated(index, circuit, unknowns), holdsStarts: !group.heldStarts.isEmpty
      )
      if local.isLinear(group.model) { linearGroups.append(index) } else { kernelGroups.append(index) }
      unknowns.addInternals(local.internals, instances: group.count)
      locals.append(local)
    }
    unknowns.fillWithPlaceholder()
    self.unknowns = unknowns
    self.locals = locals
    self.linearGroups = linearGroups
    self.kernelGroups = kernelGroups
    compiled = CompiledGroups()
  }

  /// The equations of `circuit`: those of `other` with other values where its structure is the same.
  package init(_ circuit: Circuit, like other: EquationSystem) {
    if circuit.hasEqualStructure(to: other.circuit) {
      self = other.with(circuit)
    } else {
      self.init(circuit)
    }
  }

  /// The equations of a circuit that differs from this one in values alone.
  package func with(_ circuit: Circuit) -> EquationSystem {
    var system = self
    system.circuit = circuit
    return system
  }

  /// Whether this system and `other` are one but for values.
  package func isLike(_ other: EquationSystem) -> Bool { compiled === other.compiled }

  /// The nodes of a group's model that other devices read.
  private static func repeated(_ group: Int, _ circuit: Circuit, _ unknowns: UnknownTable) -> [NodeID] {
    var nodes: [NodeID] = []
    let model = circuit.groups[group].model
    for unknown in unknowns.border.repeated {
      switch unknown {
      case .quantity(let device, let index) where device.group == group:
        if !nodes.contains(model.quantities[index].value) { nodes.append(model.quantities[index].value) }
      case .repeatedVariable(let device, let index) where device.group == group:
        var graph = model.graph
        let leaf = graph.leaf(.variable(index))
        if Int(leaf.index) < model.graph.operations.count, !nodes.contains(leaf) { nodes.append(leaf) }
      default: continue
      }
    }
    return nodes
  }

  /// The name a user knows an unknown by: `v(a)`, `i(l1)`, `state n of n1`.
  package func name(of unknown: Int) -> String {
    switch unknowns.unknown(at: unknown) {
    case .voltage(let node): return "v(\(circuit.nodeNames[Int(node)]))"
    case .current(let device): return "i(\(name(of: device)))"
    case .quantity(let device, let index):
      return "@\(name(of: device))[\(circuit.groups[device.group].model.quantities[index].name)]"
    case .repeatedVariable(let device, let index), .variable(let device, let index):
      let variables = circuit.groups[device.group].model.variables
      return "@\(name(of: device))[\(index < variables.count ? variables[index].name : "charge")]"
    case .placeholder: return "x"
    }
  }

  /// The equation of row `row`: Kirchhoff's law of a node, or a device's.
  package func equationName(of row: Int) -> String {
    switch unknowns.unknown(at: row) {
    case .voltage(let node): "Kirchhoff's current law of node \(circuit.nodeNames[Int(node)])"
    case .current(let device): "the branch equation of \(name(of: device))"
    case .quantity(let device, _), .repeatedVariable(let device, _): "the quantity read from \(name(of: device))"
    case .variable: "the equation of \(name(of: row))"
    case .placeholder: "x = 0, for sources give every voltage"
    }
  }

  package func name(of device: DeviceReference) -> String { circuit.groups[device.group].names[device.instance] }
}
