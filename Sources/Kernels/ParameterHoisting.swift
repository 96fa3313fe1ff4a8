/// Splits a graph without `.derived` leaves at the frontier between work on parameters alone and running work.
package struct ParameterHoisting: Sendable {
  /// `graph` with `.derived(k)` in place of every maximal parameter-only node that is more than a leaf or constant.
  package private(set) var graph: ExpressionGraph
  /// The wanted nodes in `graph`.
  package private(set) var outputs: [NodeID]
  /// Node (of the original graph, parameters alone) that `.derived(k)` stands for.
  package private(set) var derived: [NodeID]

  package init(_ original: ExpressionGraph, outputs: [NodeID]) {
    graph = ExpressionGraph()
    self.outputs = []
    derived = []
    // Running nodes are copied; a parameter-only one becomes a leaf where a running one (or the caller) asks for it.
    var copies = NodeTable<NodeID>()
    for id in original.reachable(from: outputs) where original.isRunning(id) {
      original[id].forEachOperand { hoist($0, from: original, &copies) }
      copies[id] = graph.insert(original[id].mapOperands { copies[$0] ?? $0 })
    }
    for output in outputs {
      hoist(output, from: original, &copies)
      self.outputs.append(copies[output] ?? output)
    }
  }

  private mutating func hoist(_ id: NodeID, from original: ExpressionGraph, _ copies: inout NodeTable<NodeID>) {
    guard copies[id] == nil else { return }
    switch original[id] {
    case .constant, .leaf:
      copies[id] = graph.intern(original[id])
    default:
      copies[id] = graph.leaf(.derived(derived.count))
      derived.append(id)
    }
  }
}
