extension ExpressionGraph {
  /// The exact partial derivative of `root` by `leaf`, all other leaves fixed; `constant(0)` where it does not depend.
  package mutating func derivative(of root: NodeID, by leaf: Leaf) -> NodeID {
    constant(0)  // contract
  }
}
