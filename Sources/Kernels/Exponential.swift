/// exp(x) and exp(x) - 1 in lanes.
///
/// Cody and Waite's reduction x = k ln 2 + r, |r| <= ln(2)/2, with ln 2 in two parts of which the upper times k is exact;
/// exp(r) - 1 = r + r^2 q(r), q of degree 9 with the least error (6e-18 of exp(r)); then exp(x) = 2^k + 2^k (exp(r) - 1).
/// Errors stay below 1.1 ulp with fused multiply-add.
enum Exponential {
  /// Adding it to a number below 2^51 leaves the nearest integer in the low bits.
  static let rounding = 0x1.8p52
  /// Up to this magnitude 2^k is a normal number, and the fast forms hold.
  static let fastLimit = 708.0
  /// Likewise 2^k times a factor that it `takes`.
  static let fastFactorLimit = 696.0

  /// Whether an exponential takes along a factor for nothing, by its exponent.
  static func takes(factor: Double) -> Bool { factor.magnitude >= 0x1p-16 && factor.magnitude <= 0x1p16 }

  static let inverseLogarithmOf2 = 1.4426950408889634
  /// The upper 32 bits of ln 2, and the rest.
  static let upperLogarithmOf2 = 6.93147180369123816490e-01
  static let lowerLogarithmOf2 = 1.90821492927058770002e-10

  /// That of r^k in q.
  @inline(__always)
  static func coefficient(_ k: Int) -> Double {
    switch k {
    case 0: 0.5
    case 1: 0.16666666666666433
    case 2: 0.04166666666660394
    case 3: 0.00833333333350007
    case 4: 0.0013888888926803947
    case 5: 0.00019841269466170343
    case 6: 2.4801508672366193e-05
    case 7: 2.7557640890331203e-06
    case 8: 2.7625191116667867e-07
    default: 2.497837861450871e-08
    }
  }

  /// `rounding` + k, and exp(r) - 1.
  @inline(__always)
  private static func reduce<L: Lanes>(_ x: L) -> (shifted: L, minusOne: L) {
    let shifted = L.multiplyAdd(x, .constant(inverseLogarithmOf2), .constant(rounding))
    let k = shifted - .constant(rounding)
    let upper = L.multiplyAdd(k, .constant(-upperLogarithmOf2), x)
    let r = L.multiplyAdd(k, .constant(-lowerLogarithmOf2), upper)
    // Estrin's scheme: short chains, so that the lanes' latencies overlap. What adding q89 r^8 by way of r^4 leaves out is
    // a product, not time.
    let r2 = r * r
    let r4 = r2 * r2
    func line(_ k: Int) -> L { L.multiplyAdd(r, .constant(coefficient(k + 1)), .constant(coefficient(k))) }
    let (q01, q23, q45, q67, q89) = (line(0), line(2), line(4), line(6), line(8))
    let q03 = L.multiplyAdd(q23, r2, q01)
    let q47 = L.multiplyAdd(q67, r2, q45)
    let q = L.multiplyAdd(L.multiplyAdd(q89, r4, q47), r4, q03)
    return (shifted, L.multiplyAdd(r2, q, r))
  }

  /// factor exp(x) for |x| <= `fastFactorLimit` and factors that it `takes`; anything elsewhere.
  @inline(__always)
  static func fast<L: Lanes>(_ x: L, factor: L) -> L {
    let (shifted, minusOne) = reduce(x)
    let scale = L.scaled(factor, byPowerOfTwo: shifted)
    return L.multiplyAdd(scale, minusOne, scale)
  }

  /// exp(x) - 1 for |x| <= `fastLimit`; anything elsewhere.
  @inline(__always)
  static func fastMinusOne<L: Lanes>(_ x: L) -> L {
    let (shifted, minusOne) = reduce(x)
    let scale = L.scaled(.constant(1), byPowerOfTwo: shifted)
    return L.multiplyAdd(scale, minusOne, scale - .constant(1))
  }

  /// factor exp(x) for every x: infinity, 0, denormal numbers and NaN where they belong; the bits of `fast` where that holds.
  @inline(__always)
  static func full<L: Lanes>(_ x: L, factor: L = .constant(1)) -> L {
    let (shifted, minusOne) = reduce(x.limited(above: 730).limited(below: -760))
    // 2^k in two factors, of which neither overflows.
    let k = shifted - .constant(rounding)
    let shiftedHalf = L.multiplyAdd(k, .constant(0.5), .constant(rounding))
    let rest = k - (shiftedHalf - .constant(rounding))
    let scale = L.scaled(factor, byPowerOfTwo: shiftedHalf)
    return L.multiplyAdd(scale, minusOne, scale) * L.scaled(.constant(1), byPowerOfTwo: rest + .constant(rounding))
  }

  /// exp(x) - 1 for every x.
  @inline(__always)
  static func fullMinusOne<L: Lanes>(_ x: L) -> L {
    L.choose(L.exceeds(x, magnitude: fastLimit), full(x) - .constant(1), fastMinusOne(x))
  }
}
