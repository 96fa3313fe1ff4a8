internal import Glibc
package import Waveforms

/// A column of numbers, real or complex. A scalar is a column of one.
package struct ScriptVector: Sendable {
  package var real: [Double]
  /// As many; empty where all numbers are real.
  package var imaginary: [Double]
  package var kind: SignalKind
  /// How long each index of a table is, the last one running fastest; empty for a plain column.
  var dimensions: [Int] = []

  package init(_ real: [Double], imaginary: [Double] = [], kind: SignalKind = .other(unit: "")) {
    self.real = real
    self.imaginary = imaginary
    self.kind = kind
  }

  package init(_ value: Double) { self.init([value]) }

  package var count: Int { real.count }
  package var isComplex: Bool { !imaginary.isEmpty }
  package var isScalar: Bool { real.count == 1 }

  /// The number at `index`; the last one goes on behind the end.
  func number(_ index: Int) -> (re: Double, im: Double) {
    guard !real.isEmpty else { return (.nan, 0) }
    let index = min(index, real.count - 1)
    return (real[index], isComplex ? imaginary[index] : 0)
  }

  /// Whether any number is other than 0: what `if` and `while` ask.
  var isTrue: Bool { (0..<count).contains { number($0).re != 0 || number($0).im != 0 } }

  /// The numbers, or of a table the rows, from `first` to `last`, both included.
  func part(_ first: Int, _ last: Int) -> ScriptVector? {
    let rows = dimensions.first ?? count
    guard first >= 0, last >= first, last < rows else { return nil }
    let width = count / rows
    let places = first * width..<(last + 1) * width
    var part = self
    part.real = Array(real[places])
    if isComplex { part.imaginary = Array(imaginary[places]) }
    let inner = Array(dimensions.dropFirst())
    part.dimensions = inner.isEmpty || first == last ? inner : [last - first + 1] + inner
    if part.dimensions.count == 1 { part.dimensions = [] }
    return part
  }

  /// Writes `value` into the row, or the one number, that `indices` name; false where there is no such place.
  mutating func replace(at indices: [Int], by value: ScriptVector) -> Bool {
    var (start, width) = (0, count)
    for (depth, index) in indices.enumerated() {
      let rows = depth < dimensions.count ? dimensions[depth] : dimensions.isEmpty && depth == 0 ? count : 0
      guard index >= 0, index < rows else { return false }
      width /= rows
      start += index * width
    }
    guard value.count == width || value.isScalar || width == 1, value.count > 0 else { return false }
    if value.isComplex, !isComplex { imaginary = Array(repeating: 0, count: count) }
    for offset in 0..<width {
      let (re, im) = value.number(offset)
      real[start + offset] = re
      if isComplex { imaginary[start + offset] = im }
    }
    return true
  }

  /// Exchanges the last two indices of a table; false for a plain column.
  mutating func transpose() -> Bool {
    guard dimensions.count > 1 else { return false }
    let (rows, columns) = (dimensions[dimensions.count - 2], dimensions[dimensions.count - 1])
    let order = stride(from: 0, to: count, by: rows * columns).flatMap { start in
      (0..<rows * columns).map { start + $0 % rows * columns + $0 / rows }
    }
    real = order.map { real[$0] }
    if isComplex { imaginary = order.map { imaginary[$0] } }
    dimensions.swapAt(dimensions.count - 2, dimensions.count - 1)
    return true
  }

  func map(_ body: (Double) -> Double) -> ScriptVector {
    var result = ScriptVector(real.map(body))
    result.dimensions = dimensions
    return result
  }

  func mapComplex(_ body: (_ re: Double, _ im: Double) -> (re: Double, im: Double)) -> ScriptVector {
    var result = ScriptVector([])
    result.dimensions = dimensions
    for index in 0..<count {
      let (re, im) = number(index)
      let value = body(re, im)
      result.real.append(value.re)
      result.imaginary.append(value.im)
    }
    return result
  }

  var magnitude: ScriptVector {
    guard isComplex else { return map(abs) }
    return ScriptVector(zip(real, imaginary).map { hypot($0, $1) })
  }

  /// The angle, rad.
  var phase: ScriptVector {
    ScriptVector((0..<count).map { atan2(number($0).im, number($0).re) })
  }
}

/// Arithmetic, number by number.
extension ScriptVector {
  static func combine(
    _ left: ScriptVector, _ right: ScriptVector, real: (Double, Double) -> Double,
    complex: ((re: Double, im: Double), (re: Double, im: Double)) -> (re: Double, im: Double)
  ) -> ScriptVector {
    let count = left.count == 0 || right.count == 0 ? 0 : max(left.count, right.count)
    var result = ScriptVector([])
    result.dimensions = left.count >= right.count ? left.dimensions : right.dimensions
    result.real.reserveCapacity(count)
    for index in 0..<count {
      if left.isComplex || right.isComplex {
        let value = complex(left.number(index), right.number(index))
        result.real.append(value.re)
        result.imaginary.append(value.im)
      } else {
        result.real.append(real(left.number(index).re, right.number(index).re))
      }
    }
    return result
  }

  static func + (left: ScriptVector, right: ScriptVector) -> ScriptVector {
    var sum = combine(left, right, real: +) { ($0.re + $1.re, $0.im + $1.im) }
    if left.kind == right.kind { sum.kind = left.kind }
    return sum
  }

  static func - (left: ScriptVector, right: ScriptVector) -> ScriptVector {
    var difference = combine(left, right, real: -) { ($0.re - $1.re, $0.im - $1.im) }
    if left.kind == right.kind { difference.kind = left.kind }
    return difference
  }

  static func * (left: ScriptVector, right: ScriptVector) -> ScriptVector {
    combine(left, right, real: *) { ($0.re * $1.re - $0.im * $1.im, $0.re * $1.im + $0.im * $1.re) }
  }

  static func / (left: ScriptVector, right: ScriptVector) -> ScriptVector {
    combine(left, right, real: /) { numerator, divisor in
      let square = divisor.re * divisor.re + divisor.im * divisor.im
      return (
        (numerator.re * divisor.re + numerator.im * divisor.im) / square,
        (numerator.im * divisor.re - numerator.re * divisor.im) / square
      )
    }
  }

  static prefix func - (vector: ScriptVector) -> ScriptVector { ScriptVector(0) - vector }

  static func power(_ base: ScriptVector, _ exponent: ScriptVector) -> ScriptVector {
    combine(base, exponent, real: { pow($0, $1) }) { base, exponent in
      let (length, angle) = (log(hypot(base.re, base.im)), atan2(base.im, base.re))
      let re = exponent.re * length - exponent.im * angle
      let im = exponent.re * angle + exponent.im * length
      return (exp(re) * cos(im), exp(re) * sin(im))
    }
  }

  /// 1 where `holds`, else 0; of complex numbers the magnitudes are compared.
  static func comparing(
    _ left: ScriptVector, _ right: ScriptVector, _ holds: (Double, Double) -> Bool
  ) -> ScriptVector {
    let left = left.isComplex ? left.magnitude : left
    let right = right.isComplex ? right.magnitude : right
    return combine(left, right, real: { holds($0, $1) ? 1 : 0 }) { left, _ in left }
  }
}
