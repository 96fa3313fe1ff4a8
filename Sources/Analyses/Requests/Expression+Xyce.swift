internal import Circuits
internal import Diagnostics
package import Expressions

/// Xyce's other words for signals: `w(r1)` is the power into a device as `p(r1)` is, `n(a)` any unknown by its name,
/// `par(...)` an expression; `onoise`, `inoise`, `dno(r1)`, `dni(r1)` are densities of `.noise`.
extension Expression {
  /// The expression in this program's words; a `.func` of the same name stays one.
  func readingXyceSignals(_ isFunction: (String) -> Bool) -> Expression {
    replacing { part in
      switch part {
      case .call("par", let arguments, _) where arguments.count == 1 && !isFunction("par"):
        return arguments[0].readingXyceSignals(isFunction)
      case .call("w", let arguments, let range) where arguments.count == 1 && !isFunction("w"):
        return arguments[0].plainName.map { .probe(.power($0), range) }
      case .call("n", let arguments, let range) where arguments.count == 1 && !isFunction("n"):
        guard let name = arguments[0].plainName else { return nil }
        if name.hasSuffix("_branch") {
          return .probe(.current(String(name.dropLast("_branch".count))), range)
        }
        return .probe(.voltage(name, nil), range)
      case .probe(.quantity(let device, "dcv0"), let range):
        // The value of a source that stands still is its voltage or current.
        let letter = device.split(separator: ".").last?.first
        return .probe(.quantity(device: device, name: letter == "i" ? "i" : "v"), range)
      case .call(let name, let arguments, let range)
      where (name == "i1" || name == "i2") && arguments.count == 1 && !isFunction(name):
        // The current into a port of a line.
        return arguments[0].plainName.map { .probe(.quantity(device: $0, name: name), range) }
      case .name(let name, let range) where name == "onoise" || name == "inoise":
        return .squaredDensity("\(name)_spectrum", range)
      case .call(let name, let arguments, let range) where (name == "dno" || name == "dni") && !isFunction(name):
        let parts = arguments.compactMap(\.plainName)
        guard parts.count == arguments.count, (1...2).contains(parts.count) else { return nil }
        let device = HierarchicalName.ngspiceName(parts[0])
        let column = ([name == "dno" ? "onoise" : "inoise", device] + parts.dropFirst()).joined(separator: "_")
        return .squaredDensity(column, range)
      default: return nil
      }
    }
  }

  /// The expression with phases in degrees, as Xyce gives them.
  var withPhasesInDegrees: Expression {
    replacing { part in
      guard case .call("ph", let arguments, let range) = part else { return nil }
      let phase = Expression.call("ph", arguments.map(\.withPhasesInDegrees), range)
      return .binary(.multiply, phase, .number(180 / .pi, range), range)
    }
  }

  /// Xyce's densities are those of power, V^2/Hz, where ours are their roots.
  private static func squaredDensity(_ column: String, _ range: SourceRange) -> Expression {
    .binary(.power, .name(column, range), .number(2, range), range)
  }

  /// The name that an argument spells: `r1`, `x1:r1`, `2`.
  private var plainName: String? {
    switch self {
    case .name(let name, _): name
    case .number(let value, _) where value >= 0 && value == value.rounded() && value < 0x1p53:
      String(Int(value))
    case .probe(.quantity(let device, let name), _): "\(device).\(name)"
    default: nil
    }
  }
}

/// What names mean in the circuit whose signals are asked for.
package struct SignalNames {
  /// The signals that a probe with a `*` stands for.
  package var matches: (Probe) -> [Probe]
  package var isNode: (String) -> Bool
  /// The node that is called by the name of a subcircuit's port.
  package var port: (String) -> String?
  package var isDevice: (String) -> Bool
  /// Whether the netlist is one for Xyce.
  package var isXyce = false
  /// Whether `vp(a)`, `ip(r1)` and `ph(...)` are in degrees rather than radians.
  package var hasPhasesInDegrees = false

  package init(
    matching matches: @escaping (Probe) -> [Probe],
    isNode: @escaping (String) -> Bool = { _ in true },
    port: @escaping (String) -> String? = { _ in nil },
    isDevice: @escaping (String) -> Bool = { _ in false }
  ) {
    self.matches = matches
    self.isNode = isNode
    self.port = port
    self.isDevice = isDevice
  }

  /// The expression with values of elements for their bare names, which `isKnown` does not have: `{r1}`, `{r1/2}`; and with
  /// parameters that were made of values on cards, `v1:acmag`.
  func readingElements(_ expression: Expression, isKnown: (String) -> Bool) -> Expression {
    expression.replacing { part in
      if case .probe(.quantity(let device, let name), let range) = part, isKnown("\(device):\(name)") {
        return .name("\(device):\(name)", range)
      }
      guard case .name(let name, let range) = part, !isKnown(name) else { return nil }
      return elementValue(name).map { .probe($0, range) }
    }
  }

  /// The probe with the outer names of ports in place of the inner ones, and the value of an element for its bare name.
  func outer(_ probe: Probe) -> Probe {
    if case .quantity(let device, let name) = probe, !isDevice(device), let value = elementValue("\(device).\(name)") {
      return value
    }
    guard case .voltage(let plus, let minus) = probe else { return probe }
    if minus == nil, isXyce, !isNode(plus), port(plus) == nil, let quantity = quantity(called: plus) { return quantity }
    func outer(_ name: String) -> String {
      name.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") } && !isNode(name)
        ? port(name) ?? name : name
    }
    return .voltage(outer(plus), minus.map(outer))
  }

  /// What `n(d1:cd)` and `n(mr1_x)` read inside a device.
  private func quantity(called name: String) -> Probe? {
    for separator in [":", ".", "_"] as [Character] {
      guard let place = name.lastIndex(of: separator) else { continue }
      let device = String(name[..<place])
      if isDevice(device) { return .quantity(device: device, name: String(name[name.index(after: place)...])) }
    }
    return nil
  }

  /// The value on an element's card, as Xyce prints it for the bare name of the element: `r1`, `x1:c1`; nil where there is no such
  /// element or it has none.
  func elementValue(_ name: String) -> Probe? {
    guard isDevice(name),
      let letter = name.split(whereSeparator: { $0 == "." || $0 == ":" }).last?.first
    else { return nil }
    let quantities: [Character: String] = ["r": "r", "c": "c", "l": "l", "v": "v", "i": "i"]
    return quantities[letter].map { .quantity(device: name, name: $0) }
  }
}
