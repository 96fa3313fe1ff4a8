package import Expressions

/// Signals in the order they are first asked for, each once: an analysis evaluates every one a single time per point.
struct WatchList {
  private(set) var expressions: [Expression] = []
  private var places: [String: Int] = [:]

  /// The place of `signal` in the list, which it joins if it is new.
  mutating func place(of signal: Expression) -> Int {
    let key = signal.description
    if let place = places[key] { return place }
    places[key] = expressions.count
    expressions.append(signal)
    return expressions.count - 1
  }
}

extension Expression {
  /// Whether it changes along the axis of an analysis.
  var runs: Bool { readsCircuit || !names.isDisjoint(with: Self.runningNames) }

  /// Whether the expression reads a quantity of the circuit, or a spectrum of `.noise`.
  var readsCircuit: Bool { !probes.isEmpty || names.contains(where: \.namesNoise) }
}

extension String {
  /// Whether it is a column of `.noise`, `onoise_spectrum`, or one of its totals.
  var namesNoise: Bool { hasPrefix("onoise_") || hasPrefix("inoise_") }
}

extension Probe {
  /// Whether a `*` stands for any letters.
  package var isPattern: Bool {
    switch self {
    case .voltage(let plus, let minus): plus.contains("*") || (minus?.contains("*") ?? false)
    case .current(let device), .power(let device): device.contains("*")
    case .quantity(let device, let name): device.contains("*") || name.contains("*")
    }
  }
}
