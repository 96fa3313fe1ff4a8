internal import Diagnostics
internal import Expressions
internal import Netlists

/// Xyce's patterns in `.print`: `v(x1*)`, `p(*)`, `vr(b*)`, `i2(tline*)`, with `*` for any characters and `?` for one.
extension RequestReader {
  /// The signals that a word with a pattern stands for, in numeric order; nil where it has none.
  mutating func wildcardSignals(_ field: Field) -> [NamedSignal]? {
    guard names.isXyce, case .word = field.kind else { return nil }
    let text = field.text.string.lowercased()
    guard text.hasSuffix(")"), let open = text.firstIndex(of: "(") else { return nil }
    let word = String(text[..<open])
    let pattern = String(text[text.index(after: open)...].dropLast()).replacing(":", with: ".")
    guard pattern.contains(where: { $0 == "*" || $0 == "?" }), !pattern.contains(",") else { return nil }
    let range = field.range
    guard let form = Form(word) else { return nil }
    var signals = names.matches(form.probe(of: pattern)).compactMap { probe -> NamedSignal? in
      guard let name = probe.subject else { return nil }
      let read = Expression.probe(probe, range)
      let expression = form.function.map { Expression.call($0, [read], range) } ?? read
      return NamedSignal(name: "\(word)(\(name))", expression: expression)
    }
    signals.sort { NumericOrder.precedes($0.name, $1.name) }
    // The current into a terminal that no device here has.
    if signals.isEmpty, !form.isOfTransistors {
      diagnostics.report(.emptyPattern(range, pattern: "\(word)(\(pattern))"))
    }
    return names.hasPhasesInDegrees
      ? signals.map { NamedSignal(name: $0.name, expression: $0.expression.withPhasesInDegrees) } : signals
  }
}

/// What stands before the parenthesis of a pattern.
private struct Form {
  private enum Kind {
    case voltage, current, power
    case quantity(String)
  }

  private let kind: Kind
  /// What is taken of the phasor.
  let function: String?
  /// Whether the word is the current into a terminal of a transistor.
  let isOfTransistors: Bool

  init?(_ word: String) {
    isOfTransistors = ["id", "ig", "is", "ib", "ic", "ie"].contains(word)
    function = PhasorForm(word)?.function
    switch PhasorForm(word)?.probe ?? word {
    case "v", "n": kind = .voltage
    case "i": kind = .current
    case "p", "w": kind = .power
    case let name where ["i1", "i2"].contains(name) || isOfTransistors: kind = .quantity(name)
    default: return nil
    }
  }

  func probe(of pattern: String) -> Probe {
    switch kind {
    case .voltage: .voltage(pattern, nil)
    case .current: .current(pattern)
    case .power: .power(pattern)
    case .quantity(let name): .quantity(device: pattern, name: name)
    }
  }
}

extension Probe {
  /// The node or device that it is about; nil of a difference.
  fileprivate var subject: String? {
    switch self {
    case .voltage(let node, nil): node
    case .voltage: nil
    case .current(let device), .power(let device), .quantity(let device, _): device
    }
  }
}
