internal import Kernels

/// Arithmetic by name, for equations that are written in Swift.
extension ExpressionGraph {
  mutating func sum(_ left: NodeID, _ right: NodeID) -> NodeID { insert(.binary(.add, left, right)) }
  mutating func difference(_ left: NodeID, _ right: NodeID) -> NodeID { insert(.binary(.subtract, left, right)) }
  mutating func product(_ left: NodeID, _ right: NodeID) -> NodeID { insert(.binary(.multiply, left, right)) }
  mutating func quotient(_ left: NodeID, _ right: NodeID) -> NodeID { insert(.binary(.divide, left, right)) }
  mutating func negative(_ operand: NodeID) -> NodeID { insert(.unary(.negate, operand)) }

  /// 1 where a node over parameters is not 0, else 0.
  mutating func isNotZero(_ parameter: NodeID) -> NodeID {
    let positive = insert(.unary(.isPositive, parameter))
    let negative = insert(.unary(.isPositive, negative(parameter)))
    return sum(positive, negative)
  }

  /// The time derivative of `node` by the chain rule: the sum of its slopes by each variable times that variable's
  /// rate. Memories and modes stand still between events; an explicit `time` counts as a variable of rate 1.
  mutating func rate(of node: NodeID) -> NodeID {
    var total = constant(0)
    for leaf in leaves(of: [node]).sorted(by: Leaf.precedes) {
      switch leaf {
      case .variable(let index):
        let slope = derivative(of: node, by: leaf)
        total = sum(total, product(slope, self.leaf(.rate(index))))
      case .time:
        total = sum(total, derivative(of: node, by: leaf))
      case .parameter, .rate, .mode, .memory, .derived: break
      }
    }
    return total
  }
}

extension Leaf {
  /// A fixed order, so that equal models print equally.
  static func precedes(_ left: Leaf, _ right: Leaf) -> Bool { left.sortKey < right.sortKey }

  private var sortKey: (Int, Int) {
    switch self {
    case .time: (0, 0)
    case .parameter(let index): (1, index)
    case .variable(let index): (2, index)
    case .rate(let index): (3, index)
    case .mode(let index): (4, index)
    case .memory(let index): (5, index)
    case .derived(let index): (6, index)
    }
  }
}
