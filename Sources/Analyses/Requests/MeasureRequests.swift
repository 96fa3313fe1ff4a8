internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `.measure ANALYSIS NAME ...`
extension RequestReader {
  mutating func readMeasure(_ card: Card) {
    guard let analysis = analysis(of: card, allowed: [.tran, .dc, .ac]) else { return }
    guard analysis != .ac else {
      return diagnostics.report(.analysisNotBuilt(card.fields[0].range, directive: "measure", analysis: analysis))
    }
    var words = MeasureWords(card.items.dropFirst())
    guard let nameField = words.field(), let name = nameField.name.plain else {
      return diagnostics.report(.missingName(card.keyword.range, directive: "measure"))
    }
    if let earlier = measures.first(where: { $0.request.name == name }) {
      return diagnostics.report(.duplicateName(nameField.range, name: name, first: earlier.request.range))
    }
    guard let quantity = quantity(&words, in: card, analysis, nameField) else { return }
    if case .parameter = quantity {
    } else if let rest = words.next() {
      return complain(about: rest, in: card, allowed: [])
    }
    add(MeasureRequest(name: name, quantity: quantity, range: nameField.range), to: analysis)
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
      if let rest = words.next() { complain(about: rest, in: card, allowed: []) }
      if case .invalid = parameter.expression { return nil }
      return .parameter(parameter.expression)
    }
    guard let field = words.field() else {
      diagnostics.report(.missingKeyword(name.range, name: name.text.string))
      return nil
    }
    let keyword = field.name.plain ?? ""
    switch keyword {
    case "find": return find(&words, in: card, analysis, field)
    case "when": return crossing(&words, in: card, analysis, field).map { .when($0) }
    case "trig": return delay(&words, in: card, analysis, field)
    case "lobe": return lobe(&words, in: card, analysis, field)
    default:
      if let statistic = MeasureCatalogue.statistic(keyword) {
        return self.statistic(statistic, &words, in: card, analysis, field)
      }
      let hint = keyword == "deriv" || keyword == "derivative" ? "write 'find ddt(v(a)) at=...' instead" : nil
      diagnostics.report(.unknownKeyword(field.range, word: field.text.string, knownTo: hint))
      return nil
    }
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
