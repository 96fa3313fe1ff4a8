internal import Glibc

/// Numbers as text, the same way everywhere.
package enum NumberFormat {
  /// `digits` significant digits, without trailing zeros, with an exponent only where it is shorter: `0.00190123`.
  package static func significant(_ value: Double, digits: Int = 12) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    // As `%.*g`, without the list of arguments for which Swift looks through every type of the program.
    return text { buffer, _ in _ = gcvt(value, Int32(min(max(digits, 1), 17)), buffer) }
  }

  /// `digits` digits behind the point and an exponent always, as C writes `%e`: `1.901230e-03`.
  package static func exponential(_ value: Double, digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    return printed("%.*e", Int32(min(max(digits, 0), 16)), value)
  }

  /// SI prefix glued to the number, as SPICE writes it: `1.90123m`, `100k`, `20meg`.
  package static func spice(_ value: Double, digits: Int = 6) -> String {
    let (mantissa, prefix) = split(value, digits: digits)
    return mantissa + (prefix.exponent == 6 ? "meg" : prefix.spice)
  }

  /// Number, blank, prefix and unit: `1.90123 ms`. Units that take no prefix keep the number whole: `18.7 m/s`.
  package static func quantity(_ value: Double, unit: String, digits: Int = 6) -> String {
    guard SIPrefix.applies(to: unit) else {
      return significant(value, digits: digits) + (unit.isEmpty || unit == "-" ? "" : " " + unit)
    }
    let (mantissa, prefix) = split(value, digits: digits)
    return "\(mantissa) \(prefix.ascii)\(unit)"
  }

  private static func split(_ value: Double, digits: Int) -> (String, SIPrefix) {
    guard value.isFinite, value != 0 else { return (significant(value, digits: digits), .none) }
    // Rounded first: 999.9999996 at six digits is 1 of the next prefix.
    let rounded = strtod(printed("%.*e", Int32(max(digits, 1) - 1), value), nil)
    let prefix = SIPrefix.fitting(rounded)
    return (significant(value / prefix.factor, digits: digits), prefix)
  }

  private static func printed(_ format: String, _ digits: Int32, _ value: Double) -> String {
    text { buffer, size in _ = withVaList([digits, value]) { vsnprintf(buffer, size, format, $0) } }
  }

  /// What `write` puts into a buffer of so many characters, a 0 behind it.
  private static func text(_ write: (UnsafeMutablePointer<CChar>, Int) -> Void) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let first = buffer.baseAddress else { return "" }
      write(first, buffer.count)
      return String(cString: first)
    }
  }
}

/// A power of a thousand with its letter.
package struct SIPrefix: Sendable, Equatable {
  package var exponent: Int
  /// As drawn: `µ`.
  package var symbol: String
  /// As typed on a keyboard: `u`.
  package var ascii: String

  package var factor: Double { Self.powers[exponent / 3 + 6] }
  /// The scale suffix of a netlist, M being milli there.
  var spice: String { ascii.lowercased() }

  package static let none = SIPrefix(exponent: 0, symbol: "", ascii: "")

  private static let powers: [Double] = [1e-18, 1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9, 1e12, 1e15]
  private static let all: [SIPrefix] = [
    ("a", "a"), ("f", "f"), ("p", "p"), ("n", "n"), ("µ", "u"), ("m", "m"), ("", ""), ("k", "k"), ("M", "M"),
    ("G", "G"),
    ("T", "T"),
  ].enumerated().map { SIPrefix(exponent: 3 * ($0.offset - 6), symbol: $0.element.0, ascii: $0.element.1) }

  /// The prefix that leaves between 1 and 1000 before the point.
  package static func fitting(_ value: Double) -> SIPrefix {
    guard value.isFinite, value != 0 else { return .none }
    let magnitude = abs(value)
    return all.last { magnitude >= $0.factor } ?? all[0]
  }

  /// Whether a prefix may stand before `unit`: before metre, not before metre per second or degree Celsius.
  package static func applies(to unit: String) -> Bool { baseUnits.contains(unit) }

  private static let baseUnits: Set<String> = [
    "s", "V", "A", "W", "Hz", "ohm", "S", "F", "H", "J", "K", "m", "g", "N", "Wb", "T", "mol", "M",
    "V/sqrt(Hz)", "A/sqrt(Hz)",
  ]
}
