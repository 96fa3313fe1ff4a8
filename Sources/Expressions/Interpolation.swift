package import Diagnostics

/// How a curve runs between points that a table gives.
package enum Interpolation: Sendable {
  /// Straight lines.
  case linear
  /// H. Akima, J. ACM 17:589 (1970): cubics whose slope at a point comes from two neighbours to each side.
  case akima
  /// The natural cubic spline: two continuous derivatives, the second 0 at both ends.
  case cubicSpline

  /// The curve through `points` (rising in x) as an expression of `x`, constant outside.
  package func expression(
    of x: Expression, through points: [(x: Double, y: Double)], at range: SourceRange
  ) -> Expression {
    guard let first = points.first, let last = points.last else { return .number(0, range) }
    guard points.count > 1 else { return .number(first.y, range) }
    let slopes = slopes(points)
    var pieces: [Expression] = [.number(first.y, range)]
    for index in points.indices.dropLast() {
      let (left, right) = (points[index], points[index + 1])
      let width = right.x - left.x
      let chord = (right.y - left.y) / width
      let (start, end) = slopes.map { ($0[index], $0[index + 1]) } ?? (chord, chord)
      let coefficients = [
        left.y, start, (3 * chord - 2 * start - end) / width,
        (start + end - 2 * chord) / (width * width),
      ]
      pieces.append(
        Self.polynomial(
          slopes == nil ? Array(coefficients[..<2]) : coefficients, of: x, from: left.x, range))
    }
    pieces.append(.number(last.y, range))
    return Self.choice(of: pieces[...], bounds: points.map(\.x)[...], x, range)
  }

  /// The slope at each point; nil for lines.
  private func slopes(_ points: [(x: Double, y: Double)]) -> [Double]? {
    switch self {
    case .linear: nil
    case .akima: points.count < 3 ? nil : Self.akimaSlopes(points)
    case .cubicSpline: points.count < 3 ? nil : Self.splineSlopes(points)
    }
  }

  private static func akimaSlopes(_ points: [(x: Double, y: Double)]) -> [Double] {
    let chords = zip(points, points.dropFirst()).map { ($1.y - $0.y) / ($1.x - $0.x) }
    let count = chords.count
    /// Two chords more at each end, as Akima continues them.
    func chord(_ index: Int) -> Double {
      if index < 0 { return chords[0] + Double(index) * (chords[1] - chords[0]) }
      if index >= count {
        return chords[count - 1] + Double(index - count + 1)
          * (chords[count - 1] - chords[count - 2])
      }
      return chords[index]
    }
    return points.indices.map { index in
      let weightLeft = abs(chord(index + 1) - chord(index))
      let weightRight = abs(chord(index - 1) - chord(index - 2))
      let sum = weightLeft + weightRight
      if sum == 0 { return 0.5 * (chord(index - 1) + chord(index)) }
      return (weightLeft * chord(index - 1) + weightRight * chord(index)) / sum
    }
  }

  /// Thomas' elimination of the tridiagonal system of the slopes.
  private static func splineSlopes(_ points: [(x: Double, y: Double)]) -> [Double] {
    let count = points.count
    let widths = zip(points, points.dropFirst()).map { $1.x - $0.x }
    let chords = zip(points, points.dropFirst()).map { ($1.y - $0.y) / ($1.x - $0.x) }
    var diagonal = [Double](repeating: 2, count: count)
    var upper = [Double](repeating: 1, count: count)
    var lower = [Double](repeating: 1, count: count)
    var right = [Double](repeating: 0, count: count)
    right[0] = 3 * chords[0]
    right[count - 1] = 3 * chords[count - 2]
    for index in 1..<(count - 1) {
      let sum = widths[index - 1] + widths[index]
      lower[index] = widths[index] / sum
      upper[index] = widths[index - 1] / sum
      right[index] = 3 * (lower[index] * chords[index - 1] + upper[index] * chords[index])
    }
    for index in 1..<count {
      let factor = lower[index] / diagonal[index - 1]
      diagonal[index] -= factor * upper[index - 1]
      right[index] -= factor * right[index - 1]
    }
    var slopes = right
    slopes[count - 1] /= diagonal[count - 1]
    for index in stride(from: count - 2, through: 0, by: -1) {
      slopes[index] = (right[index] - upper[index] * slopes[index + 1]) / diagonal[index]
    }
    return slopes
  }

  /// Horner's scheme in x - origin.
  private static func polynomial(
    _ coefficients: [Double], of x: Expression, from origin: Double, _ range: SourceRange
  ) -> Expression {
    let distance = Expression.binary(.subtract, x, .number(origin, range), range)
    return coefficients.dropLast().reversed().reduce(.number(coefficients.last ?? 0, range)) {
      sum, coefficient in
      .binary(.add, .number(coefficient, range), .binary(.multiply, distance, sum, range), range)
    }
  }

  /// The piece that holds x, found by halving: `bounds` are where each piece but the first begins.
  private static func choice(
    of pieces: ArraySlice<Expression>, bounds: ArraySlice<Double>, _ x: Expression,
    _ range: SourceRange
  ) -> Expression {
    guard !bounds.isEmpty, let first = pieces.first else {
      return pieces.first ?? .number(0, range)
    }
    if bounds.count == 1, let last = pieces.last {
      return .conditional(
        .binary(.less, x, .number(bounds[bounds.startIndex], range), range), first, last, range)
    }
    let middle = bounds.startIndex + bounds.count / 2
    let split = pieces.startIndex + bounds.count / 2 + 1
    return .conditional(
      .binary(.less, x, .number(bounds[middle], range), range),
      choice(of: pieces[..<split], bounds: bounds[..<middle], x, range),
      choice(of: pieces[split...], bounds: bounds[(middle + 1)...], x, range), range)
  }
}
