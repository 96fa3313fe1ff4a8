internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `.four FREQUENCY signal ...`
extension RequestReader {
  mutating func readFourier(_ card: Card) {
    for assignment in card.assignments { complain(about: .assignment(assignment), in: card, allowed: []) }
    guard let field = card.fields.first, card.fields.count > 1 else {
      return diagnostics.report(
        .missingSignal(card.text.range, directive: "four", example: ".four 1k v(out)"))
    }
    guard let fundamental = AnalysisRequest.number(field, scope, &diagnostics) else { return }
    guard fundamental > 0, fundamental.isFinite else {
      diagnostics.report(.wrongFourier(field.range, fundamental: fundamental))
      return
    }
    let signals = card.fields.dropFirst().flatMap { outputSignals($0, in: card) }
    fourier.append(
      FourierRequest(
        fundamental: fundamental, signals: signals.map { ($0.name, watch($0.expression, in: .tran)) },
        range: card.text.range))
  }
}

extension Experiment {
  /// A transient must last one period at least.
  func checkFourier(_ diagnostics: inout DiagnosticBag) {
    let stops = analyses.compactMap { if case .transient(let request) = $0 { request.stop } else { nil } }
    for request in requests.plans[.tran]?.fourier ?? [] {
      if stops.isEmpty {
        diagnostics.report(.fourierWithoutTransient(request.range))
      } else if let stop = stops.first(where: { $0 * request.fundamental < 1 - 1e-9 }) {
        diagnostics.report(.shortFourier(request.range, fundamental: request.fundamental, stop: stop))
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func wrongFourier(_ range: SourceRange, fundamental: Double) -> Diagnostic {
    Diagnostic(
      .error, "wrong-fourier", "a fundamental of \(NumberFormat.significant(fundamental)) Hz is not possible",
      at: range, caption: "must be positive and finite", notes: ["the form is .four FREQUENCY v(out) ..."])
  }

  fileprivate static func fourierWithoutTransient(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, "wrong-fourier", "'.four' has no effect without a .tran, whose last period it looks at", at: range)
  }

  fileprivate static func shortFourier(_ range: SourceRange, fundamental: Double, stop: Double) -> Diagnostic {
    let period = NumberFormat.quantity(1 / fundamental, unit: "s", digits: 6)
    return Diagnostic(
      .error, "wrong-fourier",
      "the run ends at \(NumberFormat.quantity(stop, unit: "s", digits: 6)), before one period of \(period) has passed",
      at: range, fixIts: [FixIt("let .tran last some periods, until the circuit has settled")])
  }
}
