internal import Circuits
internal import Diagnostics
internal import Expressions
internal import Netlists

extension StepLine {
  /// What `.mc RUNS [seed=S]` means; nil after a complaint.
  init?(samples card: Card, scope: ParameterScope, diagnostics: inout DiagnosticBag) {
    let name = Located("mc", card.keyword.range)
    guard let field = card.fields.first, card.fields.count == 1 else {
      diagnostics.report(.malformedSamples(card.fields.dropFirst().first?.range ?? card.text.range))
      return nil
    }
    guard let count = AnalysisRequest.number(field, scope, &diagnostics) else { return nil }
    guard count >= 1, count <= Double(StepPlan.mostRuns), count == count.rounded() else {
      diagnostics.report(.wrongSampleCount(field.range, count: count, most: StepPlan.mostRuns))
      return nil
    }
    var seed: UInt64?
    for assignment in card.assignments {
      guard assignment.name.value == "seed" else {
        diagnostics.report(.malformedSamples(assignment.name.range))
        return nil
      }
      guard let value = assignment.expression.constant(in: scope, diagnostics: &diagnostics) else { return nil }
      guard let whole = UInt64(exactly: value) else {
        diagnostics.report(
          .wrongOptionValue(assignment.value.range, name: "seed", wanted: "a whole number, 0 or above"))
        return nil
      }
      seed = whole
    }
    self.init(
      target: .sample(seed: seed), name: name, values: (1...Int(count)).map(Double.init), range: card.text.range)
  }
}
