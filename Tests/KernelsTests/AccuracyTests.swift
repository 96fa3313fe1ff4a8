import Kernels
import Testing

/// The vector forms of functions against libm, in units in the last place.
@Suite struct AccuracyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var function: UnaryFunction
    var range: ClosedRange<Double>
    var ulps: Double

    var testDescription: String { "\(function)" }

    init(_ function: UnaryFunction, _ range: ClosedRange<Double>, ulps: Double) {
      self.function = function
      self.range = range
      self.ulps = ulps
    }
  }

  static let cases = [
    Case(.negate, -5...5, ulps: 0), Case(.reciprocal, 0.1...5, ulps: 0), Case(.squareRoot, 0...100, ulps: 0),
    Case(.exponential, -700...700, ulps: 1.6), Case(.exponential, -1...1, ulps: 1.6),
    Case(.exponentialMinusOne, -40...700, ulps: 3), Case(.exponentialMinusOne, -1...1, ulps: 3),
    Case(.logarithm, 1e-9...10, ulps: 4), Case(.logarithmOnePlus, -0.9...3, ulps: 4),
    Case(.logarithm10, 1e-9...10, ulps: 4), Case(.sine, -10...10, ulps: 5), Case(.cosine, -10...10, ulps: 5),
    Case(.tangent, -1.5...1.5, ulps: 5), Case(.arcSine, -1...1, ulps: 5), Case(.arcCosine, -1...1, ulps: 5),
    Case(.arcTangent, -20...20, ulps: 5), Case(.hyperbolicSine, -20...20, ulps: 5),
    Case(.hyperbolicCosine, -20...20, ulps: 5), Case(.hyperbolicTangent, -20...20, ulps: 5),
    Case(.inverseHyperbolicSine, -20...20, ulps: 5), Case(.inverseHyperbolicCosine, 1...20, ulps: 5),
    Case(.inverseHyperbolicTangent, -0.99...0.99, ulps: 5), Case(.floor, -9...9, ulps: 0),
    Case(.isPositive, -1...1, ulps: 0), Case(.isNotNegative, -1...1, ulps: 0),
    Case(.exprel, -50...300, ulps: 4), Case(.exprelDerivative, -50...300, ulps: 8),
    Case(.exprelSecondDerivative, -50...300, ulps: 16), Case(.bernoulli, -300...300, ulps: 4),
    Case(.bernoulliDerivative, -300...300, ulps: 8), Case(.bernoulliSecondDerivative, -300...300, ulps: 24),
  ]

  @Test(arguments: cases)
  func agreesWithLibrary(case: Case) {
    let worst = Self.worstDifference(`case`.function, points: Self.points(`case`.range))
    #expect(worst.ulps <= `case`.ulps, "\(worst.ulps) ulp at \(worst.x)")
  }

  /// Quotients with a removable singularity, on both sides of the place where their formula changes and very near 0.
  @Test(arguments: [
    UnaryFunction.exprel, .exprelDerivative, .exprelSecondDerivative, .bernoulli, .bernoulliDerivative,
    .bernoulliSecondDerivative,
  ])
  func quotientsNearZero(function: UnaryFunction) {
    var points: [Double] = [0, -0.0]
    for exponent in -320...0 {
      for sign in [-1.0, 1] {
        let tiny = Double(sign: .plus, exponent: exponent * 3, significand: 1.3)
        points += [sign * tiny, sign * (1 - tiny), sign * (1 + tiny)]
      }
    }
    let worst = Self.worstDifference(function, points: points)
    #expect(worst.ulps <= 24, "\(worst.ulps) ulp at \(worst.x)")
  }

  /// Infinities, overflow, underflow and NaN.
  @Test(arguments: [UnaryFunction.exponential, .exponentialMinusOne, .bernoulli, .exprel])
  func extremes(function: UnaryFunction) {
    let points: [Double] = [
      -.infinity, -1e300, -800, -746, -745, -720, -708.5, -708, 708, 708.5, 709.7, 709.79, 720, 1e300, .infinity,
    ]
    let values = Self.kernel(function, points)
    for (x, value) in zip(points, values) {
      let expected = function.value(x)
      // Bernoulli's function may stay at 1e-301 where it is less.
      #expect(
        value == expected || abs(value - expected) <= max(4 * expected.ulp, 1e-300), "\(function)(\(x)) = \(value)")
    }
    #expect(Self.kernel(function, [.nan])[0].isNaN)
  }

  // MARK: Helpers

  static func points(_ range: ClosedRange<Double>) -> [Double] {
    var generator = SeededGenerator(seed: 11)
    return (0..<4000).map { _ in Double.random(in: range, using: &generator) }
  }

  static func kernel(_ function: UnaryFunction, _ points: [Double]) -> [Double] {
    var graph = ExpressionGraph()
    let root = graph.intern(.unary(function, graph.leaf(.variable(0))))
    var columns = Columns([.variable(0)], count: points.count, seed: 0)
    for (i, x) in points.enumerated() { columns[.variable(0), i] = x }
    return columns.run(KernelProgram(graph, outputs: [root]))[0]
  }

  static func worstDifference(_ function: UnaryFunction, points: [Double]) -> (ulps: Double, x: Double) {
    var worst = (ulps: 0.0, x: 0.0)
    for (x, value) in zip(points, kernel(function, points)) {
      let expected = function.value(x)
      if value == expected || (value.isNaN && expected.isNaN) { continue }
      let ulps = value.isNaN ? Double.infinity : abs(value - expected) / expected.ulp
      if ulps > worst.ulps { worst = (ulps, x) }
    }
    return worst
  }
}
