internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `.expect [ANALYSIS] NAME = value [tol=|reltol=]` and `.expect [ANALYSIS] {expression}`
extension RequestReader {
  mutating func readExpectation(_ card: Card) {
    var words = MeasureWords(card.items)
    var analysis: AnalysisKind?
    if case .field(let field)? = card.items.first, let word = field.name.plain, let kind = AnalysisKind(rawValue: word)
    {
      analysis = kind
      _ = words.field()
    }
    let tolerances = (absolute: words.extract(named: "tol"), relative: words.extract(named: "reltol"))
    if let field = words.field() {
      guard let condition = expression(field) else { return }
      if let tolerance = tolerances.absolute ?? tolerances.relative {
        return diagnostics.report(.toleranceOfCondition(tolerance.name.range))
      }
      if let rest = words.next() { return complain(about: rest, in: card, allowed: []) }
      return readCondition(condition, analysis, field)
    }
    guard let assignment = words.assignment() else {
      return diagnostics.report(.missingExpectation(card.text.range))
    }
    if let rest = words.next() { return complain(about: rest, in: card, allowed: ["tol", "reltol"]) }
    guard let subject = subject(assignment.name, analysis), let expected = number(assignment),
      let tolerance = tolerance(tolerances.absolute, tolerances.relative, of: expected, assignment)
    else { return }
    expectations.append(
      Expectation(
        subject: subject, analysis: analysis, expected: expected, tolerance: tolerance,
        text: unwrapped(assignment.name.value), range: card.text.range))
  }

  private mutating func readCondition(_ condition: Expression, _ analysis: AnalysisKind?, _ field: Field) {
    let subject: Expectation.Subject
    if analysis == .op {
      guard condition.readsCircuit else {
        return diagnostics.report(.signalIsConstant(field.range, text: field.text.string))
      }
      subject = .signalCondition(operatingPointSignals.place(of: condition))
    } else {
      checkNames(in: condition)
      subject = .condition(condition)
    }
    expectations.append(
      Expectation(
        subject: subject, analysis: analysis, expected: 1, tolerance: .absolute(0), text: unwrapped(field.text.string),
        range: field.range))
  }

  /// What the left side names.
  private mutating func subject(_ name: Located<String>, _ analysis: AnalysisKind?) -> Expectation.Subject? {
    if analysis == .op {
      guard let signal = expression(name) else { return nil }
      guard signal.readsCircuit else {
        diagnostics.report(.signalIsConstant(name.range, text: name.value))
        return nil
      }
      return .signal(operatingPointSignals.place(of: signal))
    }
    let text = name.value.filter { $0 != " " && $0 != "\t" }
    if isResult(text, at: name.range) { return .result(text) }
    guard text.hasPrefix("{") || text.hasPrefix("'") else {
      if let signal = expression(name), signal.readsCircuit {
        diagnostics.report(.signalInResult(name.range))
      } else {
        reportUnknown(text, at: name.range)
      }
      return nil
    }
    guard let formula = expression(name) else { return nil }
    checkNames(in: formula)
    return .formula(formula)
  }

  private mutating func tolerance(
    _ absolute: Assignment?, _ relative: Assignment?, of expected: Double, _ assignment: Assignment
  ) -> Expectation.Tolerance? {
    if absolute != nil, let relative {
      diagnostics.report(.bothTolerances(relative.name.range))
      return nil
    }
    if let absolute { return length(absolute).map { .absolute($0) } }
    if expected == 0 {
      diagnostics.report(.missingTolerance(assignment.value.range))
      return nil
    }
    if let relative { return length(relative).map { .relative($0) } }
    return .relative(1e-3)
  }

  private func unwrapped(_ text: String) -> String {
    guard text.hasPrefix("{") || text.hasPrefix("'"), text.count > 2 else { return text }
    return String(text.dropFirst().dropLast())
  }
}
