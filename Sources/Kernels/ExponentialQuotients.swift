/// Quotients of x and exp(x) - 1 that have a removable singularity at 0, with their derivatives.
///
/// `minusOne` computes exp(x) - 1, accurate near 0; it is asked for |x| <= 700 alone by Bernoulli's functions. Derivatives
/// lose digits by cancellation like 1/x, so for |x| < 1 they are Taylor series.
enum ExponentialQuotients {
  /// Beyond it arguments are cut off.
  static let limit = 700.0

  /// x/(exp(x) - 1) for every x; below 1e-301 it keeps falling like 1e-304 x.
  @inline(__always)
  static func bernoulli<L: Lanes, Form: ExponentialForm>(_ x: L, minusOne: Form.Type) -> L {
    let numerator = x.limited(above: limit)
    let value = numerator / Form.value(numerator.limited(below: -limit))
    return L.choose(L.isEqual(x, .constant(0)), .constant(1), value)
  }

  /// (1 - w x)/(exp(x) - 1) with w = exp(x)/(exp(x) - 1) for x > 0, and B'(x) = -1 - B'(-x) for x < 0.
  @inline(__always)
  static func bernoulliDerivative<L: Lanes, Form: ExponentialForm>(_ x: L, minusOne: Form.Type) -> L {
    let isNegative = L.isLess(x, .constant(0))
    let magnitude = L.choose(isNegative, x.negated, x).limited(above: 700)
    let e = Form.value(magnitude)
    let right = (.constant(1) - magnitude * ((e + .constant(1)) / e)) / e
    let away = L.choose(isNegative, .constant(-1) - right, right)
    // -1/2 + sum of B(2k) x^(2k-1)/(2k-1)!, B(2k) Bernoulli's numbers.
    let y = x * x
    var p = L.multiplyAdd(y, .constant(-3.3490715245950057e-18), .constant(1.2119806222392504e-16))
    p = L.multiplyAdd(p, y, .constant(-4.349737397116123e-15))
    p = L.multiplyAdd(p, y, .constant(1.545491170130012e-13))
    p = L.multiplyAdd(p, y, .constant(-5.423488474116132e-12))
    p = L.multiplyAdd(p, y, .constant(1.873555114295855e-10))
    p = L.multiplyAdd(p, y, .constant(-6.3410281664249915e-09))
    p = L.multiplyAdd(p, y, .constant(2.08767569878681e-07))
    p = L.multiplyAdd(p, y, .constant(-6.613756613756614e-06))
    p = L.multiplyAdd(p, y, .constant(0.0001984126984126984))
    p = L.multiplyAdd(p, y, .constant(-0.005555555555555556))
    p = L.multiplyAdd(p, y, .constant(0.16666666666666666))
    return L.choose(L.isLess(y, .constant(1)), L.multiplyAdd(p, x, .constant(-0.5)), away)
  }

  /// An even function: w ((x - 2) w + (x + 2)/(exp(x) - 1))/(exp(x) - 1) with w = exp(x)/(exp(x) - 1), for |x|.
  @inline(__always)
  static func bernoulliSecondDerivative<L: Lanes, Form: ExponentialForm>(_ x: L, minusOne: Form.Type) -> L {
    let x = L.choose(L.isLess(x, .constant(0)), x.negated, x).limited(above: 700)
    let e = Form.value(x)
    let w = (e + .constant(1)) / e
    let away = w * (L.multiplyAdd(x - .constant(2), w, (x + .constant(2)) / e)) / e
    // The sum of B(2k) x^(2k-2)/(2k-2)!.
    let y = x * x
    var p = L.multiplyAdd(y, .constant(2.297559575759154e-18), .constant(-7.702864506568513e-17))
    p = L.multiplyAdd(p, y, .constant(2.545159306702426e-15))
    p = L.multiplyAdd(p, y, .constant(-8.264501054520635e-14))
    p = L.multiplyAdd(p, y, .constant(2.6273349892210203e-12))
    p = L.multiplyAdd(p, y, .constant(-8.1352327111742e-11))
    p = L.multiplyAdd(p, y, .constant(2.4356216485846117e-09))
    p = L.multiplyAdd(p, y, .constant(-6.975130983067491e-08))
    p = L.multiplyAdd(p, y, .constant(1.878908128908129e-06))
    p = L.multiplyAdd(p, y, .constant(-4.6296296296296294e-05))
    p = L.multiplyAdd(p, y, .constant(0.000992063492063492))
    p = L.multiplyAdd(p, y, .constant(-0.016666666666666666))
    p = L.multiplyAdd(p, y, .constant(0.16666666666666666))
    return L.choose(L.isLess(y, .constant(1)), p, away)
  }

  /// (exp(x) - 1)/x.
  @inline(__always)
  static func exprel<L: Lanes, Form: ExponentialForm>(_ x: L, minusOne: Form.Type) -> L {
    let e = Form.value(x)
    let value = L.choose(L.isLess(.constant(1000), x), e, e / x)
    return L.choose(L.isEqual(x, .constant(0)), .constant(1), value)
  }

  /// (exp(x) (x - 1) + 1)/x^2.
  @inline(__always)
  static func exprelDerivative<L: Lanes, Form: ExponentialForm>(_ x: L, exponential: Form.Type) -> L {
    let x = x.limited(below: -1e16)
    let y = x * x
    let away = L.multiplyAdd(Form.value(x), x - .constant(1), .constant(1)) / y
    // The sum of k x^(k-1)/(k+1)!.
    var p = L.multiplyAdd(x, .constant(7.809603484293113e-18), .constant(1.4797143443923793e-16))
    p = L.multiplyAdd(p, x, .constant(2.6552651846596585e-15))
    p = L.multiplyAdd(p, x, .constant(4.498331606952833e-14))
    p = L.multiplyAdd(p, x, .constant(7.169215998581078e-13))
    p = L.multiplyAdd(p, x, .constant(1.0706029224547743e-11))
    p = L.multiplyAdd(p, x, .constant(1.4911969277048643e-10))
    p = L.multiplyAdd(p, x, .constant(1.9270852604185937e-09))
    p = L.multiplyAdd(p, x, .constant(2.296443268665491e-08))
    p = L.multiplyAdd(p, x, .constant(2.505210838544172e-07))
    p = L.multiplyAdd(p, x, .constant(2.48015873015873e-06))
    p = L.multiplyAdd(p, x, .constant(2.2045855379188714e-05))
    p = L.multiplyAdd(p, x, .constant(0.00017361111111111112))
    p = L.multiplyAdd(p, x, .constant(0.0011904761904761906))
    p = L.multiplyAdd(p, x, .constant(0.006944444444444444))
    p = L.multiplyAdd(p, x, .constant(0.03333333333333333))
    p = L.multiplyAdd(p, x, .constant(0.125))
    p = L.multiplyAdd(p, x, .constant(0.3333333333333333))
    p = L.multiplyAdd(p, x, .constant(0.5))
    return L.choose(L.isLess(y, .constant(1)), p, away)
  }

  /// (exp(x) (x^2 - 2x + 2) - 2)/x^3.
  @inline(__always)
  static func exprelSecondDerivative<L: Lanes, Form: ExponentialForm>(_ x: L, exponential: Form.Type) -> L {
    let x = x.limited(below: -1e16)
    let y = x * x
    let factor = L.multiplyAdd(x - .constant(2), x, .constant(2))
    let away = L.multiplyAdd(Form.value(x), factor, .constant(-2)) / (y * x)
    // The sum of k (k-1) x^(k-2)/(k+1)!.
    var p = L.multiplyAdd(x, .constant(7.437717604088679e-18), .constant(1.4057286271727604e-16))
    p = L.multiplyAdd(p, x, .constant(2.515514385467045e-15))
    p = L.multiplyAdd(p, x, .constant(4.2484242954554536e-14))
    p = L.multiplyAdd(p, x, .constant(6.74749741042925e-13))
    p = L.multiplyAdd(p, x, .constant(1.0036902398013508e-11))
    p = L.multiplyAdd(p, x, .constant(1.3917837991912066e-10))
    p = L.multiplyAdd(p, x, .constant(1.789436313245837e-09))
    p = L.multiplyAdd(p, x, .constant(2.1197937864604532e-08))
    p = L.multiplyAdd(p, x, .constant(2.296443268665491e-07))
    p = L.multiplyAdd(p, x, .constant(2.2546897546897547e-06))
    p = L.multiplyAdd(p, x, .constant(1.984126984126984e-05))
    p = L.multiplyAdd(p, x, .constant(0.00015432098765432098))
    p = L.multiplyAdd(p, x, .constant(0.0010416666666666667))
    p = L.multiplyAdd(p, x, .constant(0.005952380952380952))
    p = L.multiplyAdd(p, x, .constant(0.027777777777777776))
    p = L.multiplyAdd(p, x, .constant(0.1))
    p = L.multiplyAdd(p, x, .constant(0.25))
    p = L.multiplyAdd(p, x, .constant(0.3333333333333333))
    return L.choose(L.isLess(y, .constant(1)), p, away)
  }
}
