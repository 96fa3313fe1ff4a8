package import Diagnostics
package import Expressions
internal import Netlists

/// `.noise v(out[,ref]) SRC dec|oct|lin N fstart fstop [pts_per_summary]`.
package struct NoiseRequest: Sendable {
  /// The voltage whose noise is asked for.
  package var output: Probe
  /// The source to whose place it is referred.
  package var input: Located<String>
  package var frequencies: FrequencyRange
  /// Every so many points what each device adds is written; 0 for never.
  package var summaryInterval: Int
  package var range: SourceRange
  package var outputRange: SourceRange

  static let form = ".noise v(out[,ref]) SOURCE dec|oct|lin points fstart fstop [points_per_summary]"
}

extension AnalysisRequest {
  static func noise(
    _ card: Card, _ scope: some ConstantScope, _ diagnostics: inout DiagnosticBag
  ) -> NoiseRequest? {
    func wrong() -> NoiseRequest? {
      diagnostics.report(.wrongAnalysis(card.text.range, directive: "noise", form: NoiseRequest.form))
      return nil
    }
    let fields = card.fields
    guard fields.count == 6 || fields.count == 7, let input = fields[1].name.plain else { return wrong() }
    let output = Expression.parse(fields[0].text, diagnostics: &diagnostics)
    guard case .probe(let probe, let range) = output, case .voltage = probe else {
      if !output.isInvalid { diagnostics.report(.noiseOutput(fields[0].range)) }
      return nil
    }
    guard let frequencies = frequencies(fields[2..<6], of: card, form: NoiseRequest.form, scope, &diagnostics) else {
      return nil
    }
    guard frequencies.frequencies.allSatisfy({ $0 > 0 }) else {
      diagnostics.report(
        .wrongFrequencies(
          fields[3].range.joined(to: fields[5].range), spacing: .lin, points: 1, start: 0,
          stop: frequencies.frequencies.last ?? 0))
      return nil
    }
    var interval = 0.0
    if fields.count == 7 {
      guard let value = number(fields[6], scope, &diagnostics) else { return nil }
      interval = value
    }
    guard interval >= 0, interval == interval.rounded(), interval < 1e9 else { return wrong() }
    return NoiseRequest(
      output: probe, input: Located(input, fields[1].range), frequencies: frequencies, summaryInterval: Int(interval),
      range: card.text.range, outputRange: range)
  }
}

extension Diagnostic {
  static func noiseSignal(_ range: SourceRange, text: String) -> Diagnostic {
    Diagnostic(
      .error, "noise-signal", "'\(text)' is no spectrum of .noise", at: range,
      caption: "expected onoise_spectrum, inoise_spectrum or what a device adds",
      fixIts: [
        FixIt("the output is named on the .noise line; what a device adds is onoise_r1, with points_per_summary")
      ])
  }

  static func noiseOutput(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .error, "noise-output", "the output of .noise is a voltage", at: range,
      caption: "expected v(node) or v(node,node)",
      fixIts: [FixIt("for the noise of a current, let it flow through a resistor with noisy=0")])
  }
}
