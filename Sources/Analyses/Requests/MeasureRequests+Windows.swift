internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// Measures over a window: statistics, windows around spikes, lobes.
extension RequestReader {
  mutating func statistic(
    _ statistic: any WindowStatistic.Type, _ words: inout MeasureWords, in card: Card, _ analysis: AnalysisKind,
    _ keyword: Field
  ) -> MeasureRequest.Quantity? {
    guard let field = words.extractField() else {
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
  mutating func window(
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
    // In Xyce the ends stand in the order in which a sweep passes them.
    if names.isXyce, analysis == .dc, sweepFalls, from.isFinite != to.isFinite {
      (from, to) = from.isFinite ? (-.infinity, from) : (to, .infinity)
    }
    if from > to, analysis != .dc {
      diagnostics.report(.emptyWindow(card.text.range, from: from, to: to, isFatal: false))
      return .some(.empty)
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

  mutating func lobe(
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
}
