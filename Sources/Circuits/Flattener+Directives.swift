internal import Diagnostics
internal import Expressions
internal import Netlists

/// Directives: `.ic`, `.nodeset`, `.options`, `.temp` are obeyed here; the others are handed on.
extension Flattener {
  mutating func addDirective(_ plan: DirectivePlan, _ scope: LevelScope, to expansion: Expansion) {
    let card = plan.card
    switch card.keyword.value {
    case "ic", "nodeset": addInitialConditions(plan, scope, to: expansion)
    case "options": addOptions(card, scope)
    case "temp":
      // Further temperatures are runs of their own.
      if card.fields.isEmpty { report(.missingTemperature(card.keyword.range)) }
    default: directives.append(substituted(card, scope))
    }
  }

  /// `.ic v(a)=1 @n1[x]=0.2`.
  private mutating func addInitialConditions(_ plan: DirectivePlan, _ scope: LevelScope, to expansion: Expansion) {
    let card = plan.card
    let isGuess = card.keyword.value == "nodeset"
    for field in card.fields {
      report(.malformedInitialCondition(field.range, directive: card.keyword.value, text: field.text.string))
    }
    if card.fields.isEmpty, card.assignments.isEmpty {
      report(.malformedInitialCondition(card.keyword.range, directive: card.keyword.value, text: ""))
    }
    for (assignment, target) in zip(card.assignments, plan.targets(diagnostics: &diagnostics)) {
      let range = assignment.name.range
      switch target {
      case .node(let name):
        guard let node = fill(name, scope), let value = constant(assignment.expression, scope) else { continue }
        let slot = expansion.slot(
          node, .holds, at: range, globals: globals, names: &assembler.names)
        expansion.voltages.append(ExpandedVoltage(slot: slot, value: value, isGuess: isGuess, range: range))
      case .text(let name) where isGuess && name.plain == "all":
        if let value = constant(assignment.expression, scope) { assembler.guessOfAll = (value, range) }
      case .text(let name):
        guard let text = fill(name, scope), let value = constant(assignment.expression, scope) else { continue }
        if !isGuess, let rest = Self.argument(of: text, between: "@", and: "]"), let bracket = rest.firstIndex(of: "[")
        {
          expansion.starts.append(
            ExpandedStart(
              device: String(rest[..<bracket]), quantity: String(rest[rest.index(after: bracket)...]), value: value,
              range: range))
        } else {
          report(.malformedInitialCondition(range, directive: card.keyword.value, text: assignment.name.value))
        }
      }
    }
  }

  /// What stands between `prefix` and `suffix`, if anything does.
  private static func argument(of text: String, between prefix: String, and suffix: String) -> String? {
    guard text.hasPrefix(prefix), text.hasSuffix(suffix), text.utf8.count > prefix.utf8.count + suffix.utf8.count else {
      return nil
    }
    return String(text.dropFirst(prefix.count).dropLast(suffix.count))
  }

  /// `.options reltol=1e-5 method=gear noacct`.
  private mutating func addOptions(_ card: Card, _ scope: LevelScope) {
    for field in card.fields {
      let name = field.text.string.lowercased()
      options[name] = Located(.flag, field.range)
    }
    for assignment in card.assignments {
      let name = assignment.name.value
      let range = assignment.name.range.joined(to: assignment.value.range)
      if case .name(let word, _) = assignment.expression, scope.value(of: word) == nil {
        options[name] = Located(.word(word), range)
      } else if case .invalid = assignment.expression {
        options[name] = Located(.word(assignment.value.unwrapped.string.lowercased()), range)
      } else if let value = constant(assignment.expression, scope) {
        options[name] = Located(.number(value), range)
      }
    }
  }
}
