internal import Glibc

/// Exponentials whose arguments differ by a constant need one exponential:
///
///     exp(x/s + b) = exp(b - a) exp(x/s + a)
///
/// for a <= b <= a + 4. The least is kept and the others are larger, so that a product overflows where the exponential
/// would; below 1e-306, where the least begins to lose digits, the others lose them too. The factor and its product add
/// one rounding each.
extension ExpressionGraph {
  /// The part of the graph below `outputs` with such exponentials shared.
  func sharingExponentials(_ outputs: [NodeID]) -> (ExpressionGraph, [NodeID]) {
    guard let shared = sharedExponentials(below: outputs) else { return (self, outputs) }
    var result = ExpressionGraph()
    var copies = NodeTable<NodeID>()
    func copy(_ id: NodeID) -> NodeID {
      if let copy = copies[id] { return copy }
      // Operands precede their users, but for the argument of the exponential that is kept.
      let operation = self[id].mapOperands(copy)
      let copied: NodeID
      if let part = shared[id] {
        let kept = copy(part.kept)
        copied = result.multiply(kept, part.factor)
      } else if case .binary(.multiply, let x, let y) = operation, result.constantValue(of: y) != nil {
        // A constant factor of a product with a constant is one with it.
        copied = result.multiply(x, y)
      } else {
        copied = result.intern(operation)
      }
      copies[id] = copied
      return copied
    }
    for id in reachable(from: outputs) { _ = copy(id) }
    return (result, outputs.map(copy))
  }

  /// Exponentials that are another one times a factor; nil where there are none.
  private func sharedExponentials(below outputs: [NodeID]) -> NodeTable<(kept: NodeID, factor: Double)>? {
    var byBase: [NodeID: [(id: NodeID, slope: Double, offset: Double)]] = [:]
    for id in reachable(from: outputs) {
      guard case .unary(.exponential, let argument) = self[id] else { continue }
      let form = constantAffineForm(of: argument)
      if isRunning(form.base) { byBase[form.base, default: []].append((id, form.slope, form.offset)) }
    }
    var shared: NodeTable<(kept: NodeID, factor: Double)>?
    for exponentials in byBase.values {
      var kept: [(id: NodeID, slope: Double, offset: Double)] = []
      for next in exponentials.sorted(by: { ($0.offset, $0.id.index) < ($1.offset, $1.id.index) }) {
        // The same slope may have been written in two ways.
        let match = kept.first {
          abs($0.slope - next.slope) <= 2 * next.slope.ulp && next.offset - $0.offset <= Self.largestDistance
        }
        if let match {
          shared = shared ?? NodeTable()
          shared?[next.id] = (match.id, exp(next.offset - match.offset))
        } else {
          kept.append(next)
        }
      }
    }
    return shared
  }

  private static let largestDistance = 4.0

  /// `id` as slope*base + offset, with numbers that the graph holds as constants.
  private func constantAffineForm(of id: NodeID) -> (base: NodeID, slope: Double, offset: Double) {
    var (base, slope, offset) = (id, 1.0, 0.0)
    while true {
      switch self[base] {
      case .unary(.negate, let x):
        (base, slope) = (x, -slope)
      case .binary(.add, let x, let y):
        guard let constant = constantValue(of: y) else { return (base, slope, offset) }
        offset += slope * constant
        base = x
      case .binary(.subtract, let x, let y):
        guard let constant = constantValue(of: x) else { return (base, slope, offset) }
        offset += slope * constant
        (base, slope) = (y, -slope)
      case .binary(.multiply, let x, let y):
        guard let constant = constantValue(of: y) else { return (base, slope, offset) }
        (base, slope) = (x, slope * constant)
      case .binary(.divide, let x, let y):
        guard let constant = constantValue(of: y) else { return (base, slope, offset) }
        (base, slope) = (x, slope / constant)
      default:
        return (base, slope, offset)
      }
    }
  }
}
