extension SegmentView {
  /// The share of a segment over which a slope is taken: the polynomial's rounding and its curvature are far below it.
  private static let slopeWidth = 1e-4

  /// The derivative of a signal by the axis, from inside the segment.
  func slope(of signal: Int, at time: Double) -> Double {
    let width = Self.slopeWidth * (end - start)
    let (before, after) = (max(start, time - width), min(end, time + width))
    let distance = axis(at: after) - axis(at: before)
    let first = value(of: signal, at: before)
    return (value(of: signal, at: after) - first) / distance
  }
}
