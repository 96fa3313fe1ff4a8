internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `.measure ANALYSIS NAME ...`
extension RequestReader {
  mutating func readMeasure(_ card: Card) {
    if refuses(card) { return }
    var items = card.items[...]
    let analysis: AnalysisKind
    let continued = continuedAnalysis(card)
    if let continued {
      analysis = continued
      items.removeFirst()
    } else if let implied = impliedAnalysis(card) {
      analysis = implied
    } else {
      guard let written = self.analysis(of: card, allowed: [.tran, .dc, .ac, .noise]) else { return }
      analysis = written
      items.removeFirst()
    }
    var words = MeasureWords(separatingBraces(items))
    guard let nameField = words.field(), let name = nameField.name.plain else {
      return diagnostics.report(.missingName(card.keyword.range, directive: "measure"))
    }
    if let earlier = measures.last(where: { $0.request.name == name }) {
      if names.isXyce {
        diagnostics.report(.replacedMeasure(earlier.request.range, name: name, by: nameField.range))
        removeMeasure(named: name)
      } else {
        diagnostics.report(.repeatedMeasure(nameField.range, name: name, first: earlier.request.range))
      }
    }
    let fallback = takeGeneralArguments(&words)
    guard let quantity = quantity(&words, in: card, analysis, nameField) else { return }
    if case .parameter = quantity {
    } else if let rest = words.next() {
      return complain(about: rest, in: card, allowed: [])
    }
    var request = MeasureRequest(name: name, quantity: quantity, range: nameField.range)
    request.fallback = fallback
    request.continues = continued != nil
    add(request, to: analysis)
  }

  /// The analysis of Xyce's `tran_cont`, `dc_cont`, `ac_cont`, `noise_cont`: every instant from the first on is a result.
  private func continuedAnalysis(_ card: Card) -> AnalysisKind? {
    guard let word = card.fields.first?.name.plain, word.hasSuffix("_cont") else { return nil }
    return AnalysisKind(rawValue: String(word.dropLast("_cont".count)))
  }

  /// The analysis of the netlist where the line names none, as LTspice allows: `.meas vmax max v(out)`.
  private func impliedAnalysis(_ card: Card) -> AnalysisKind? {
    guard let onlyAnalysis, let first = card.fields.first?.name.plain, AnalysisKind(rawValue: first) == nil,
      card.fields.count > 1, let second = card.fields[1].name.plain, MeasureCatalogue.keywords.contains(second)
    else { return nil }
    return onlyAnalysis
  }

  /// The analysis in the first word.
  mutating func analysis(of card: Card, allowed: [AnalysisKind]) -> AnalysisKind? {
    let directive = card.keyword.value
    guard let field = card.fields.first, let word = field.name.plain else {
      diagnostics.report(.missingAnalysis(card.keyword.range, directive: directive))
      return nil
    }
    guard let analysis = AnalysisKind(rawValue: word), allowed.contains(analysis) else {
      diagnostics.report(.unknownAnalysis(field.range, directive: directive, word: word, allowed: allowed))
      return nil
    }
    return analysis
  }

  private mutating func quantity(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ name: Field
  ) -> MeasureRequest.Quantity? {
    if let parameter = words.assignment(named: ["param"]) {
      if names.isXyce, readingEquations(parameter.expression).readsCircuit {
        guard let expression = valid(parameter.expression) else { return nil }
        return equation(expression, &words, in: card, analysis, name)
      }
      if let rest = words.next() { complain(about: rest, in: card, allowed: []) }
      if case .invalid = parameter.expression { return nil }
      return .parameter(parameter.expression)
    }
    guard let field = words.field() else {
      diagnostics.report(.missingKeyword(name.range, name: name.text.string))
      return nil
    }
    var keyword = field.name.plain ?? ""
    if keyword == "eqn" || keyword == "param" { return equation(&words, in: card, analysis, field, name) }
    if ["max", "min"].contains(keyword), words.extract(named: "output")?.value.string.lowercased() == "time" {
      keyword += "_at"
    }
    switch keyword {
    case "find": return find(&words, in: card, analysis, field)
    case "deriv", "derivative": return find(&words, in: card, analysis, field, asSlope: true)
    case "when": return crossing(&words, in: card, analysis, field).map { .when($0) }
    case "trig": return delay(&words, in: card, analysis, field)
    case "lobe": return lobe(&words, in: card, analysis, field)
    default:
      if let statistic = MeasureCatalogue.statistic(keyword) {
        return self.statistic(statistic, &words, in: card, analysis, field)
      }
      if let kind = ErrorKind(keyword: keyword) { return error(kind, &words, in: card, analysis, field) }
      if let kind = CycleKind(rawValue: keyword) { return cycles(kind, &words, in: card, analysis, field) }
      diagnostics.report(.unknownKeyword(field.range, word: field.text.string))
      return nil
    }
  }

  /// `eqn {expression}`: of signals its value at the end of the window, else of other results.
  private mutating func equation(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field, _ name: Field
  ) -> MeasureRequest.Quantity? {
    guard let field = words.field() else {
      diagnostics.report(.missingSignal(keyword.range, directive: "measure", example: "eqn {v(a) - v(b)}"))
      return nil
    }
    guard let expression = expression(field) else { return nil }
    return equation(expression, &words, in: card, analysis, name)
  }

  private mutating func equation(
    _ expression: Expression, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ name: Field
  ) -> MeasureRequest.Quantity? {
    guard let window = window(&words, in: card, analysis, also: []) else { return nil }
    guard let final = MeasureCatalogue.statistic("final"), expression.runs else { return .parameter(expression) }
    if window == nil, names.isXyce, let name = name.name.plain { equations[name] = expression }
    return .statistic(final, signal: watch(expression, in: analysis), window ?? .whole)
  }

  mutating func complain(about item: CardItem, in card: Card, allowed: [String]) {
    switch item {
    case .field(let field):
      diagnostics.report(.surplusWord(field.range, directive: card.keyword.value, word: field.text.string))
    case .assignment(let assignment):
      diagnostics.report(
        .unknownArgument(
          assignment.name.range, directive: card.keyword.value, name: assignment.name.value, allowed: allowed))
    }
  }
}
