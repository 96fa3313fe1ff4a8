internal import Kernels

/// Time derivatives of expressions, each by the chain rule where the expression is linear, else as the rate of a
/// charge: an unknown of its own with the row q - q(v) = 0, so that charge is conserved.
struct ChargeTable {
  private(set) var charges: [(variable: Int, charge: NodeID)] = []

  /// d(`node`)/dt; a new charge is appended to `variables`.
  mutating func rate(of node: NodeID, variables: inout [Variable], graph: inout ExpressionGraph) -> NodeID {
    if graph.isLinearInVariables(node) { return graph.rate(of: node) }
    if let known = charges.first(where: { $0.charge == node }) { return graph.leaf(.rate(known.variable)) }
    variables.append(Variable(name: "charge#\(charges.count + 1)", kind: .charge, unit: "C"))
    charges.append((variables.count - 1, node))
    return graph.leaf(.rate(variables.count - 1))
  }

  /// The rows of all charges; nil where one holds a rate other than linearly.
  func equations(in graph: inout ExpressionGraph) -> [Equation]? {
    var equations: [Equation] = []
    for (variable, charge) in charges {
      let row = graph.subtract(graph.leaf(.variable(variable)), charge)
      guard let parts = graph.splitRates(row) else { return nil }
      equations.append(Equation(row: .variable(variable), resistive: parts.resistive, reactive: parts.reactive))
    }
    return equations
  }
}
