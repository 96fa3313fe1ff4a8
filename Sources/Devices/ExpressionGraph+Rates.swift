internal import Kernels

/// Time derivatives in a graph.
extension ExpressionGraph {
  /// The time derivative of `node` by the chain rule: the sum of its slopes by each variable times that variable's
  /// rate. Memories and modes stand still between events; an explicit `time` counts as a variable of rate 1.
  mutating func rate(of node: NodeID) -> NodeID {
    var total = constant(0)
    for leaf in leaves(of: [node]).sorted(by: Leaf.precedes) {
      switch leaf {
      case .variable(let index):
        let slope = derivative(of: node, by: leaf)
        total = add(total, multiply(slope, self.leaf(.rate(index))))
      case .time:
        total = add(total, derivative(of: node, by: leaf))
      case .parameter, .rate, .mode, .memory, .draw, .derived: break
      }
    }
    return total
  }

  /// `node` as `resistive + d(reactive)/dt`: its rates taken out; nil where one enters other than with a factor of
  /// parameters alone.
  mutating func splitRates(_ node: NodeID) -> (resistive: NodeID, reactive: NodeID?)? {
    let rates = leaves(of: [node]).filter(\.isRate).sorted(by: Leaf.precedes)
    guard !rates.isEmpty else { return (node, nil) }
    var reactive = constant(0)
    for rate in rates {
      guard case .rate(let index) = rate, case .linear = dependence(of: node, on: rate) else { return nil }
      reactive = add(reactive, multiply(derivative(of: node, by: rate), leaf(.variable(index))))
    }
    let zero = constant(0)
    return (substitute(node) { $0.isRate ? zero : nil }, reactive)
  }

  /// Whether every rate in `node` has a factor without rates.
  mutating func isLinearInRates(_ node: NodeID) -> Bool {
    for rate in leaves(of: [node]) where rate.isRate {
      let slope = derivative(of: node, by: rate)
      if leaves(of: [slope]).contains(where: \.isRate) || steps(in: node, with: rate) { return false }
    }
    return true
  }

  /// Whether `node` is a sum of variables and time with constant factors.
  mutating func isLinearInVariables(_ node: NodeID) -> Bool {
    for leaf in leaves(of: [node]) {
      switch leaf {
      case .variable, .time:
        if case .general = dependence(of: node, on: leaf) { return false }
      case .rate, .mode, .memory, .draw: return false
      case .parameter, .derived: break
      }
    }
    return true
  }
}

extension Leaf {
  var isRate: Bool {
    if case .rate = self { true } else { false }
  }

  /// A fixed order, so that equal models print equally.
  static func precedes(_ left: Leaf, _ right: Leaf) -> Bool { left.key < right.key }
}
