internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// Measures at an instant: `find`, `when`, `trig ... targ`.
extension RequestReader {
  /// `find X at=`, `find X when Y=level`; with `asSlope` (`deriv X at=`) the rate of change of X.
  mutating func find(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field, asSlope: Bool = false
  ) -> MeasureRequest.Quantity? {
    func quantity(_ signal: Int, _ instant: Instant) -> MeasureRequest.Quantity {
      asSlope ? .slope(signal: signal, instant) : .find(signal: signal, instant)
    }
    guard let field = words.field() else {
      diagnostics.report(.missingSignal(keyword.range, directive: "measure", example: "find v(a) at=6m"))
      return nil
    }
    guard let signal = signal(field, in: card) else { return nil }
    let place = watch(signal, in: analysis)
    if let at = words.assignment(named: ["at"]) {
      // Xyce lets a window follow, which an instant outside of it fails.
      guard let window = window(&words, in: card, analysis, also: []) else { return nil }
      return number(at).map { quantity(place, (window ?? .whole).contains($0) ? .at($0) : .at(.nan)) }
    }
    guard let when = words.field(), when.name.plain == "when" || when.name.plain == "at" else {
      diagnostics.report(.missingInstant(keyword.range, keyword: keyword.text.string.lowercased()))
      return nil
    }
    if when.name.plain == "at" {
      guard let field = words.number() else {
        diagnostics.report(.missingInstant(keyword.range, keyword: keyword.text.string.lowercased()))
        return nil
      }
      return AnalysisRequest.number(field, scope, &diagnostics).map { quantity(place, .at($0)) }
    }
    return crossing(&words, in: card, analysis, when).map { quantity(place, .crossing($0)) }
  }

  /// `v(a)=0.5 rise=2 td= from= to=` behind `when`.
  mutating func crossing(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ keyword: Field
  ) -> CrossingCondition? {
    guard let assignment = words.assignment() else {
      diagnostics.report(.missingLevel(keyword.range, keyword: "when"))
      return nil
    }
    return condition(assignment, &words, in: card, analysis)
  }

  /// `v(a)=0.5` and the assignments behind it.
  private mutating func condition(
    _ assignment: Assignment, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind
  ) -> CrossingCondition? {
    guard let left = expression(assignment.name), let signal = signal(left, text: assignment.name.value, in: card)
    else {
      return nil
    }
    let place = watch(signal, in: analysis)
    guard let level = level(assignment, in: card, analysis) else { return nil }
    return occurrence(&words, of: CrossingCondition(signal: place, level: level), in: card, analysis)
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
    _ words: inout MeasureWords, of condition: CrossingCondition, in card: Card, _ analysis: AnalysisKind
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
        if name == "td" { lastDelay = value }
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
    condition.window =
      names.isXyce && from > to && analysis != .dc ? .empty : AxisWindow(from: from, to: to)
    return condition
  }

  private mutating func occurrence(_ assignment: Assignment) -> CrossingOccurrence? {
    if case .name("last", _) = assignment.expression { return .last }
    guard let value = number(assignment) else { return nil }
    if value <= -1, value >= -1e6, value == value.rounded() { return .fromLast(Int(-value)) }
    guard value >= 1, value <= 1e9, value == value.rounded() else {
      diagnostics.report(.invalidOccurrence(assignment.value.range, edge: assignment.name.value))
      return nil
    }
    return .number(Int(value))
  }

  mutating func delay(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ trig: Field
  ) -> MeasureRequest.Quantity? {
    guard let start = instant(&words, in: card, analysis, trig, keyword: "trig") else { return nil }
    guard let targ = words.field(), targ.name.plain == "targ" else {
      diagnostics.report(.missingTarget(trig.range))
      return nil
    }
    let delay = lastDelay
    guard var end = instant(&words, in: card, analysis, targ, keyword: "targ") else { return nil }
    // Xyce's delay of the trigger is that of the target, too, which gives none.
    if names.isXyce, lastDelay == nil, let delay, case .crossing(var condition) = end {
      condition.window.from = max(condition.window.from, delay)
      end = .crossing(condition)
    }
    return .delay(from: start, to: end)
  }

  /// `at=TIME` or `v(a) val=0.5 rise=1 td=`.
  private mutating func instant(
    _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind, _ field: Field, keyword: String
  ) -> Instant? {
    lastDelay = nil
    if let at = words.assignment(named: ["at"]) {
      // Xyce lets a delay follow that this instant has no use for.
      lastDelay = words.assignment(named: ["td"]).flatMap { number($0) }
      return number(at).map { .at($0) }
    }
    // `trig v(a)=0.5` is the short form of `trig v(a) val=0.5`.
    if let short = words.assignment(where: { $0.contains("(") || $0.contains("[") || $0.contains("{") }) {
      return condition(short, &words, in: card, analysis).map { .crossing($0) }
    }
    guard let signalField = words.field(), signalField.name.plain != "targ" else {
      diagnostics.report(.missingInstant(field.range, keyword: keyword))
      return nil
    }
    guard let signal = signal(signalField, in: card).map({ watch($0, in: analysis) }) else { return nil }
    // Xyce's `trig v(a) 0.5`.
    if let levelField = words.number(), let value = AnalysisRequest.number(levelField, scope, &diagnostics) {
      let condition = CrossingCondition(signal: signal, level: .constant(value))
      return occurrence(&words, of: condition, in: card, analysis).map { .crossing($0) }
    }
    guard let value = words.extractAssignment(named: "val") else {
      diagnostics.report(.missingLevel(field.range, keyword: keyword))
      return nil
    }
    guard let level = level(value, in: card, analysis) else { return nil }
    let condition = CrossingCondition(signal: signal, level: level)
    return occurrence(&words, of: condition, in: card, analysis).map { .crossing($0) }
  }
}
