internal import Diagnostics
package import Expressions

/// Signals in the order they are first asked for, each once: an analysis evaluates every one a single time per point.
struct WatchList {
  private(set) var expressions: [Expression] = []
  private var places: [String: Int] = [:]

  /// The place of `signal` in the list, which it joins if it is new.
  mutating func place(of signal: Expression) -> Int {
    let key = signal.meaningKey
    if let place = places[key] { return place }
    places[key] = expressions.count
    expressions.append(signal)
    return expressions.count - 1
  }
}

extension Expression {
  /// The same text for expressions that mean the same, wherever they stand.
  fileprivate var meaningKey: String {
    switch self {
    case .number(let value, _): value.description
    case .name(let name, _): name
    case .probe(let probe, _): probe.signalName
    case .unary(let sign, let operand, _): "(\(sign) \(operand.meaningKey))"
    case .binary(let sign, let left, let right, _): "(\(left.meaningKey) \(sign) \(right.meaningKey))"
    case .call(let name, let arguments, _):
      "\(name)(\(arguments.map(\.meaningKey).joined(separator: ";")))"
    case .conditional(let condition, let first, let second, _):
      "(\(condition.meaningKey) ? \(first.meaningKey) : \(second.meaningKey))"
    case .invalid: "?"
    }
  }
}

extension Probe {
  /// As ngspice names the signal in its files: `v(a,b)`, `i(v1)`, `@n1[x]`.
  package var signalName: String {
    switch self {
    case .voltage(let plus, nil): "v(\(plus))"
    case .voltage(let plus, let minus?): "v(\(plus),\(minus))"
    case .current(let device): "i(\(device))"
    case .power(let device): "p(\(device))"
    case .quantity(let device, let name): "@\(device)[\(name)]"
    }
  }

  /// Whether a `*` stands for any letters.
  package var isPattern: Bool {
    switch self {
    case .voltage(let plus, let minus): plus.contains("*") || (minus?.contains("*") ?? false)
    case .current(let device), .power(let device): device.contains("*")
    case .quantity(let device, let name): device.contains("*") || name.contains("*")
    }
  }
}
