/// A root or a maximum of a function on an interval.
enum RootFinding {
  /// The root of `function` in [low, high], where its values `atLow` and `atHigh` differ in sign.
  ///
  /// Brent 1973, Algorithms for Minimization without Derivatives, chapter 4: never more than bisection needs, to the
  /// last bits of the argument.
  static func root(
    from low: Double, _ atLow: Double, to high: Double, _ atHigh: Double, of function: (Double) -> Double
  ) -> Double {
    if atLow == 0 { return low }
    if atHigh == 0 { return high }
    var (a, fa, b, fb) = (low, atLow, high, atHigh)
    var (c, fc) = (a, fa)
    var step = b - a
    var previousStep = step
    for _ in 0..<200 {
      if abs(fc) < abs(fb) { (a, fa, b, fb, c, fc) = (b, fb, c, fc, b, fb) }
      let tolerance = 2 * max(b.magnitude.ulp, Double.leastNormalMagnitude)
      let half = 0.5 * (c - b)
      if abs(half) <= tolerance || fb == 0 { return b }
      if abs(previousStep) >= tolerance, abs(fa) > abs(fb) {
        let s = fb / fa
        var p: Double
        var q: Double
        if a == c {
          p = 2 * half * s
          q = 1 - s
        } else {
          let r = fb / fc
          let t = fa / fc
          p = s * (2 * half * t * (t - r) - (b - a) * (r - 1))
          q = (t - 1) * (r - 1) * (s - 1)
        }
        if p > 0 { q = -q } else { p = -p }
        if 2 * p < min(3 * half * q - abs(tolerance * q), abs(previousStep * q)) {
          previousStep = step
          step = p / q
        } else {
          step = half
          previousStep = half
        }
      } else {
        step = half
        previousStep = half
      }
      (a, fa) = (b, fb)
      b += abs(step) > tolerance ? step : (half > 0 ? tolerance : -tolerance)
      fb = function(b)
      if (fb > 0) == (fc > 0) {
        (c, fc) = (a, fa)
        step = b - a
        previousStep = step
      }
    }
    return b
  }

  /// Where `function` is largest in [low, high], and its value there.
  ///
  /// Brent 1973, chapter 5: parabolas guarded by golden sections. The place is good to the square root of rounding,
  /// which is all that the values tell.
  static func maximum(
    from low: Double, to high: Double, of function: (Double) -> Double
  ) -> (place: Double, value: Double) {
    let golden = 0.5 * (3 - 5.0.squareRoot())
    var (a, b) = (low, high)
    var x = a + golden * (b - a)
    var (w, v) = (x, x)
    var fx = -function(x)
    var (fw, fv) = (fx, fx)
    var step = 0.0
    var previousStep = 0.0
    for _ in 0..<100 {
      let middle = 0.5 * (a + b)
      let tolerance = 1e-9 * (high - low) + 4 * x.magnitude.ulp
      if abs(x - middle) <= 2 * tolerance - 0.5 * (b - a) { break }
      var parabolic = false
      if abs(previousStep) > tolerance {
        let r = (x - w) * (fx - fv)
        var q = (x - v) * (fx - fw)
        var p = (x - v) * q - (x - w) * r
        q = 2 * (q - r)
        if q > 0 { p = -p } else { q = -q }
        let before = previousStep
        previousStep = step
        if abs(p) < abs(0.5 * q * before), p > q * (a - x), p < q * (b - x) {
          step = p / q
          let u = x + step
          if u - a < 2 * tolerance || b - u < 2 * tolerance { step = middle > x ? tolerance : -tolerance }
          parabolic = true
        }
      }
      if !parabolic {
        previousStep = x < middle ? b - x : a - x
        step = golden * previousStep
      }
      let u = x + (abs(step) >= tolerance ? step : (step > 0 ? tolerance : -tolerance))
      let fu = -function(u)
      if fu <= fx {
        if u >= x { a = x } else { b = x }
        (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu)
      } else {
        if u < x { a = u } else { b = u }
        if fu <= fw || w == x {
          (v, fv, w, fw) = (w, fw, u, fu)
        } else if fu <= fv || v == x || v == w {
          (v, fv) = (u, fu)
        }
      }
    }
    return (x, -fx)
  }
}
