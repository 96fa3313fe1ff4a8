internal import Glibc

/// A complex number: what a phasor is.
package struct ComplexNumber: Sendable, Hashable {
  package var real: Double
  package var imaginary: Double

  package init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  /// A phasor as sources give it: magnitude, and phase in degrees.
  ///
  /// Exact at multiples of 90 degrees.
  package init(magnitude: Double, degrees: Double) {
    let turned = degrees.remainder(dividingBy: 360)
    let quarter = (turned / 90).rounded()
    let rest = (turned - 90 * quarter) * .pi / 180
    let (c, s) = (magnitude * cos(rest), magnitude * sin(rest))
    switch Int(quarter) & 3 {
    case 0: self.init(c, s)
    case 1: self.init(-s, c)
    case 2: self.init(-c, -s)
    default: self.init(s, -c)
    }
  }

  package static let zero = ComplexNumber(0)
  package static let i = ComplexNumber(0, 1)

  package var magnitude: Double { hypot(real, imaginary) }
  /// From -pi to pi.
  package var phase: Double { atan2(imaginary, real) }
  package var conjugate: ComplexNumber { ComplexNumber(real, -imaginary) }
  package var squaredMagnitude: Double { real * real + imaginary * imaginary }
  package var isFinite: Bool { real.isFinite && imaginary.isFinite }

  package static prefix func - (value: ComplexNumber) -> ComplexNumber {
    ComplexNumber(-value.real, -value.imaginary)
  }

  package static func + (left: ComplexNumber, right: ComplexNumber) -> ComplexNumber {
    ComplexNumber(left.real + right.real, left.imaginary + right.imaginary)
  }

  package static func - (left: ComplexNumber, right: ComplexNumber) -> ComplexNumber {
    ComplexNumber(left.real - right.real, left.imaginary - right.imaginary)
  }

  package static func * (left: ComplexNumber, right: ComplexNumber) -> ComplexNumber {
    ComplexNumber(
      left.real * right.real - left.imaginary * right.imaginary,
      left.real * right.imaginary + left.imaginary * right.real)
  }

  package static func * (left: Double, right: ComplexNumber) -> ComplexNumber {
    ComplexNumber(left * right.real, left * right.imaginary)
  }

  /// Smith's division: no overflow where the quotient has none (1962, Comm. ACM 5:435).
  package static func / (left: ComplexNumber, right: ComplexNumber) -> ComplexNumber {
    if right.real.magnitude >= right.imaginary.magnitude {
      let ratio = right.imaginary / right.real
      let divisor = right.real + right.imaginary * ratio
      return ComplexNumber(
        (left.real + left.imaginary * ratio) / divisor, (left.imaginary - left.real * ratio) / divisor)
    }
    let ratio = right.real / right.imaginary
    let divisor = right.real * ratio + right.imaginary
    return ComplexNumber(
      (left.real * ratio + left.imaginary) / divisor, (left.imaginary * ratio - left.real) / divisor)
  }

  package static func += (left: inout ComplexNumber, right: ComplexNumber) { left = left + right }
  package static func -= (left: inout ComplexNumber, right: ComplexNumber) { left = left - right }
}
