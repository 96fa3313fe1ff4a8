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

  // MARK: Instants

  private mutating func find(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field
  ) -> MeasureRequest.Quantity? {
    guard let field = words.field() else {
      diagnostics.report(.missingSignal(keyword.range, directive: "measure", example: "find v(a) at=6m"))
      return nil
    }
    guard let signal = signal(field, in: card) else { return nil }
    let place = watch(signal, in: analysis)
    if let at = words.assignment(named: ["at"]) { return number(at).map { .find(signal: place, .at($0)) } }
    guard let when = words.field(), when.name.plain == "when" else {
      diagnostics.report(.missingInstant(keyword.range, keyword: "find"))
      return nil
    }
    return crossing(&words, in: card, analysis, when).map { .find(signal: place, .crossing($0)) }
  }

  /// `v(a)=0.5 rise=2 td= from= to=` behind `when`.
  private mutating func crossing(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field
  ) -> CrossingCondition? {
    guard let assignment = words.assignment() else {
      diagnostics.report(.missingLevel(keyword.range, keyword: "when"))
      return nil
    }
    guard let left = expression(assignment.name),
      let signal = signal(left, text: assignment.name.value, in: card),
      let level = level(assignment, in: card, analysis)
    else { return nil }
    return occurrence(
      &words, of: CrossingCondition(signal: watch(signal, in: analysis), level: level), in: card)
  }

  /// A constant or another signal.
  private mutating func level(_ assignment: Assignment, in card: Card, _ analysis: AnalysisKind) -> CrossingLevel? {
    if case .invalid = assignment.expression { return nil }
    guard assignment.expression.readsCircuit else { return number(assignment).map { .constant($0) } }
    return signal(assignment.expression, text: assignment.value.string, in: card)
      .map { .signal(watch($0, in: analysis)) }
  }

  /// The assignments that say which crossing is meant, up to the next word.
  private mutating func occurrence(
    _ words: inout MeasureWords, of condition: CrossingCondition, in card: Card
  ) -> CrossingCondition? {
    var condition = condition
    var hasEdge = false
    var (from, to) = (-Double.infinity, Double.infinity)
    while let assignment = words.assignment() {
      let name = assignment.name.value
      if let edge = CrossingEdge(rawValue: name) {
        if hasEdge { diagnostics.report(.severalEdges(assignment.name.range)) }
        hasEdge = true
        condition.edge = edge
        guard let occurrence = occurrence(assignment) else { return nil }
        condition.occurrence = occurrence
        continue
      }
      switch name {
      case "td", "from":
        guard let value = number(assignment) else { return nil }
        from = max(from, value)
      case "to":
        guard let value = number(assignment) else { return nil }
        to = value
      default:
        complain(
          about: .assignment(assignment), in: card,
          allowed: CrossingEdge.allCases.map(\.rawValue) + ["td", "from", "to"])
        return nil
      }
    }
    condition.window = AxisWindow(from: from, to: to)
    return condition
  }

  private mutating func occurrence(_ assignment: Assignment) -> CrossingOccurrence? {
    if case .name("last", _) = assignment.expression { return .last }
    guard let value = number(assignment) else { return nil }
    guard value >= 1, value <= 1e9, value == value.rounded() else {
      diagnostics.report(.invalidOccurrence(assignment.value.range, edge: assignment.name.value))
      return nil
    }
    return .number(Int(value))
  }

  private mutating func delay(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ trig: Field
  ) -> MeasureRequest.Quantity? {
    guard let start = instant(&words, in: card, analysis, trig, keyword: "trig") else { return nil }
    guard let targ = words.field(), targ.name.plain == "targ" else {
      diagnostics.report(.missingTarget(trig.range))
      return nil
    }
    guard let end = instant(&words, in: card, analysis, targ, keyword: "targ") else { return nil }
    return .delay(from: start, to: end)
  }

  /// `at=TIME` or `v(a) val=0.5 rise=1 td=`.
  private mutating func instant(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ field: Field, keyword: String
  ) -> Instant? {
    if let at = words.assignment(named: ["at"]) { return number(at).map { .at($0) } }
    // `trig v(a)=0.5` is the short form of `trig v(a) val=0.5`.
    if let short = words.assignment(where: { $0.contains("(") || $0.contains("[") || $0.contains("{") }) {
      guard let left = expression(short.name), let signal = signal(left, text: short.name.value, in: card),
        let level = level(short, in: card, analysis)
      else { return nil }
      let condition = CrossingCondition(signal: watch(signal, in: analysis), level: level)
      return occurrence(&words, of: condition, in: card).map { .crossing($0) }
    }
    guard let signalField = words.field(), signalField.name.plain != "targ" else {
      diagnostics.report(.missingInstant(field.range, keyword: keyword))
      return nil
    }
    guard let signal = signal(signalField, in: card) else { return nil }
    guard let value = words.extractAssignment(named: "val") else {
      diagnostics.report(.missingLevel(field.range, keyword: keyword))
      return nil
    }
    guard let level = level(value, in: card, analysis) else { return nil }
    let condition = CrossingCondition(signal: watch(signal, in: analysis), level: level)
    return occurrence(&words, of: condition, in: card).map { .crossing($0) }
  }

  // MARK: Windows

  private mutating func statistic(
    _ statistic: any WindowStatistic.Type, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind,
    _ keyword: Field
  ) -> MeasureRequest.Quantity? {
    guard let field = words.field() else {
      diagnostics.report(
        .missingSignal(keyword.range, directive: "measure", example: "\(keyword.text.string) v(a) from=0 to=1m"))
      return nil
    }
    guard let signal = signal(field, in: card) else { return nil }
    let place = watch(signal, in: analysis)
    if let around = words.extractAssignment(named: "around") {
      return spikeWindow(around, &words, in: card, analysis).map {
        .statisticAroundSpikes(statistic, signal: place, $0)
      }
    }
    return window(&words, in: card, analysis, also: ["around"]).map {
      .statistic(statistic, signal: place, $0 ?? .whole)
    }
  }

  /// `from= to= td=`; nil inside where none of them is written, nil outside where one is wrong.
  private mutating func window(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, also others: [String]
  ) -> AxisWindow?? {
    var (from, to) = (-Double.infinity, Double.infinity)
    var isGiven = false
    while let assignment = words.assignment() {
      switch assignment.name.value {
      case "from", "td":
        guard let value = number(assignment) else { return nil }
        from = max(from, value)
      case "to":
        guard let value = number(assignment) else { return nil }
        to = value
      default:
        complain(about: .assignment(assignment), in: card, allowed: ["from", "to", "td"] + others)
        return nil
      }
      isGiven = true
    }
    if from > to, analysis == .tran {
      diagnostics.report(.emptyWindow(card.text.range, from: from, to: to))
      return nil
    }
    return .some(isGiven ? AxisWindow(from: from, to: to) : nil)
  }

  private mutating func spikeWindow(
    _ around: Assignment, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind
  ) -> SpikeWindow? {
    let name = around.value.string.lowercased()
    guard analysis == .tran, let train = spikes.firstIndex(where: { $0.name == name }) else {
      diagnostics.report(.unknownSpikes(around.value.range, name: name, known: spikes.map(\.name)))
      return nil
    }
    var reach: [String: Double] = [:]
    while let assignment = words.assignment() {
      guard ["before", "after"].contains(assignment.name.value) else {
        complain(about: .assignment(assignment), in: card, allowed: ["before", "after"])
        return nil
      }
      guard let value = length(assignment) else { return nil }
      reach[assignment.name.value] = value
    }
    guard let before = reach["before"], let after = reach["after"] else {
      diagnostics.report(.missingReach(around.name.range, name: reach["before"] == nil ? "before" : "after"))
      return nil
    }
    return SpikeWindow(train: train, before: before, after: after)
  }

  private mutating func lobe(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field
  ) -> MeasureRequest.Quantity? {
    guard let yField = words.field(), let xField = words.field() else {
      diagnostics.report(.missingSignal(keyword.range, directive: "measure", example: "lobe i(n1) v(p)"))
      return nil
    }
    guard let y = signal(yField, in: card), let x = signal(xField, in: card) else { return nil }
    var side = LobeSide.positive
    if let assignment = words.extractAssignment(named: "side") {
      guard let written = LobeSide(rawValue: assignment.value.string) else {
        diagnostics.report(.invalidSide(assignment.value.range, word: assignment.value.string))
        return nil
      }
      side = written
    }
    guard let window = window(&words, in: card, analysis, also: ["side"]) else { return nil }
    return .lobe(y: watch(y, in: analysis), x: watch(x, in: analysis), side: side, window)
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

/// The words of a measure, taken one by one.
struct MeasureWords {
  private var items: ArraySlice<CardItem>

  init(_ items: some Sequence<CardItem>) { self.items = Array(items)[...] }

  mutating func next() -> CardItem? { items.popFirst() }

  /// The next word if it is no assignment.
  mutating func field() -> Field? {
    guard case .field(let field)? = items.first else { return nil }
    items.removeFirst()
    return field
  }

  /// The next word if it is an assignment whose name fits.
  mutating func assignment(where fits: (String) -> Bool = { _ in true }) -> Assignment? {
    guard case .assignment(let assignment)? = items.first, fits(assignment.name.value) else { return nil }
    items.removeFirst()
    return assignment
  }

  mutating func assignment(named names: [String]) -> Assignment? { assignment { names.contains($0) } }

  /// An assignment of that name, wherever it stands.
  mutating func extract(named name: String) -> Assignment? {
    for index in items.indices {
      guard case .assignment(let assignment) = items[index], assignment.name.value == name else { continue }
      items.remove(at: index)
      return assignment
    }
    return nil
  }

  /// An assignment of that name among those before the next word.
  mutating func extractAssignment(named name: String) -> Assignment? {
    for index in items.indices {
      guard case .assignment(let assignment) = items[index] else { return nil }
      if assignment.name.value == name {
        items.remove(at: index)
        return assignment
      }
    }
    return nil
  }
}
