package import Expressions
package import Waveforms

extension SignalKind {
  /// What kind of quantity `signal` is, as far as its form tells: a sum of voltages is a voltage, a voltage times a
  /// current a power, a voltage over a current is in ohms. `quantityUnit` gives the unit of a device's own
  /// quantity, nil where it has none of that name.
  package init(of signal: Expression, quantityUnit: (_ device: String, _ name: String) -> String?) {
    func kind(_ expression: Expression) -> SignalKind? {
      switch expression {
      case .number, .name, .invalid: return nil
      case .probe(let probe, _): return SignalKind(of: probe, quantityUnit: quantityUnit)
      case .unary(_, let operand, _): return kind(operand)
      case .call(let name, let arguments, _):
        if name == "db" { return .other(unit: "dB") }
        if ["ph", "phase", "cph"].contains(name) { return .other(unit: "rad") }
        return ["abs", "min", "max", "sum", "mag", "re", "real", "im", "imag"].contains(name)
          ? arguments.first.flatMap(kind) : .other(unit: "")
      case .conditional(_, let first, let second, _): return kind(first) ?? kind(second)
      case .binary(.add, let left, let right, _), .binary(.subtract, let left, let right, _):
        return kind(left) ?? kind(right)
      case .binary(.multiply, let left, let right, _):
        switch (kind(left), kind(right)) {
        case (let factor, nil), (nil, let factor): return factor
        case (.voltage?, .current?), (.current?, .voltage?): return .power
        default: return .other(unit: "")
        }
      case .binary(.divide, let left, let right, _):
        switch (kind(left), kind(right)) {
        case (let dividend, nil): return dividend
        case (.voltage?, .current?): return .other(unit: "ohm")
        case (.current?, .voltage?): return .other(unit: "S")
        case (.power?, .voltage?): return .current
        case (.power?, .current?): return .voltage
        case (let dividend?, let divisor?) where dividend == divisor: return .other(unit: "-")
        default: return .other(unit: "")
        }
      case .binary: return .other(unit: "")
      }
    }
    self = kind(signal) ?? .other(unit: "")
  }

  package init(of probe: Probe, quantityUnit: (_ device: String, _ name: String) -> String?) {
    switch probe {
    case .voltage: self = .voltage
    case .current: self = .current
    case .power: self = .power
    case .quantity(_, "v"): self = .voltage
    case .quantity(_, "i"): self = .current
    case .quantity(let device, let name):
      guard let unit = quantityUnit(device, name) else {
        self = name == "p" ? .power : .other(unit: "")
        return
      }
      switch unit {
      case "V": self = .voltage
      case "A": self = .current
      case "W": self = .power
      case "s": self = .time
      case "Hz": self = .frequency
      case let unit: self = .other(unit: unit)
      }
    }
  }
}
