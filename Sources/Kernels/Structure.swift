/// How a node depends on leaves.
package enum Dependence: Sendable {
  case none
  /// The derivative depends on parameters and derived parameters alone.
  case linear
  case general
}

extension ExpressionGraph {
  /// Every leaf that `roots` can reach.
  package func leaves(of roots: [NodeID]) -> Set<Leaf> {
    var result: Set<Leaf> = []
    for id in reachable(from: roots) {
      if case .leaf(let leaf) = self[id] { result.insert(leaf) }
    }
    return result
  }

  /// How `root` depends on `leaf`.
  ///
  /// A step function (`floor`, a truth value) of the leaf has derivative 0 and yet is `general`.
  package mutating func dependence(of root: NodeID, on leaf: Leaf) -> Dependence {
    guard leaves(of: [root]).contains(leaf) else { return .none }
    let slope = derivative(of: root, by: leaf)
    if isRunning(slope) || steps(in: root, with: leaf) { return .general }
    return constantValue(of: slope) == 0 ? .none : .linear
  }

  /// Whether a step function below `root`, or a condition of a choice, depends on `leaf`.
  package func steps(in root: NodeID, with leaf: Leaf) -> Bool {
    var conditions: [NodeID] = []
    for id in reachable(from: [root]) {
      switch self[id] {
      case .unary(.floor, let x), .unary(.isPositive, let x), .unary(.isNotNegative, let x): conditions.append(x)
      case .select(let condition, _, _): conditions.append(condition)
      default: break
      }
    }
    return leaves(of: conditions).contains(leaf)
  }

  /// A copy of `root` in `self` with leaves replaced; leaves without replacement stay.
  package mutating func substitute(_ root: NodeID, _ replacement: (Leaf) -> NodeID?) -> NodeID {
    substitute([root], replacement)[0]
  }

  /// Copies of `roots` with leaves replaced, shared work copied once.
  package mutating func substitute(_ roots: [NodeID], _ replacement: (Leaf) -> NodeID?) -> [NodeID] {
    `import`(roots, from: self, replacement)
  }

  /// Copies `root` of `other` into `self`, its leaves replaced by `replacement` (nil keeps the leaf).
  package mutating func `import`(_ root: NodeID, from other: ExpressionGraph, _ replacement: (Leaf) -> NodeID?)
    -> NodeID
  {
    `import`([root], from: other, replacement)[0]
  }

  /// Copies `roots` of `other` into `self`, shared work copied once.
  package mutating func `import`(_ roots: [NodeID], from other: ExpressionGraph, _ replacement: (Leaf) -> NodeID?)
    -> [NodeID]
  {
    var copies = NodeTable<NodeID>()
    for id in other.reachable(from: roots) {
      let operation = other[id]
      if case .leaf(let leaf) = operation, let node = replacement(leaf) {
        copies[id] = node
      } else {
        copies[id] = insert(operation.mapOperands { copies[$0] ?? $0 })
      }
    }
    return roots.map { copies[$0] ?? $0 }
  }
}
