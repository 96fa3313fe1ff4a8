package import Diagnostics

/// What an expression is made of, and expressions made from others.
extension Expression {
  /// The parts it is made of, in the order they are written.
  package var operands: [Expression] {
    switch self {
    case .number, .name, .probe, .invalid: []
    case .unary(_, let operand, _): [operand]
    case .binary(_, let left, let right, _): [left, right]
    case .call(_, let arguments, _): arguments
    case .conditional(let condition, let then, let otherwise, _): [condition, then, otherwise]
    }
  }

  /// Calls `visit` with the expression and all its parts, each before its own parts.
  package func forEach(_ visit: (Expression) -> Void) {
    visit(self)
    for operand in operands { operand.forEach(visit) }
  }

  /// Every name it reads, functions' names left out.
  package var names: Set<String> {
    var names: Set<String> = []
    forEach { if case .name(let name, _) = $0 { names.insert(name) } }
    return names
  }

  /// Every quantity of the running circuit it reads, each once, in the order written.
  package var probes: [Probe] {
    var probes: [Probe] = []
    var seen: Set<Probe> = []
    forEach { if case .probe(let probe, _) = $0, seen.insert(probe).inserted { probes.append(probe) } }
    return probes
  }

  /// Whether a part of it could not be read and was reported.
  package var isInvalid: Bool {
    if case .invalid = self { return true }
    return operands.contains(where: \.isInvalid)
  }

  /// The expression with every part replaced for which `replacement` gives one; what replaces is not searched again.
  package func replacing(_ replacement: (Expression) -> Expression?) -> Expression {
    if let replaced = replacement(self) { return replaced }
    switch self {
    case .number, .name, .probe, .invalid:
      return self
    case .unary(let sign, let operand, let range):
      return .unary(sign, operand.replacing(replacement), range)
    case .binary(let sign, let left, let right, let range):
      return .binary(sign, left.replacing(replacement), right.replacing(replacement), range)
    case .call(let name, let arguments, let range):
      return .call(name, arguments.map { $0.replacing(replacement) }, range)
    case .conditional(let condition, let then, let otherwise, let range):
      return .conditional(
        condition.replacing(replacement), then.replacing(replacement), otherwise.replacing(replacement), range)
    }
  }

  /// The expression with names replaced; a replacement takes the place where its name was written.
  package func substituting(names replacement: (String) -> Expression?) -> Expression {
    replacing { part in
      guard case .name(let name, let range) = part else { return nil }
      return replacement(name)?.located(at: range)
    }
  }

  /// The expression with every probe replaced by `transform` of it, in its place.
  package func mapping(probes transform: (Probe) -> Probe) -> Expression {
    replacing { part in
      guard case .probe(let probe, let range) = part else { return nil }
      return .probe(transform(probe), range)
    }
  }

  /// The same expression as if written at `range`; its parts keep their places.
  package func located(at range: SourceRange) -> Expression {
    switch self {
    case .number(let value, _): .number(value, range)
    case .name(let name, _): .name(name, range)
    case .probe(let probe, _): .probe(probe, range)
    case .unary(let sign, let operand, _): .unary(sign, operand, range)
    case .binary(let sign, let left, let right, _): .binary(sign, left, right, range)
    case .call(let name, let arguments, _): .call(name, arguments, range)
    case .conditional(let condition, let then, let otherwise, _): .conditional(condition, then, otherwise, range)
    case .invalid: .invalid(range)
    }
  }

  /// Whether both are the same tree, wherever they were written.
  package func hasSameStructure(as other: Expression) -> Bool {
    let sameHead =
      switch (self, other) {
      case (.number(let left, _), .number(let right, _)): left == right || (left.isNaN && right.isNaN)
      case (.name(let left, _), .name(let right, _)): left == right
      case (.probe(let left, _), .probe(let right, _)): left == right
      case (.unary(let left, _, _), .unary(let right, _, _)): left == right
      case (.binary(let left, _, _, _), .binary(let right, _, _, _)): left == right
      case (.call(let left, _, _), .call(let right, _, _)): left == right
      case (.conditional, .conditional), (.invalid, .invalid): true
      default: false
      }
    let (left, right) = (operands, other.operands)
    return sameHead && left.count == right.count && zip(left, right).allSatisfy { $0.hasSameStructure(as: $1) }
  }
}

extension Probe {
  /// The probe with each name of a node or device (not of a quantity) replaced by `transform` of it.
  package func mapping(names transform: (String) -> String) -> Probe {
    switch self {
    case .voltage(let plus, let minus): .voltage(transform(plus), minus.map(transform))
    case .current(let device): .current(transform(device))
    case .power(let device): .power(transform(device))
    case .quantity(let device, let name): .quantity(device: transform(device), name: name)
    }
  }
}
