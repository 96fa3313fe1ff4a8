internal import Circuits
internal import Devices
internal import Kernels

/// Nodes whose voltage enters a current by an exponential, as that of a junction.
///
/// An exponential forgives no voltage error above n k T/q, however small that is beside the voltage itself: Newton's
/// corrections with one Jacobian, from a point above, fall like 1, 0.37, 0.25 of it and seem to converge long before they
/// do. So these voltages are asked for to a tenth of k T/q at least.
struct Junctions: Sendable {
  /// V.
  static let tolerance = 2.5e-3

  /// Unknowns, rising.
  let unknowns: [Int]
  /// Whether some of a diode's are held by no capacitor.
  let areAlgebraic: Bool

  init(_ system: EquationSystem) {
    let circuit = system.circuit
    var nodes: Set<NodeIndex> = []
    var ofDiodes: Set<NodeIndex> = []
    for index in system.kernelGroups {
      guard let local = system.locals[index] else { continue }
      for case .voltage(let plus, let minus) in local.exponentialInputs {
        for end in [plus, minus].compactMap({ $0 }) {
          for node in circuit.groups[index].terminals[end] { nodes.insert(system.forest.roots[Int(node)]) }
        }
      }
      if circuit.groups[index].model.name.hasPrefix("diode") {
        for ends in circuit.groups[index].terminals { ofDiodes.formUnion(ends.map { system.forest.roots[Int($0)] }) }
      }
    }
    nodes = nodes.filter { system.unknowns.index(of: .voltage($0)) >= 0 }
    unknowns = nodes.map { Int(system.unknowns.index(of: .voltage($0))) }.sorted()
    areAlgebraic = !ofDiodes.intersection(nodes).isSubset(of: Self.heldNodes(of: system))
  }

  /// Roots of the nodes that a capacitor or a charge touches.
  private static func heldNodes(of system: EquationSystem) -> Set<NodeIndex> {
    var held: Set<NodeIndex> = []
    for (index, group) in system.circuit.groups.enumerated() {
      for (from, to) in system.locals[index]?.capacitivePaths ?? [] {
        for end in [from, to].compactMap({ $0 }) {
          held.formUnion(group.terminals[end].map { system.forest.roots[Int($0)] })
        }
      }
    }
    return held
  }
}

extension LocalSystem {
  /// What exponentials in the currents read.
  var exponentialInputs: [Variable.Kind] {
    let currents = zip(outputs, rows).compactMap { output, row -> NodeID? in
      if case .current = output { row } else { nil }
    }
    let operands = graph.reachable(from: currents).compactMap { id -> NodeID? in
      switch graph[id] {
      case .unary(.exponential, let operand), .unary(.exponentialMinusOne, let operand): operand
      default: nil
      }
    }
    return graph.leaves(of: operands).compactMap { leaf in
      if case .variable(let index) = leaf { variables[index].kind } else { nil }
    }
  }
}
