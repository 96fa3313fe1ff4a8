internal import Glibc

/// Of the logarithms of two exponentials, of which one is made of the other.
private let largestDistance = 4.0

/// Exponentials whose arguments differ by a constant need one exponential, and so do those of which one argument is, but
/// for a constant, twice the other, as in the rates of Hodgkin and Huxley's h:
///
///     exp(x/s + b) = exp(b - a) exp(x/s + a)
///     exp(2x/s + b) = exp(b - 2a) exp(x/s + a)^2
///
/// for factors from 1 to exp(4). The least is kept and the others are larger, so that a product overflows where the
/// exponential would; below 1e-306, where the least begins to lose digits, the others lose them too. The factor and its
/// product add one rounding each; a square doubles the error of what it is made of.
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
        // Powers have been written as products before.
        copied = result.multiply(part.isSquared ? result.intern(.binary(.multiply, kept, kept)) : kept, part.factor)
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

  /// What an exponential is of another one.
  private struct Share {
    var kept: NodeID
    var isSquared = false
    var factor: Double
  }

  /// exp(slope*x + offset) of some x.
  private struct AffineExponential {
    var id: NodeID
    var slope: Double
    var offset: Double

    /// How `next` is made of `count` factors that are this; nil where it is something else.
    func share(of next: AffineExponential, _ count: Int) -> Share? {
      let distance = next.offset - Double(count) * offset
      // The same slope may have been written in two ways.
      guard abs(Double(count) * slope - next.slope) <= 2 * next.slope.ulp, distance >= 0, distance <= largestDistance
      else { return nil }
      return Share(kept: id, isSquared: count == 2, factor: exp(distance))
    }
  }

  /// Exponentials that are made of another one; nil where there are none.
  private func sharedExponentials(below outputs: [NodeID]) -> NodeTable<Share>? {
    var byBase: [NodeID: [AffineExponential]] = [:]
    for id in reachable(from: outputs) {
      guard case .unary(.exponential, let argument) = self[id] else { continue }
      let form = constantAffineForm(of: argument)
      guard isRunning(form.base) else { continue }
      byBase[form.base, default: []].append(AffineExponential(id: id, slope: form.slope, offset: form.offset))
    }
    var shared: NodeTable<Share>?
    func take(_ share: Share?, for id: NodeID) -> Bool {
      guard let share else { return false }
      shared = shared ?? NodeTable()
      shared?[id] = share
      return true
    }
    for exponentials in byBase.values where exponentials.count > 1 {
      var different: [AffineExponential] = []
      for next in exponentials.sorted(by: { ($0.offset, $0.id.index) < ($1.offset, $1.id.index) }) {
        let share = different.lazy.compactMap { $0.share(of: next, 1) }.first
        if !take(share, for: next.id) { different.append(next) }
      }
      var kept: [AffineExponential] = []
      for next in different.sorted(by: { (abs($0.slope), $0.id.index) < (abs($1.slope), $1.id.index) }) {
        let share = kept.lazy.compactMap { $0.share(of: next, 2) }.first
        if !take(share, for: next.id) { kept.append(next) }
      }
    }
    return shared
  }

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
