package import Diagnostics
internal import Expressions
internal import Netlists

/// `.ac dec|oct|lin N fstart fstop`.
package struct SmallSignalRequest: Sendable {
  package var frequencies: FrequencyRange
  package var range: SourceRange

  static let form = ".ac dec|oct|lin points fstart fstop"
}

extension AnalysisRequest {
  static func smallSignal(
    _ card: Card, _ scope: some ConstantScope, _ diagnostics: inout DiagnosticBag
  ) -> SmallSignalRequest? {
    frequencies(card.fields[...], of: card, form: SmallSignalRequest.form, scope, &diagnostics)
      .map { SmallSignalRequest(frequencies: $0, range: card.text.range) }
  }
}
