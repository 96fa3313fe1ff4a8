/// Evaluation node by node, for one instance: parameters at elaboration, and the reference for kernels.
extension ExpressionGraph {
  /// The value of `id` where every leaf has the value that `leaves` gives.
  package func value(of id: NodeID, leaves: (Leaf) -> Double) -> Double {
    values(of: [id], leaves: leaves)[0]
  }

  /// The values of `roots`, each node below them evaluated once.
  package func values(of roots: [NodeID], leaves: (Leaf) -> Double) -> [Double] {
    var values = [Double](repeating: 0, count: (roots.map { Int($0.index) }.max() ?? -1) + 1)
    for id in reachable(from: roots) {
      values[Int(id.index)] =
        switch self[id] {
        case .constant(let bits): Double(bitPattern: bits)
        case .leaf(let leaf): leaves(leaf)
        case .unary(let function, let x): function.value(values[Int(x.index)])
        case .binary(let function, let x, let y): function.value(values[Int(x.index)], values[Int(y.index)])
        case .integerPower(let x, let n): Operation.integerPower(values[Int(x.index)], n)
        case .select(let condition, let then, let otherwise):
          values[Int(values[Int(condition.index)] != 0 ? then.index : otherwise.index)]
        }
    }
    return roots.map { values[Int($0.index)] }
  }
}
