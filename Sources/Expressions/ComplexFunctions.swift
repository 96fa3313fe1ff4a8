internal import Glibc

/// What functions mean of complex values.
package enum ComplexFunction: String, CaseIterable, Sendable {
  // Real numbers about a complex one, under ngspice's names.
  case magnitude = "mag"
  case phase = "ph"
  case real = "re"
  case imaginary = "im"
  case decibels = "db"
  // Complex ones.
  case conjugate = "conj"
  case squareRoot = "sqrt"
  case exponential = "exp"
  case logarithm = "ln"
  case decimalLogarithm = "log10"
  case sine = "sin"
  case cosine = "cos"
  case tangent = "tan"
  case hyperbolicSine = "sinh"
  case hyperbolicCosine = "cosh"
  case hyperbolicTangent = "tanh"
  case inverseTangent = "atan"
  case inverseHyperbolicTangent = "atanh"

  private static let synonyms: [String: ComplexFunction] = [
    "abs": .magnitude, "m": .magnitude, "r": .real, "img": .imaginary, "phase": .phase, "real": .real,
    "imag": .imaginary, "log": .logarithm,
  ]

  package init?(named name: String) {
    guard let function = ComplexFunction(rawValue: name) ?? Self.synonyms[name] else { return nil }
    self = function
  }

  static var names: [String] { allCases.map(\.rawValue) + synonyms.keys.sorted() + ["cph"] }

  var isReal: Bool {
    switch self {
    case .magnitude, .phase, .real, .imaginary, .decibels: true
    case .conjugate, .squareRoot, .exponential, .logarithm, .decimalLogarithm, .sine, .cosine, .tangent,
      .hyperbolicSine, .hyperbolicCosine, .hyperbolicTangent, .inverseTangent, .inverseHyperbolicTangent:
      false
    }
  }

  package func value(_ z: ComplexNumber) -> ComplexNumber {
    switch self {
    case .magnitude: ComplexNumber(z.magnitude)
    case .phase: ComplexNumber(z.phase)
    case .real: ComplexNumber(z.real)
    case .imaginary: ComplexNumber(z.imaginary)
    case .decibels: ComplexNumber(20 * Glibc.log10(z.magnitude))
    case .conjugate: z.conjugate
    case .squareRoot: z.squareRoot
    case .exponential: z.exponential
    case .logarithm: z.logarithm
    case .decimalLogarithm: (1 / Glibc.log(10.0)) * z.logarithm
    case .sine: z.sine
    case .cosine: z.cosine
    case .tangent: z.sine / z.cosine
    case .hyperbolicSine: z.turned.sine.turnedBack
    case .hyperbolicCosine: z.turned.cosine
    case .hyperbolicTangent: (z.turned.sine / z.turned.cosine).turnedBack
    case .inverseTangent: z.turned.inverseHyperbolicTangent.turnedBack
    case .inverseHyperbolicTangent: z.inverseHyperbolicTangent
    }
  }
}

extension ComplexNumber {
  var exponential: ComplexNumber {
    let magnitude = Glibc.exp(real)
    return ComplexNumber(magnitude * cos(imaginary), magnitude * sin(imaginary))
  }

  /// i z, and -i z.
  var turned: ComplexNumber { ComplexNumber(-imaginary, real) }
  var turnedBack: ComplexNumber { ComplexNumber(imaginary, -real) }

  /// Of the branch that is real between -1 and 1.
  var inverseHyperbolicTangent: ComplexNumber {
    let quotient = (ComplexNumber(1 + real, imaginary) / ComplexNumber(1 - real, -imaginary)).logarithm
    return ComplexNumber(0.5 * quotient.real, 0.5 * quotient.imaginary)
  }

  var logarithm: ComplexNumber { ComplexNumber(Glibc.log(magnitude), phase) }

  var sine: ComplexNumber {
    ComplexNumber(sin(real) * cosh(imaginary), cos(real) * sinh(imaginary))
  }

  var cosine: ComplexNumber {
    ComplexNumber(cos(real) * cosh(imaginary), -sin(real) * sinh(imaginary))
  }

  /// The root to the right of the imaginary axis.
  var squareRoot: ComplexNumber {
    let magnitude = magnitude
    if magnitude == 0 { return .zero }
    let large = (0.5 * (magnitude + real.magnitude)).squareRoot()
    let small = imaginary.magnitude / (2 * large)
    let (first, second) = real >= 0 ? (large, small) : (small, large)
    return ComplexNumber(first, imaginary < 0 ? -second : second)
  }

  /// Whole exponents by multiplication, others by way of the logarithm.
  func power(_ exponent: ComplexNumber) -> ComplexNumber {
    if exponent.imaginary == 0, exponent.real == exponent.real.rounded(), exponent.real.magnitude <= 64 {
      var result = ComplexNumber(1)
      for _ in 0..<Int(exponent.real.magnitude) { result = result * self }
      return exponent.real < 0 ? ComplexNumber(1) / result : result
    }
    if magnitude == 0 { return exponent.real > 0 ? .zero : ComplexNumber(.nan, .nan) }
    return (exponent * logarithm).exponential
  }
}
