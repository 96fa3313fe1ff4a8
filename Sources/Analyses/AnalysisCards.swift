internal import Circuits
package import Diagnostics
package import Expressions
package import Netlists
package import Waveforms

/// One analysis as asked for: numbers evaluated, names resolved later.
package enum AnalysisRequest: Sendable {
  case operatingPoint(SourceRange)
  case sweep(SweepRequest)
  case transient(TransientRequest)
  case smallSignal(SmallSignalRequest)
  case noise(NoiseRequest)

  package var kind: AnalysisKind {
    switch self {
    case .operatingPoint: .op
    case .sweep: .dc
    case .transient: .tran
    case .smallSignal: .ac
    case .noise: .noise
    }
  }

  /// The line that asks for it.
  package var range: SourceRange {
    switch self {
    case .operatingPoint(let range): range
    case .sweep(let request): request.range
    case .transient(let request): request.range
    case .smallSignal(let request): request.range
    case .noise(let request): request.range
    }
  }
}

/// `.tran tstep tstop [tstart [tmax]] [uic]`, s.
package struct TransientRequest: Sendable {
  /// 0, as Xyce has it, says nothing of points: every accepted step is one.
  package var step: Double
  package var stop: Double
  package var start: Double
  package var maximumStep: Double?
  package var usesInitialConditions: Bool
  /// Whether the operating point is a point of its own where the circuit leaves it at once (Xyce).
  package var writesRest = false
  package var range: SourceRange

  package init(
    step: Double, stop: Double, start: Double = 0, maximumStep: Double? = nil, usesInitialConditions: Bool,
    range: SourceRange
  ) {
    self.step = step
    self.stop = stop
    self.start = start
    self.maximumStep = maximumStep
    self.usesInitialConditions = usesInitialConditions
    self.range = range
  }
}

extension AnalysisRequest {
  /// The analyses among `cards`, in order; faults are reported.
  package static func read(
    _ cards: [Card], scope: some ConstantScope, diagnostics: inout DiagnosticBag
  ) -> [AnalysisRequest] {
    cards.compactMap { card in
      switch card.keyword.value {
      case "op": .operatingPoint(card.text.range)
      // Each row of a table is a run of its own.
      case "dc" where card.dataName != nil: .operatingPoint(card.text.range)
      case "dc": sweep(card, scope, &diagnostics).map { .sweep($0) }
      case "ac": smallSignal(card, scope, &diagnostics).map { .smallSignal($0) }
      case "noise": noise(card, scope, &diagnostics).map { .noise($0) }
      case "tran": transient(card, scope, &diagnostics).map { .transient($0) }
      default: nil
      }
    }
  }

  static func number(
    _ field: Field, _ scope: some ConstantScope, _ diagnostics: inout DiagnosticBag
  ) -> Double? {
    switch field.kind {
    case .expression(let expression): return expression.constant(in: scope, diagnostics: &diagnostics)
    case .word:
      if let value = SpiceNumber.parseField(field.text.bytes) { return value }
      return Expression.parse(field.text, diagnostics: &diagnostics).constant(in: scope, diagnostics: &diagnostics)
    case .openParenthesis, .closeParenthesis: return nil
    }
  }

  private static func sweep(
    _ card: Card, _ scope: some ConstantScope, _ diagnostics: inout DiagnosticBag
  ) -> SweepRequest? {
    var reader = SweepReader(card, scope: scope)
    defer { diagnostics.append(reader.diagnostics) }
    return reader.request()
  }
}
