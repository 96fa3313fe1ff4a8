internal import Circuits
internal import Diagnostics
package import Expressions
internal import Netlists
package import Waveforms

/// One `.plot step` line: results of the runs of a `.step` over what it varies, a point for each run.
package struct ResultPlot: Sendable {
  package struct Quantity: Sendable {
    /// As the line writes it.
    package var name: String
    /// A result by name, or else this formula over results and parameters.
    package var formula: Expression?

    func value(in results: ResultScope<ParameterScope>) -> Double? {
      let value = formula.map { results.evaluate($0) } ?? results.result(name) ?? .failure(.missing(name: name))
      return try? value.get()
    }
  }

  /// What one run gives; nil where it has no such value.
  package struct Point: Sendable {
    package var over: Double?
    package var values: [Double?]
  }

  package var quantities: [Quantity]
  /// The horizontal quantity; nil for the first stepped name.
  package var over: Quantity?

  func point(of tables: [ResultTable], scope: ParameterScope) -> Point {
    let results = ResultScope(tables: tables, outer: scope)
    return Point(over: over?.value(in: results), values: quantities.map { $0.value(in: results) })
  }
}

extension RequestReader {
  /// `.plot step s.rate vmax [vs {current/1u}]`
  mutating func readResultPlot(_ card: Card) {
    for assignment in card.assignments { complain(about: .assignment(assignment), in: card, allowed: []) }
    guard isStepped else { return diagnostics.report(.nothingStepped(card.fields[0].range)) }
    let fields = card.fields.dropFirst()
    if fields.isEmpty {
      return diagnostics.report(.missingSignal(card.text.range, directive: "plot", example: ".plot step s.rate"))
    }
    guard let groups = groups(of: fields) else { return }
    for group in groups {
      let over = group.over.flatMap { quantity($0) }
      let quantities = group.fields.compactMap { quantity($0) }
      if quantities.count == group.fields.count, (over == nil) == (group.over == nil) {
        outputs.resultPlots.append(ResultPlot(quantities: quantities, over: over))
      }
    }
  }

  private mutating func quantity(_ field: Field) -> ResultPlot.Quantity? {
    let text = field.text.string.lowercased().filter { $0 != " " && $0 != "\t" }
    if isResult(text, at: field.range) { return ResultPlot.Quantity(name: text) }
    if let name = ResultName(text), name.property != nil, !text.contains("{") {
      reportUnknown(text, at: field.range)
      return nil
    }
    guard let formula = expression(field) else { return nil }
    checkNames(in: formula)
    return ResultPlot.Quantity(name: text.filter { !"{}'".contains($0) }, formula: formula)
  }
}

extension Experiment {
  /// What kind of quantity a result is, as far as its name or its `.measure` line tells.
  package func resultKind(_ quantity: ResultPlot.Quantity) -> SignalKind {
    if quantity.formula != nil { return .other(unit: "") }
    for (analysis, plan) in requests.plans {
      guard let measure = plan.measures.first(where: { $0.name == quantity.name }) else { continue }
      return kind(
        of: measure.quantity, axis: analysis == .tran ? .time : analysis.isOverFrequency ? .frequency : .voltage,
        watched: plan.watched)
    }
    return switch ResultName(quantity.name)?.property.flatMap(ResultName.SpikeProperty.init) {
    case .rate: .frequency
    case .time, .latency: .time
    case .velocity: .other(unit: "m/s")
    case .count, nil: .other(unit: "-")
    }
  }

  private func kind(of quantity: MeasureRequest.Quantity, axis: SignalKind, watched: [Expression]) -> SignalKind {
    switch quantity {
    case .find(let signal, _): signalKind(of: watched[signal])
    case .when, .delay: axis
    case .statistic(let statistic, let signal, _), .statisticAroundSpikes(let statistic, let signal, _):
      switch statistic.keyword {
      case "integ": .other(unit: "")
      case "max_at", "min_at": axis
      default: signalKind(of: watched[signal])
      }
    case .lobe, .parameter, .slope, .cycles, .error: .other(unit: "")
    }
  }
}
