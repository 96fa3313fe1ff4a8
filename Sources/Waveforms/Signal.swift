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

  package init(name: String, kind: SignalKind) {
    self.name = name
    self.kind = kind
  }
}
