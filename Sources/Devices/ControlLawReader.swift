internal import Diagnostics
internal import Expressions
internal import Netlists

/// Reads what stands behind the nodes of an E, F, G or H card.
struct ControlLawReader {
  private let kind: any ControlledSource.Type
  private let card: BoundCard
  private var words: ArraySlice<Field>

  /// What `bound` says; nil after reporting what is wrong with it.
  static func read(
    _ bound: BoundCard, of kind: any ControlledSource.Type, diagnostics: inout DiagnosticBag
  ) -> ControlLaw? {
    var reader = ControlLawReader(kind: kind, card: bound, words: bound.rest)
    guard let law = reader.law(&diagnostics) else { return nil }
    if let extra = reader.words.first {
      ElementError.unexpectedWord(extra.text.string, syntax: kind.syntax, range: extra.range).report(to: &diagnostics)
      return nil
    }
    return law
  }

  private var name: String { card.card.keyword.value }

  private mutating func law(_ diagnostics: inout DiagnosticBag) -> ControlLaw? {
    if let formula = card.assignments["value"] { return .formula(formula.expression) }
    guard let keyword = words.first else { return gain(&diagnostics) }
    let takesFormulas = kind.control == .voltage
    switch keyword.text.string.lowercased() {
    case "poly":
      words.removeFirst()
      return polynomial(keyword, &diagnostics)
    case "value", "vol", "cur":
      guard takesFormulas, words.count > 1, let formula = words[words.startIndex + 1].formula else { break }
      words = words.dropFirst(2)
      return .formula(formula)
    case "table" where takesFormulas:
      words.removeFirst()
      return table(keyword, &diagnostics)
    case "laplace" where takesFormulas, "freq" where takesFormulas, "chebyshev" where takesFormulas:
      ControlledSourceError.refusedForm(keyword.text.string, range: keyword.range).report(to: &diagnostics)
      return nil
    default: break
    }
    return gain(&diagnostics)
  }

  // MARK: Gain and polynomial

  private mutating func gain(_ diagnostics: inout DiagnosticBag) -> ControlLaw? {
    guard let control = controls(1, &diagnostics)?.first else { return nil }
    if let named = card.assignments["gain"] {
      guard named.expression.isConstant(for: kind.syntax.title, diagnostics: &diagnostics) else { return nil }
      return .gain(named.expression, control: control)
    }
    guard let field = words.popFirst() else {
      ElementError.missingValue(name: name, syntax: kind.syntax, range: card.range).report(to: &diagnostics)
      return nil
    }
    guard let gain = constant(field, &diagnostics) else { return nil }
    return .gain(gain, control: control)
  }

  /// `POLY(n) controls coefficients`, the keyword being read.
  private mutating func polynomial(_ keyword: Field, _ diagnostics: inout DiagnosticBag) -> ControlLaw? {
    guard let dimension = dimension() else {
      ControlledSourceError.polynomialDimension(range: keyword.range).report(to: &diagnostics)
      return nil
    }
    guard let controls = controls(dimension, &diagnostics) else { return nil }
    var coefficients: [Expression] = []
    while let field = words.popFirst() {
      guard let value = constant(field, &diagnostics) else { return nil }
      coefficients.append(value)
    }
    guard !coefficients.isEmpty else {
      ControlledSourceError.noCoefficients(name: name, range: card.range).report(to: &diagnostics)
      return nil
    }
    return .polynomial(coefficients, controls: controls, range: card.range)
  }

  /// The number in parentheses behind POLY.
  private mutating func dimension() -> Int? {
    guard words.count >= 3, case .openParenthesis = words[words.startIndex].kind,
      case .closeParenthesis = words[words.startIndex + 2].kind,
      let dimension = Int(words[words.startIndex + 1].text.string), dimension > 0
    else { return nil }
    words = words.dropFirst(3)
    return dimension
  }

  /// As many controls as wanted, each a pair of nodes, which parentheses may hold, or the name of a device.
  private mutating func controls(_ count: Int, _ diagnostics: inout DiagnosticBag) -> [Expression]? {
    var names: [Field] = []
    let wanted = kind.control == .voltage ? 2 * count : count
    while names.count < wanted, let field = words.first {
      if case .expression = field.kind { break }
      words.removeFirst()
      if case .word = field.kind { names.append(field) }
    }
    while let field = words.first, case .closeParenthesis = field.kind { words.removeFirst() }
    guard names.count == wanted else {
      ControlledSourceError.missingControl(
        name: name, kind.control, wanted: wanted, found: names.count, form: kind.syntax, range: card.range
      ).report(to: &diagnostics)
      return nil
    }
    func text(_ place: Int) -> String { names[place].text.string.lowercased() }
    return (0..<count).map { place in
      switch kind.control {
      case .current: .probe(.current(text(place)), names[place].range)
      case .voltage:
        .probe(
          .voltage(text(2 * place), text(2 * place + 1)), names[2 * place].range.joined(to: names[2 * place + 1].range))
      }
    }
  }

  private func constant(_ field: Field, _ diagnostics: inout DiagnosticBag) -> Expression? {
    guard let value = field.constantExpression(of: kind.syntax, diagnostics: &diagnostics),
      value.isConstant(for: kind.syntax.title, diagnostics: &diagnostics)
    else { return nil }
    return value
  }

  // MARK: Table

  /// `TABLE {expression} = (x, y) (x, y) ...`, the keyword being read: straight lines between the points, and the outer
  /// values outside.
  private mutating func table(_ keyword: Field, _ diagnostics: inout DiagnosticBag) -> ControlLaw? {
    guard let formula = words.popFirst()?.formula else {
      ControlledSourceError.tableWithoutExpression(range: keyword.range).report(to: &diagnostics)
      return nil
    }
    var values: [Expression] = []
    while let field = words.popFirst() {
      switch field.kind {
      case .openParenthesis, .closeParenthesis: continue
      case .word where field.text.string == "=" && values.isEmpty: continue
      case .word, .expression:
        guard let value = constant(field, &diagnostics) else { return nil }
        values.append(value)
      }
    }
    guard values.count >= 4, values.count % 2 == 0 else {
      ControlledSourceError.tableWithoutPairs(count: values.count, range: keyword.range).report(to: &diagnostics)
      return nil
    }
    let abscissas = stride(from: 0, to: values.count, by: 2).map { values[$0] }
    for (left, right) in zip(abscissas, abscissas.dropFirst()) {
      if case .number(let x, _) = left, case .number(let next, _) = right, x >= next {
        ControlledSourceError.tableDescends(first: left.range, second: right.range).report(to: &diagnostics)
        return nil
      }
    }
    /// A point as far outside as the neighbour lies inside, at the value of the outermost.
    func outer(_ last: Int, _ neighbour: Int) -> [Expression] {
      let range = values[last].range
      let double = Expression.binary(.multiply, .number(2, range), values[last], range)
      return [.binary(.subtract, double, values[neighbour], range), values[last + 1]]
    }
    let end = values.count - 2
    let range = keyword.range.joined(to: values[end + 1].range)
    return .formula(.call("pwl", [formula] + outer(0, 2) + values + outer(end, end - 2), range))
  }
}

extension Field {
  /// What stands in braces or quotes.
  var formula: Expression? {
    if case .expression(let expression) = kind { expression } else { nil }
  }
}
