/// The straight line between two neighbouring points of a `.dc` chain.
///
/// Its time is the position along the chain, 0, 1, 2 ..., so that a sweep that returns (`back`) still runs forwards;
/// the swept value is its axis.
package final class ChainSegment: SolutionSegment {
  package let start: Double
  package let end: Double
  package let isLinear = true
  private let axisAtStart: Double
  private let axisAtEnd: Double
  private let valuesAtStart: [Double]
  private let valuesAtEnd: [Double]

  /// From point `position` of the chain to the next; the values are those of the watched signals.
  package init(
    position: Int, from first: (axis: Double, values: [Double]), to second: (axis: Double, values: [Double])
  ) {
    start = Double(position)
    end = Double(position) + 1
    axisAtStart = first.axis
    axisAtEnd = second.axis
    valuesAtStart = first.values
    valuesAtEnd = second.values
  }

  package func axis(at time: Double) -> Double {
    mix(axisAtStart, axisAtEnd, time - start)
  }

  package func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    for signal in valuesAtStart.indices {
      values[signal] = mix(valuesAtStart[signal], valuesAtEnd[signal], time - start)
    }
  }

  package func sample(_ sample: Int, of signal: Int) -> Double {
    mix(valuesAtStart[signal], valuesAtEnd[signal], 0.5 * (GaussLobatto.points[sample] + 1))
  }

  /// Exact at both ends, so that a threshold read off a point is that point's own value.
  private func mix(_ first: Double, _ second: Double, _ share: Double) -> Double {
    if share <= 0 { return first }
    if share >= 1 { return second }
    return first + share * (second - first)
  }
}
