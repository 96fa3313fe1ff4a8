internal import Diagnostics
internal import Expressions
internal import Netlists

/// Lays the words of a card into the places that its syntax names.
enum CardBinder {
  /// The nodes and assignments of `card`; nil after reporting what does not fit.
  static func bind(
    _ card: Card, to syntax: CardSyntax, model: Int?, diagnostics: inout DiagnosticBag
  ) -> BoundCard? {
    var words = card.fields[...]
    var nodes: [Located<NameTemplate>] = []
    while nodes.count < syntax.nodes.count, let field = words.first, case .word = field.kind {
      nodes.append(Located(field.name, field.range))
      words.removeFirst()
    }
    guard nodes.count == syntax.nodes.count else {
      ElementError.missingNodes(
        name: card.keyword.value, syntax: syntax, found: nodes.count, range: card.text.range
      ).report(to: &diagnostics)
      return nil
    }
    guard let assignments = assignments(of: card, to: syntax, diagnostics: &diagnostics) else { return nil }
    return BoundCard(card: card, nodes: nodes, rest: words, assignments: assignments, model: model)
  }

  /// `name=value` by name; nil after reporting a name that is given twice.
  static func assignments(
    of card: Card, to syntax: CardSyntax, diagnostics: inout DiagnosticBag
  ) -> [String: Assignment]? {
    var result: [String: Assignment] = [:]
    var good = true
    for assignment in card.assignments {
      let name = syntax.name(of: assignment.name.value)
      if let first = result.updateValue(assignment, forKey: name) {
        good = false
        ElementError.givenTwice(
          name: assignment.name.value, first: first.name.range, second: assignment.name.range
        ).report(to: &diagnostics)
      }
    }
    return good ? result : nil
  }
}

extension BoundCard {
  /// Reports every assignment that `syntax` does not know; true where there is none.
  func assignsOnlyNames(of syntax: CardSyntax, diagnostics: inout DiagnosticBag) -> Bool {
    var good = true
    let known = syntax.assignableNames
    for assignment in card.assignments where !known.contains(syntax.name(of: assignment.name.value)) {
      if syntax.ignored.contains(assignment.name.value.lowercased()) {
        ElementError.ignoredParameter(assignment.name.value, range: assignment.name.range).report(to: &diagnostics)
        continue
      }
      good = false
      ElementError.unknownParameter(
        name: assignment.name.value, owner: syntax.title, known: known, range: assignment.name.range
      ).report(to: &diagnostics)
    }
    return good
  }

  /// The value of an element with a single one, behind its nodes or as `name=value`, and its other parameters as
  /// bindings to the equally named ones of `model`; nil after reporting what does not fit. The value may be left to the
  /// `.model` that the card names.
  func parameterBindings(
    syntax: CardSyntax, model: DeviceModel, diagnostics: inout DiagnosticBag
  ) -> [ParameterBinding]? {
    guard assignsOnlyNames(of: syntax, diagnostics: &diagnostics) else { return nil }
    var values: [String: Expression] = [:]
    for (name, assignment) in assignments {
      values[name] = assignment.expression
    }
    var words = rest
    if let slot = syntax.value {
      if let field = words.first {
        words.removeFirst()
        guard let value = field.constantExpression(of: syntax, diagnostics: &diagnostics) else { return nil }
        if let named = assignments[slot.name] {
          ElementError.givenTwice(name: slot.name, first: field.range, second: named.name.range)
            .report(to: &diagnostics)
          return nil
        }
        values[slot.name] = value
      }
      if values[slot.name] == nil, self.model == nil {
        ElementError.missingValue(name: card.keyword.value, syntax: syntax, range: range).report(to: &diagnostics)
        return nil
      }
    }
    if let extra = words.first {
      ElementError.unexpectedWord(extra.text.string, syntax: syntax, range: extra.range).report(to: &diagnostics)
      return nil
    }
    var bindings: [ParameterBinding] = []
    for (index, parameter) in model.parameters.enumerated() {
      guard let value = values[parameter.name] else { continue }
      guard value.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
      bindings.append(ParameterBinding(index: index, value: value))
    }
    return bindings
  }
}

extension Field {
  /// The word as a number or constant expression; nil after reporting one that is neither.
  func constantExpression(of syntax: CardSyntax, diagnostics: inout DiagnosticBag) -> Expression? {
    switch kind {
    case .expression(let expression): return expression
    case .openParenthesis, .closeParenthesis:
      ElementError.unexpectedWord(text.string, syntax: syntax, range: range).report(to: &diagnostics)
      return nil
    case .word:
      if let value = SpiceNumber.field(text, diagnostics: &diagnostics) {
        warnOfUnknownUnit(&diagnostics)
        return .number(value, range)
      }
      if beginsName {
        ElementError.bareName(text.string, syntax: syntax, range: range).report(to: &diagnostics)
        return nil
      }
      let expression = Expression.parse(text, diagnostics: &diagnostics)
      if case .invalid = expression { return nil }
      return expression
    }
  }

  /// ngspice ignores whatever letters follow a number's suffix: `1x` is 1, which may not be what was meant.
  private func warnOfUnknownUnit(_ diagnostics: inout DiagnosticBag) {
    var strict = DiagnosticBag()
    _ = Expression.parse(text, diagnostics: &strict)
    if strict.hasErrors { ElementError.unknownUnit(text.string, range: range).report(to: &diagnostics) }
  }
}

extension Expression {
  /// Reports a probe in a value that must stand still during a run; true where there is none.
  func isConstant(for owner: String, diagnostics: inout DiagnosticBag) -> Bool {
    guard let range = firstProbe else { return true }
    ElementError.runningValue(owner: owner, range: range).report(to: &diagnostics)
    return false
  }

  private var firstProbe: SourceRange? {
    switch self {
    case .probe(_, let range): range
    case .number, .name, .invalid: nil
    case .unary(_, let operand, _): operand.firstProbe
    case .binary(_, let left, let right, _): left.firstProbe ?? right.firstProbe
    case .call(_, let arguments, _): arguments.lazy.compactMap(\.firstProbe).first
    case .conditional(let condition, let then, let otherwise, _):
      condition.firstProbe ?? then.firstProbe ?? otherwise.firstProbe
    }
  }
}
