/// SPICE's scale suffixes; letter case does not count, so `M` is milli like `m`.
package enum ScaleSuffix: String, Sendable, CaseIterable {
  case mega = "meg"
  /// A thousandth of an inch, 25.4e-6.
  case mil
  case tera = "t"
  case giga = "g"
  case kilo = "k"
  case milli = "m"
  case micro = "u"
  case nano = "n"
  case pico = "p"
  case femto = "f"

  /// The suffix means `factor` times ten to the power `exponent`.
  var factor: Int { self == .mil ? 254 : 1 }

  var exponent: Int {
    switch self {
    case .tera: 12
    case .giga: 9
    case .mega: 6
    case .kilo: 3
    case .milli: -3
    case .micro: -6
    case .mil: -7
    case .nano: -9
    case .pico: -12
    case .femto: -15
    }
  }

  /// The suffix that `letters` (lower case) begins with, `meg` and `mil` before `m`.
  init?(beginning letters: String) {
    guard let suffix = Self.allCases.first(where: { letters.hasPrefix($0.rawValue) }) else { return nil }
    self = suffix
  }
}

/// What the letters behind a number mean: a scale suffix, a unit, both, or something that has no place there.
package struct NumberTail: Sendable {
  package var scale: ScaleSuffix?
  /// Whether the rest behind the suffix is nothing or a unit of the list below.
  package var isKnown: Bool

  /// Reads a tail in lower case, as `normalised` gives it.
  package init(_ letters: String) {
    scale = letters.isEmpty ? nil : ScaleSuffix(beginning: letters)
    if let scale {
      let rest = String(letters.dropFirst(scale.rawValue.count))
      isKnown = rest.isEmpty || Self.units.contains(rest)
    } else {
      isKnown = letters.isEmpty || Self.units.contains(letters)
    }
  }

  /// The tail's letters in lower case with the micro sign and the ohm sign spelled out.
  static func normalised(_ bytes: some Collection<UInt8>) -> String {
    var text: [UInt8] = []
    var rest = bytes[...]
    while let byte = rest.first {
      if let symbol = symbols.first(where: { rest.starts(with: $0.bytes) }) {
        text += symbol.spelling.utf8
        rest = rest.dropFirst(symbol.bytes.count)
      } else {
        text.append(byte.lowercased)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Signs above ASCII that a tail may hold: micro sign and Greek mu, Greek omega and ohm sign.
  static let symbols: [(bytes: [UInt8], spelling: String)] = [
    (Array("\u{B5}".utf8), "u"), (Array("\u{3BC}".utf8), "u"),
    (Array("\u{3A9}".utf8), "ohm"), (Array("\u{2126}".utf8), "ohm"),
  ]

  /// Units that may follow a number or its suffix. One that begins with a suffix needs a suffix before it, as in every
  /// SPICE: `1F` is a femto, `1mF` a millifarad.
  static let units: Set<String> = [
    "v", "volt", "volts", "a", "amp", "amps", "ampere", "amperes", "ohm", "ohms", "s", "sec", "second", "seconds",
    "siemens", "mho", "f", "farad", "farads", "h", "henry", "henries", "hz", "hertz", "w", "watt", "watts", "j",
    "joule", "joules", "ev", "c", "coulomb", "k", "kelvin", "degc", "deg", "rad", "m", "meter", "metre", "g", "gram",
    "l", "mol", "n", "newton", "pa", "bar", "t", "tesla", "wb", "weber",
  ]
}
