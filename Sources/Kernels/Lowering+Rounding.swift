internal import Diagnostics

/// Whole numbers. Of a running quantity they turn at stored instants, like comparisons.
extension LoweringContext {
  /// The largest whole number not above `x`.
  ///
  /// What is stored is whether it is even; then it is the even (or odd) number nearest in the middle of its interval, and
  /// goes on to be it for half an interval beyond both ends.
  mutating func roundedDown(_ x: NodeID, _ range: SourceRange) -> NodeID {
    guard needsGuard(x) else { return graph.apply(.floor, x) }
    let one = graph.constant(1)
    let rest = graph.subtract(x, twice(graph.apply(.floor, graph.multiply(x, 0.5))))
    let isEven = isPositive(graph.subtract(one, rest), range)
    let even = twice(graph.apply(.floor, graph.multiply(graph.add(x, 0.5), 0.5)))
    let odd = graph.add(twice(graph.apply(.floor, graph.multiply(graph.add(x, -0.5), 0.5))), 1)
    return graph.select(isEven, even, odd)
  }

  mutating func roundedUp(_ x: NodeID, _ range: SourceRange) -> NodeID {
    let down = roundedDown(graph.negate(x), range)
    return graph.negate(down)
  }

  /// The whole number between 0 and `x` that is nearest to `x`: of the magnitude, so that nothing turns at 0.
  mutating func roundedToZero(_ x: NodeID, _ range: SourceRange) -> NodeID {
    let magnitude = graph.insert(.binary(.maximum, x, graph.negate(x)))
    let down = roundedDown(magnitude, range)
    return graph.select(graph.apply(.isNotNegative, x), down, graph.negate(down))
  }

  /// Halves go to the even neighbour: x + 1/2 is then a whole number, and where that is odd it is one too large.
  mutating func nearestInteger(_ x: NodeID, _ range: SourceRange) -> NodeID {
    let shifted = graph.add(x, 0.5)
    let up = roundedDown(shifted, range)
    let half = graph.multiply(up, 0.5)
    let isOdd = graph.apply(.isPositive, graph.subtract(half, graph.apply(.floor, half)))
    let isReached = graph.apply(.isNotNegative, graph.subtract(up, shifted))
    let isHalf = graph.select(
      isReached, graph.apply(.isNotNegative, graph.subtract(shifted, up)), graph.constant(0))
    let correction = graph.select(isHalf, isOdd, graph.constant(0))
    return graph.subtract(up, correction)
  }

  private mutating func twice(_ x: NodeID) -> NodeID { graph.multiply(x, 2) }
}
