/// The five-point Gauss-Lobatto rule: exact for polynomials of degree 7, both ends among its points.
///
/// Abramowitz & Stegun, Handbook of Mathematical Functions, 25.4.32: x = 0, ±sqrt(3/7), ±1 with weights 32/45, 49/90,
/// 1/10. Five values stand in the first lanes of a `SIMD8`, the others being zero.
package enum GaussLobatto {
  package static let count = 5

  /// The points on [-1, 1].
  static let points: [Double] = [-1, -inner, 0, inner, 1]
  /// sqrt(3/7); computed, so that it is a constant in the code.
  private static var inner: Double { (3.0 / 7.0).squareRoot() }

  private static let weights = SIMD8<Double>(1.0 / 10, 49.0 / 90, 32.0 / 45, 49.0 / 90, 1.0 / 10, 0, 0, 0)
  private static let simpson = SIMD8<Double>(1.0 / 3, 0, 4.0 / 3, 0, 1.0 / 3, 0, 0, 0)

  /// The weight of a point on [-1, 1].
  static func weight(_ point: Int) -> Double { weights[point] }

  /// A point on [start, end], the ends exact.
  package static func time(_ point: Int, from start: Double, to end: Double) -> Double {
    let middle = 0.5 * (start + end)
    let reach = 0.5 * (end - start) * inner
    return switch point {
    case 0: start
    case 1: middle - reach
    case 2: middle
    case 3: middle + reach
    default: end
    }
  }

  /// The integral over an interval of length 2 of the function with these values.
  static func integral(_ values: SIMD8<Double>) -> Double { (values * weights).sum() }

  /// Simpson's rule on three of the five points: the second opinion that costs no evaluation.
  static func simpsonIntegral(_ values: SIMD8<Double>) -> Double { (values * simpson).sum() }

  /// Derivatives at the five points of the quartic through the values, on [-1, 1].
  static func derivatives(_ values: SIMD8<Double>) -> SIMD8<Double> {
    var result = SIMD8<Double>(repeating: 0)
    for row in 0..<count { result[row] = (differentiation[row] * values).sum() }
    return result
  }

  /// Value at `position` of [-1, 1] of the quartic through the values (barycentric formula).
  static func interpolate(_ values: SIMD8<Double>, at position: Double) -> Double {
    var numerator = 0.0
    var denominator = 0.0
    for point in 0..<count {
      let distance = position - points[point]
      if distance == 0 { return values[point] }
      let share = barycentric[point] / distance
      numerator += share * values[point]
      denominator += share
    }
    return numerator / denominator
  }

  /// 1 / product of (x_j - x_k) over k other than j.
  private static let barycentric: [Double] = points.indices.map { j in
    points.indices.reduce(1.0) { product, k in k == j ? product : product / (points[j] - points[k]) }
  }

  /// Row i, column j: derivative at point i of the basis polynomial of point j (Berrut & Trefethen 2004, SIAM Review
  /// 46:501, section 9.3).
  private static let differentiation: [SIMD8<Double>] = points.indices.map { i in
    var row = SIMD8<Double>(repeating: 0)
    for j in points.indices where j != i {
      row[j] = barycentric[j] / barycentric[i] / (points[i] - points[j])
    }
    row[i] = -row.sum()
    return row
  }
}
