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

  package var kind: AnalysisKind {
    switch self {
    case .operatingPoint: .op
    case .sweep: .dc
    case .transient: .tran
    }
  }

  /// The line that asks for it.
  package var range: SourceRange {
    switch self {
    case .operatingPoint(let range): range
    case .sweep(let request): request.range
    case .transient(let request): request.range
    }
  }
}

/// `.dc SRC start stop step [back]`.
package struct SweepRequest: Sendable {
  package var source: Located<String>
  package var start: Double
  package var stop: Double
  package var step: Double
  package var returns: Bool
  package var range: SourceRange

  /// The chain of swept values, there and (with `back`) back again.
  package var values: [Double] {
    let count = Int(((stop - start) / step + 1e-9).rounded(.down))
    let there = (0...max(0, count)).map { start + Double($0) * step }
    return returns ? there + there.reversed().dropFirst() : there
  }
}

/// `.tran tstep tstop [tstart [tmax]] [uic]`, s.
package struct TransientRequest: Sendable {
  package var step: Double
  package var stop: Double
  package var start: Double
  package var maximumStep: Double?
  package var usesInitialConditions: Bool
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
      case "dc": sweep(card, scope, &diagnostics).map { .sweep($0) }
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
    var fields = card.fields
    let returns = fields.last?.name.plain == "back"
    if returns { fields.removeLast() }
    guard fields.count == 4, let source = fields[0].name.plain else {
      diagnostics.report(.wrongAnalysis(card.text.range, directive: "dc", form: ".dc SOURCE start stop step [back]"))
      return nil
    }
    let numbers = fields[1...].compactMap { number($0, scope, &diagnostics) }
    guard numbers.count == 3 else { return nil }
    let (start, stop, step) = (numbers[0], numbers[1], numbers[2])
    guard step != 0, (stop - start) / step >= 0, ((stop - start) / step) < 1e8 else {
      diagnostics.report(.wrongSweep(fields[3].range, start: start, stop: stop, step: step))
      return nil
    }
    return SweepRequest(
      source: Located(source, fields[0].range), start: start, stop: stop, step: step, returns: returns,
      range: card.text.range)
  }

  private static func transient(
    _ card: Card, _ scope: some ConstantScope, _ diagnostics: inout DiagnosticBag
  ) -> TransientRequest? {
    var fields = card.fields
    let usesInitialConditions = fields.last?.name.plain == "uic"
    if usesInitialConditions { fields.removeLast() }
    guard (2...4).contains(fields.count) else {
      diagnostics.report(
        .wrongAnalysis(card.text.range, directive: "tran", form: ".tran tstep tstop [tstart [tmax]] [uic]"))
      return nil
    }
    var numbers: [Double] = []
    for field in fields {
      guard let value = number(field, scope, &diagnostics) else { return nil }
      guard value.isFinite, value > 0 || (numbers.count == 2 && value == 0) else {
        diagnostics.report(.wrongTime(field.range, value: value))
        return nil
      }
      numbers.append(value)
    }
    let start = numbers.count > 2 ? numbers[2] : 0
    guard start < numbers[1] else {
      diagnostics.report(.startBehindStop(fields[2].range, start: start, stop: numbers[1]))
      return nil
    }
    return TransientRequest(
      step: numbers[0], stop: numbers[1], start: start, maximumStep: numbers.count > 3 ? numbers[3] : nil,
      usesInitialConditions: usesInitialConditions, range: card.text.range)
  }
}
