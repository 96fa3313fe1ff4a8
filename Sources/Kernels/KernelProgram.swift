/// A register program: the values of some nodes of a graph from its leaves, for any number of instances.
package struct KernelProgram: Sendable {
  /// The leaves it reads, in the order `KernelRunner.run` wants their columns.
  package var leaves: [Leaf]
  package var outputCount: Int

  /// Compiles `outputs` of `graph`: dead nodes dropped, registers reused.
  package init(_ graph: ExpressionGraph, outputs: [NodeID]) {
    leaves = []
    outputCount = outputs.count  // contract
  }
}

/// Splits a graph at the frontier between work on parameters alone and running work.
package struct ParameterHoisting: Sendable {
  /// `graph` with `.derived(k)` in place of every maximal parameter-only node that is more than a leaf or constant.
  package var graph: ExpressionGraph
  /// The wanted nodes in `graph`.
  package var outputs: [NodeID]
  /// Node (of the original graph, parameters alone) that `.derived(k)` stands for.
  package var derived: [NodeID]

  package init(_ original: ExpressionGraph, outputs: [NodeID]) {
    graph = original  // contract
    self.outputs = outputs
    derived = []
  }
}
