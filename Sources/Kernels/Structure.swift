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
    []  // contract
  }

  /// How `root` depends on `leaf`.
  package mutating func dependence(of root: NodeID, on leaf: Leaf) -> Dependence {
    .general  // contract
  }

  /// A copy of `root` in `self` with leaves replaced; leaves without replacement stay.
  package mutating func substitute(_ root: NodeID, _ replacement: (Leaf) -> NodeID?) -> NodeID {
    root  // contract
  }

  /// Copies `root` of `other` into `self`, its leaves replaced by `replacement` (nil keeps the leaf).
  package mutating func `import`(_ root: NodeID, from other: ExpressionGraph, _ replacement: (Leaf) -> NodeID?)
    -> NodeID
  {
    root  // contract
  }
}
