internal import Glibc

/// The value of every operation for one instance: the reference that kernels are tested against, and the arithmetic of
/// constant folding.
extension UnaryFunction {
  package func value(_ x: Double) -> Double {
    switch self {
    case .negate: -x
    case .reciprocal: 1 / x
    case .squareRoot: x.squareRoot()
    case .exponential: exp(x)
    case .exponentialMinusOne: expm1(x)
    case .logarithm: log(x)
    case .logarithmOnePlus: log1p(x)
    case .logarithm10: log10(x)
    case .sine: sin(x)
    case .cosine: cos(x)
    case .tangent: tan(x)
    case .arcSine: asin(x)
    case .arcCosine: acos(x)
    case .arcTangent: atan(x)
    case .hyperbolicSine: sinh(x)
    case .hyperbolicCosine: cosh(x)
    case .hyperbolicTangent: tanh(x)
    case .inverseHyperbolicSine: asinh(x)
    case .inverseHyperbolicCosine: acosh(x)
    case .inverseHyperbolicTangent: atanh(x)
    case .floor: x.rounded(.down)
    case .exprel: ExponentialQuotients.exprel(x, minusOne: LibraryMinusOne.self)
    case .exprelDerivative: ExponentialQuotients.exprelDerivative(x, exponential: LibraryExponential.self)
    case .exprelSecondDerivative: ExponentialQuotients.exprelSecondDerivative(x, exponential: LibraryExponential.self)
    case .bernoulli: ExponentialQuotients.bernoulli(x, minusOne: LibraryMinusOne.self)
    case .bernoulliDerivative: ExponentialQuotients.bernoulliDerivative(x, minusOne: LibraryMinusOne.self)
    case .bernoulliSecondDerivative: ExponentialQuotients.bernoulliSecondDerivative(x, minusOne: LibraryMinusOne.self)
    case .isPositive: x > 0 ? 1 : 0
    case .isNotNegative: x >= 0 ? 1 : 0
    }
  }
}

extension BinaryFunction {
  package func value(_ x: Double, _ y: Double) -> Double {
    switch self {
    case .add: x + y
    case .subtract: x - y
    case .multiply: x * y
    case .divide: x / y
    case .power: pow(x, y)
    case .arcTangent2: atan2(x, y)
    // NaN wins, so that a fault is not hidden by the other operand.
    case .minimum: x < y || x.isNaN ? x : y
    case .maximum: x > y || x.isNaN ? x : y
    }
  }
}

extension Operation {
  /// x**n by repeated squaring; 1/x**|n| for negative n.
  package static func integerPower(_ x: Double, _ n: Int32) -> Double {
    var result = 1.0
    var square = x
    var rest = n.magnitude
    while rest != 0 {
      if rest & 1 != 0 { result *= square }
      rest >>= 1
      if rest != 0 { square *= square }
    }
    return n < 0 ? 1 / result : result
  }
}

/// libm's exponentials, one instance after the other.
private enum LibraryMinusOne: ExponentialForm {
  static func value<L: Lanes>(_ x: L) -> L { x.mapped(expm1) }
}

private enum LibraryExponential: ExponentialForm {
  static func value<L: Lanes>(_ x: L) -> L { x.mapped(exp) }
}
