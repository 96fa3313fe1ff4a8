/// A number as SPICE writes it: decimal digits, an exponent, then a tail of letters, `2.5e3`, `1mV`, `100pF`.
///
/// This type finds where the parts lie; `NumberTail` says what the tail means.
package struct SpiceNumber: Sendable {
  /// Where the digits, the point and the exponent stand.
  package var digits: Range<Int>
  /// Where the letters and digits right behind them stand; empty for a plain number.
  package var tail: Range<Int>

  /// Significant digits (integer and fraction joined) and the power of ten of the last of them.
  private var significand: [UInt8]
  private var exponent: Int

  /// Reads the number that begins at `start`, without a sign; nil where there is none.
  package init?(scanning bytes: [UInt8], at start: Int) {
    var position = start
    var significand: [UInt8] = []
    var fractionCount = 0
    while position < bytes.count, bytes[position].isDigit {
      significand.append(bytes[position])
      position += 1
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      while position < bytes.count, bytes[position].isDigit {
        significand.append(bytes[position])
        fractionCount += 1
        position += 1
      }
    }
    guard !significand.isEmpty else { return nil }
    exponent = -fractionCount
    if let written = Self.writtenExponent(bytes, at: position) {
      exponent += written.value
      position = written.end
    }
    self.significand = significand
    digits = start..<position
    tail = position..<Self.endOfTail(bytes, from: position)
  }

  /// The value with `scale` applied, rounded once: `36m` is the same double as `0.036`. Infinite past the largest double.
  package func value(scaledBy scale: ScaleSuffix?) -> Double {
    var significand = significand
    var exponent = exponent
    if let scale {
      significand = Self.product(of: significand, and: scale.factor)
      exponent += scale.exponent
    }
    // A double's halfway points have at most 767 significant digits: what lies below the 800th only says "not exactly".
    significand = Array(significand.drop { $0 == UInt8(ascii: "0") })
    guard !significand.isEmpty else { return 0 }
    if significand.count > Self.decidingDigits {
      exponent += significand.count - Self.decidingDigits
      significand = Array(significand.prefix(Self.decidingDigits - 1)) + [UInt8(ascii: "1")]
    }
    let text = String(decoding: significand, as: UTF8.self) + "e\(min(max(exponent, -5000), 5000))"
    return Double(text) ?? .infinity
  }

  private static let decidingDigits = 800

  /// `e-3`, `E6` or Fortran's `d-3`; an `e` without digits behind it belongs to the tail.
  private static func writtenExponent(_ bytes: [UInt8], at start: Int) -> (value: Int, end: Int)? {
    guard start < bytes.count, bytes[start] | 0x20 == UInt8(ascii: "e") || bytes[start] | 0x20 == UInt8(ascii: "d")
    else { return nil }
    var position = start + 1
    var isNegative = false
    if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
      isNegative = bytes[position] == UInt8(ascii: "-")
      position += 1
    }
    guard position < bytes.count, bytes[position].isDigit else { return nil }
    var value = 0
    while position < bytes.count, bytes[position].isDigit {
      // Beyond a billion the value is 0 or infinite whatever the digits before it, of which a file holds fewer.
      value = min(value * 10 + Int(bytes[position] - UInt8(ascii: "0")), 10_000_000_000)
      position += 1
    }
    return (isNegative ? -value : value, position)
  }

  private static func endOfTail(_ bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isLetter || byte.isDigit || byte == UInt8(ascii: "_") {
        position += 1
      } else if byte >= 0x80,
        let symbol = NumberTail.symbols.first(where: { bytes[position...].starts(with: $0.bytes) })
      {
        position += symbol.bytes.count
      } else {
        break
      }
    }
    return position
  }

  /// Decimal digits times a small integer.
  private static func product(of digits: [UInt8], and factor: Int) -> [UInt8] {
    if factor == 1 { return digits }
    var result = digits
    var carry = 0
    for index in digits.indices.reversed() {
      carry += Int(digits[index] - UInt8(ascii: "0")) * factor
      result[index] = UInt8(ascii: "0") + UInt8(carry % 10)
      carry /= 10
    }
    while carry > 0 {
      result.insert(UInt8(ascii: "0") + UInt8(carry % 10), at: 0)
      carry /= 10
    }
    return result
  }
}
