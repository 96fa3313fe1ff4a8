/// One signal over a part of a segment, with the integrals and extremes that statistics are made of.
package struct SegmentPiece {
  private let view: SegmentView
  private let signal: Int
  let start: Double
  let end: Double
  /// The signal at the five Gauss-Lobatto points of this part.
  private let values: SIMD8<Double>
  /// Where two rules differ by more than this share of the integral of the magnitude, the interval is halved.
  private let tolerance: Double

  init(of signal: Int, in view: SegmentView, from start: Double, to end: Double, tolerance: Double) {
    self.view = view
    self.signal = signal
    self.start = start
    self.end = end
    self.tolerance = tolerance
    values =
      start == view.start && end == view.end
      ? view.samples(of: signal) : Self.values(of: signal, in: view, from: start, to: end)
  }

  private static func values(
    of signal: Int, in view: SegmentView, from start: Double, to end: Double
  ) -> SIMD8<Double> {
    var values = SIMD8<Double>(repeating: 0)
    for point in 0..<GaussLobatto.count {
      values[point] = view.value(of: signal, at: GaussLobatto.time(point, from: start, to: end))
    }
    return values
  }

  /// How far the axis moves over this part; negative where a sweep goes back.
  var axisLength: Double { view.axis(at: end) - view.axis(at: start) }

  /// The signal at the end.
  var last: Double { values[GaussLobatto.count - 1] }

  /// The axis at `time`.
  func axis(at time: Double) -> Double { view.axis(at: time) }

  /// The integral of `function` of the signal over the axis; along a chain by trapezoids of its points, as in ngspice
  /// and Xyce.
  func integral(of function: (Double) -> Double) -> Double {
    guard end > start else { return 0 }
    if view.isLinear { return 0.5 * (function(values[0]) + function(last)) * axisLength }
    return integral(of: function, from: start, to: end, values, depth: 0) * axisLength / (end - start)
  }

  private func integral(
    of function: (Double) -> Double, from start: Double, to end: Double, _ values: SIMD8<Double>, depth: Int
  ) -> Double {
    let transformed = Self.map(values, function)
    let half = 0.5 * (end - start)
    let whole = half * GaussLobatto.integral(transformed)
    let allowed = tolerance * half * GaussLobatto.integral(Self.map(transformed) { abs($0) })
    if abs(whole - half * GaussLobatto.simpsonIntegral(transformed)) <= allowed || depth == 12 { return whole }
    let middle = start + half
    let left = Self.values(of: signal, in: view, from: start, to: middle)
    let right = Self.values(of: signal, in: view, from: middle, to: end)
    let halves =
      0.5 * half
      * (GaussLobatto.integral(Self.map(left, function)) + GaussLobatto.integral(Self.map(right, function)))
    if abs(whole - halves) <= allowed || halves.isNaN { return halves }
    return integral(of: function, from: start, to: middle, left, depth: depth + 1)
      + integral(of: function, from: middle, to: end, right, depth: depth + 1)
  }

  private static func map(_ values: SIMD8<Double>, _ function: (Double) -> Double) -> SIMD8<Double> {
    var result = SIMD8<Double>(repeating: 0)
    for point in 0..<GaussLobatto.count { result[point] = function(values[point]) }
    return result
  }

  /// The largest value of `sign` times the signal if it exceeds `bound`, and where.
  ///
  /// Between two points a peak is sought where the slope turns; the crossing of the two end tangents bounds it from
  /// above, so that a peak that cannot win costs nothing.
  func maximum(sign: Double, above bound: Double) -> (time: Double, value: Double)? {
    func time(_ point: Int) -> Double { GaussLobatto.time(point, from: start, to: end) }
    let heights = values * sign
    var best: (time: Double, value: Double)?
    for point in 0..<GaussLobatto.count where heights[point] > best?.value ?? bound {
      best = (time(point), heights[point])
    }
    guard end > start else { return best }
    let slopes = GaussLobatto.derivatives(heights) * (2 / (end - start))
    for point in 1..<GaussLobatto.count where slopes[point - 1] > 0 && slopes[point] < 0 {
      let width = time(point) - time(point - 1)
      let reachable = min(
        heights[point - 1] + slopes[point - 1] * width, heights[point] - slopes[point] * width)
      guard reachable > best?.value ?? bound else { continue }
      let peak = RootFinding.maximum(from: time(point - 1), to: time(point)) {
        sign * view.value(of: signal, at: $0)
      }
      if peak.value > best?.value ?? bound { best = (peak.place, peak.value) }
    }
    return best
  }
}
