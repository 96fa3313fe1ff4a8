internal import Kernels

extension ExpressionGraph {
  /// `node` as `resistive + d(reactive)/dt`: its rates taken out; nil where one enters other than with a factor of
  /// parameters alone.
  mutating func splitRates(_ node: NodeID) -> (resistive: NodeID, reactive: NodeID?)? {
    let rates = leaves(of: [node]).filter(\.isRate).sorted(by: Leaf.precedes)
    guard !rates.isEmpty else { return (node, nil) }
    var reactive = constant(0)
    for rate in rates {
      guard case .rate(let index) = rate, case .linear = dependence(of: node, on: rate) else { return nil }
      reactive = sum(reactive, product(derivative(of: node, by: rate), leaf(.variable(index))))
    }
    let zero = constant(0)
    return (substitute(node) { $0.isRate ? zero : nil }, reactive)
  }
}

extension Leaf {
  var isRate: Bool {
    if case .rate = self { true } else { false }
  }
}
