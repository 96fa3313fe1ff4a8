#if arch(x86_64)
  import Glibc
  import Kernels
  import Testing

  /// Exponentials and their quotients against 80-bit arithmetic, errors in units in the last place of the true value.
  @Suite struct ExtendedPrecisionTests {
    /// With fused multiply-add 1.1 ulp; without it the polynomial's last steps round once more.
    #if NEURISTOR_FMA
      static let exponentialLimit = 1.1
    #else
      static let exponentialLimit = 1.6
    #endif

    @Test(arguments: [(-1.0, 1.0), (-30, 30), (-700, 700)])
    func exponential(low: Double, high: Double) {
      Self.expect(.exponential, below: Self.exponentialLimit, AccuracyTests.points(low...high)) { expl($0) }
    }

    @Test(arguments: [(-1.0, 1.0), (-40, 40)])
    func exponentialMinusOne(low: Double, high: Double) {
      Self.expect(.exponentialMinusOne, below: 2, AccuracyTests.points(low...high)) { expm1l($0) }
    }

    @Test func bernoulli() {
      Self.expect(.bernoulli, below: 2.5, Self.points) { $0 / expm1l($0) }
      Self.expect(.bernoulliDerivative, below: 6, Self.points) { x in
        let e = expm1l(x)
        return (e - x * expl(x)) / (e * e)
      }
      Self.expect(.bernoulliSecondDerivative, below: 24, Self.points) { x in
        let e = expm1l(x)
        return expl(x) * ((x - 2) * expl(x) + x + 2) / (e * e * e)
      }
    }

    @Test func exprel() {
      Self.expect(.exprel, below: 2.5, Self.points) { expm1l($0) / $0 }
      Self.expect(.exprelDerivative, below: 8, Self.points) { (expl($0) * ($0 - 1) + 1) / ($0 * $0) }
      Self.expect(.exprelSecondDerivative, below: 24, Self.points) { x in
        (expl(x) * ((x - 2) * x + 2) - 2) / (x * x * x)
      }
    }

    /// Away from 0, where the closed forms would lose the digits that 80 bits have to spare.
    static let points = AccuracyTests.points(-40...40).filter { abs($0) > 0.5 }

    static func expect(
      _ function: UnaryFunction, below limit: Double, _ points: [Double], _ exact: (Float80) -> Float80
    ) {
      var worst = (ulps: 0.0, x: 0.0)
      for (x, value) in zip(points, AccuracyTests.kernel(function, points)) {
        let expected = exact(Float80(x))
        let ulps = Double(abs(Float80(value) - expected) / Float80(Double(expected).ulp))
        if !(ulps <= worst.ulps) { worst = (ulps, x) }
      }
      #expect(worst.ulps <= limit, "\(function): \(worst.ulps) ulp at \(worst.x)")
    }
  }
#endif
