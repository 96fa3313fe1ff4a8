internal import Diagnostics
internal import Expressions
internal import Netlists

/// Placeholders: in names `{}` is an integer, in directives of a pass whatever the loop variables make of it.
extension Flattener {
  /// The name that `template` spells in `scope`; nil after a complaint.
  mutating func fill(_ template: NameTemplate, _ scope: LevelScope) -> String? {
    if let plain = template.plain { return plain }
    var name = ""
    for part in template.parts {
      switch part {
      case .text(let text): name += text
      case .placeholder(let expression):
        guard let digits = integer(expression, scope) else { return nil }
        name += digits
      }
    }
    return name
  }

  private mutating func integer(_ expression: Expression, _ scope: LevelScope) -> String? {
    guard let value = constant(expression, scope) else { return nil }
    guard value == value.rounded(), abs(value) < 0x1p53 else {
      report(.fractionalName(expression.range, value: value))
      return nil
    }
    return String(Int(value))
  }

  /// `card` as a line outside any `.for` would say it: loop variables replaced by their numbers.
  mutating func substituted(_ card: Card, _ scope: LevelScope) -> Card {
    let values = scope.passValues
    if values.isEmpty { return card }
    var result = card
    result.text = substituted(card.text, values, scope)
    result.fields = card.fields.map { field in
      let text = substituted(field.text, values, scope)
      let name = NameTemplate(parsing: text, diagnostics: &diagnostics)
      guard case .expression = field.kind else { return Field(kind: field.kind, text: text, name: name) }
      let expression = Expression.parse(text.unwrapped, diagnostics: &diagnostics)
      return Field(kind: .expression(expression), text: text, name: name)
    }
    result.assignments = card.assignments.map { assignment in
      let range = assignment.name.range
      let name = SourceText(file: range.file, bytes: Array(assignment.name.value.utf8), origin: range.start)
      let value = substituted(assignment.value, values, scope)
      var expression = assignment.expression
      if case .invalid = expression {
      } else {
        expression = Expression.parse(value.unwrapped, diagnostics: &diagnostics)
      }
      return Assignment(
        name: Located(substituted(name, values, scope).string, range), value: value, expression: expression)
    }
    return result
  }

  private mutating func substituted(_ text: SourceText, _ values: [String: Double], _ scope: LevelScope) -> SourceText {
    var substitution = LoopSubstitution(text, values: values)
    while let placeholder = substitution.nextPlaceholder() {
      let expression = Expression.parse(placeholder, diagnostics: &diagnostics)
      substitution.fill(integer(expression, scope) ?? "0")
    }
    return substitution.result
  }
}
