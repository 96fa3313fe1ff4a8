/// What kind of quantity a signal is; it decides the axis it is drawn on and the type word of a raw file.
package enum SignalKind: Sendable, Hashable {
  case time, voltage, current, power, frequency, temperature
  /// A state or any other quantity, with its unit as documented ("" for none).
  case other(unit: String)

  package var unit: String {
    switch self {
    case .time: "s"
    case .voltage: "V"
    case .current: "A"
    case .power: "W"
    case .frequency: "Hz"
    case .temperature: "C"
    case .other(let unit): unit
    }
  }

  /// The kind whose unit is `unit`.
  init(unit: String) {
    let known: [SignalKind] = [.time, .voltage, .current, .power, .frequency, .temperature]
    self = known.first { $0.unit == unit } ?? .other(unit: unit)
  }
}

/// One column of a result, named as ngspice names it (`v(out)`, `i(v1)`, `@n1[x]`).
package struct Signal: Sendable, Hashable {
  package var name: String
  package var kind: SignalKind
  /// Which half of a complex signal the column is; nil for a real signal.
  package var half: ComplexHalf?

  package init(name: String, kind: SignalKind, half: ComplexHalf? = nil) {
    self.name = name
    self.kind = kind
    self.half = half
  }

  /// The signal whose values are in `unit`.
  package init(name: String, unit: String) {
    self.init(name: name, kind: SignalKind(unit: unit))
  }
}

/// One of the two columns of a complex signal.
package struct ComplexHalf: Sendable, Hashable {
  package enum Part: String, Sendable, CaseIterable {
    case real = "re"
    case imaginary = "im"
  }

  package var part: Part
  /// What the signal is called; the column's own name is `re(...)` or `im(...)` of it.
  package var signal: String
}

extension Signal {
  /// The two columns of a complex signal, the real part first.
  package static func complexPair(_ signal: Signal) -> [Signal] {
    ComplexHalf.Part.allCases.map { part in
      Signal(
        name: "\(part.rawValue)(\(signal.name))", kind: signal.kind,
        half: ComplexHalf(part: part, signal: signal.name))
    }
  }

  /// The same columns with every neighbouring `re(x)` and `im(x)` known as one complex signal, as files tell them.
  static func pairing(_ signals: [Signal]) -> [Signal] {
    var result = signals
    for index in signals.indices.dropLast() {
      let (real, imaginary) = (signals[index].name, signals[index + 1].name)
      guard real.hasPrefix("re("), imaginary.hasPrefix("im("), real.dropFirst(3) == imaginary.dropFirst(3),
        real.hasSuffix(")")
      else { continue }
      let signal = String(real.dropFirst(3).dropLast())
      result[index].half = ComplexHalf(part: .real, signal: signal)
      result[index + 1].half = ComplexHalf(part: .imaginary, signal: signal)
    }
    return result
  }

  /// What a user calls it: the signal whose half it is, or its own name.
  package var signalName: String { half?.signal ?? name }
}
