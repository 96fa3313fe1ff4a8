/// A node as a sum of running nodes, each with a coefficient that is fixed in a run, and a fixed rest.
struct AffineSum {
  /// In order of first appearance.
  private var terms: [(node: NodeID, coefficient: NodeID)] = []
  private var rest: NodeID

  /// More terms than this are not looked at.
  private static let longest = 32

  /// nil where the sum is too long.
  init?(_ id: NodeID, in graph: inout ExpressionGraph) {
    rest = graph.constant(0)
    var stack = [(node: id, coefficient: graph.constant(1))]
    var steps = 0
    while let (node, coefficient) = stack.popLast() {
      steps += 1
      guard steps <= 4 * Self.longest, terms.count <= Self.longest else { return nil }
      guard graph.isRunning(node) else {
        rest = graph.add(rest, graph.multiply(coefficient, node))
        continue
      }
      switch graph[node] {
      case .unary(.negate, let x):
        stack.append((x, graph.negate(coefficient)))
      case .binary(.add, let x, let y):
        stack.append((y, coefficient))
        stack.append((x, coefficient))
      case .binary(.subtract, let x, let y):
        stack.append((y, graph.negate(coefficient)))
        stack.append((x, coefficient))
      case .binary(.multiply, let x, let y) where !graph.isRunning(y):
        stack.append((x, graph.multiply(coefficient, y)))
      case .binary(.multiply, let x, let y) where !graph.isRunning(x):
        stack.append((y, graph.multiply(coefficient, x)))
      case .binary(.divide, let x, let y) where !graph.isRunning(y):
        stack.append((x, graph.divide(coefficient, y)))
      default:
        add(node, coefficient, in: &graph)
      }
    }
  }

  private mutating func add(_ node: NodeID, _ coefficient: NodeID, in graph: inout ExpressionGraph) {
    if let index = terms.firstIndex(where: { $0.node == node }) {
      terms[index].coefficient = graph.add(terms[index].coefficient, coefficient)
    } else {
      terms.append((node, coefficient))
    }
  }

  /// The fixed k with `self` = k `other`, or nil if there is none.
  ///
  /// Coefficients made of parameters are compared by value at a few points chosen at random: two different rational
  /// functions of parameters agree at all of them with probability 0. Printed decimals differ by roundings.
  func ratio(to other: AffineSum, in graph: inout ExpressionGraph) -> NodeID? {
    guard let first = other.terms.first, terms.count == other.terms.count else { return nil }
    var left: [NodeID] = [rest]
    var right: [NodeID] = [other.rest]
    for term in other.terms {
      guard let match = terms.first(where: { $0.node == term.node }) else { return nil }
      left.append(match.coefficient)
      right.append(term.coefficient)
    }
    // Steps would make two points say nothing about a third.
    guard !graph.hasSteps(below: left + right) else { return nil }
    for seed in 1...4 {
      let values = graph.values(of: left + right) { Self.sample($0, seed) }
      let (a, b) = (values.prefix(left.count), values.suffix(right.count))
      let k = a[a.startIndex + 1] / b[b.startIndex + 1]
      guard k.isFinite, k != 0 else { return nil }
      for (x, y) in zip(a, b) where !(abs(x - k * y) <= 1e-11 * abs(x)) { return nil }
    }
    guard let numerator = terms.first(where: { $0.node == first.node }) else { return nil }
    return graph.divide(numerator.coefficient, first.coefficient)
  }

  /// A value between 0.5 and 1.5, well spread over parameters and seeds.
  private static func sample(_ leaf: Leaf, _ seed: Int) -> Double {
    let index =
      switch leaf {
      case .parameter(let k): 2 * k
      case .derived(let k): 2 * k + 1
      case .time, .variable, .rate, .mode, .memory, .draw: 0
      }
    var bits = UInt64(truncatingIfNeeded: index &* 4 &+ seed) &* 0x9e37_79b9_7f4a_7c15
    bits = (bits ^ (bits >> 31)) &* 0xbf58_476d_1ce4_e5b9
    return 0.5 + Double((bits ^ (bits >> 29)) >> 11) * 0x1p-53
  }
}

extension ExpressionGraph {
  fileprivate func hasSteps(below roots: [NodeID]) -> Bool {
    reachable(from: roots).contains { id in
      switch self[id] {
      case .select, .unary(.floor, _), .unary(.isPositive, _), .unary(.isNotNegative, _), .binary(.minimum, _, _),
        .binary(.maximum, _, _):
        true
      default: false
      }
    }
  }
}
