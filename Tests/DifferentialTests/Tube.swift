import Foundation

/// A tube around a curve: all points within `width` of the axis and `height` of the value from some point of it.
struct Tube {
  let axis: [Double]
  let values: [Double]
  let width: Double
  let height: Double

  /// Whether the tube holds every point of another curve; else the one that is furthest outside. A point beyond the ends
  /// has nothing to be compared with: neuristor writes multiples of tstep alone.
  func firstOutside(_ otherAxis: [Double], _ otherValues: [Double]) -> (at: Double, value: Double, beyond: Double)? {
    var worst: (at: Double, value: Double, beyond: Double)?
    var window = SlidingWindow(axis: axis, values: values)
    guard let start = axis.first, let stop = axis.last else { return nil }
    for (at, value) in zip(otherAxis, otherValues) where at >= start && at <= stop {
      let (least, greatest) = window.extremes(from: at - width, to: at + width)
      let beyond = max(value - greatest, least - value) - height
      if !(beyond <= (worst?.beyond ?? 0)) { worst = (at, value, beyond) }
    }
    return worst
  }
}

/// The least and greatest value of a polygon over an interval that moves to the right.
private struct SlidingWindow {
  let axis: [Double]
  let values: [Double]
  /// The first point that is not left of the interval.
  private var start = 0

  init(axis: [Double], values: [Double]) {
    self.axis = axis
    self.values = values
  }

  mutating func extremes(from lower: Double, to upper: Double) -> (Double, Double) {
    while start < axis.count, axis[start] < lower { start += 1 }
    let first = value(at: lower, before: start)
    var (least, greatest) = (first, first)
    var point = start
    while point < axis.count, axis[point] <= upper {
      least = min(least, values[point])
      greatest = max(greatest, values[point])
      point += 1
    }
    let last = value(at: upper, before: point)
    return (min(least, last), max(greatest, last))
  }

  /// On the line that ends at `point`; outside the curve its end.
  private func value(at place: Double, before point: Int) -> Double {
    guard point > 0 else { return values[0] }
    guard point < axis.count else { return values[axis.count - 1] }
    let (left, right) = (axis[point - 1], axis[point])
    if right <= left { return values[point] }
    return values[point - 1] + (values[point] - values[point - 1]) * (place - left) / (right - left)
  }
}
