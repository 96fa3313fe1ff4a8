internal import Diagnostics
internal import Expressions
internal import Netlists
internal import Waveforms

/// `dec|oct|lin N fstart fstop`: the frequencies of `.ac` and `.noise`, Hz, as ngspice places them.
package struct FrequencyRange: Sendable, Equatable {
  package enum Spacing: String, Sendable, CaseIterable {
    /// Points in a factor of 10, in a factor of 2, or in all.
    case dec, oct, lin
  }

  package let spacing: Spacing
  package let frequencies: [Double]

  /// nil where no points lead from one end to the other.
  package init?(_ spacing: Spacing, points: Double, from start: Double, to stop: Double) {
    guard points >= 1, points == points.rounded(), start.isFinite, stop.isFinite, stop >= start else { return nil }
    let found: [Double]?
    switch spacing {
    case .dec: found = start > 0 ? StepRange.decades(from: start, to: stop, points: points) : nil
    case .oct: found = start > 0 ? StepRange.octaves(from: start, to: stop, points: points) : nil
    case .lin:
      guard start >= 0, points < Double(StepPlan.mostRuns) else { return nil }
      let count = Int(points)
      found =
        count == 1 || start == stop
        ? [start]
        : (0..<count).map { $0 == count - 1 ? stop : start + (stop - start) * Double($0) / Double(count - 1) }
    }
    guard let found else { return nil }
    self.spacing = spacing
    frequencies = found
  }

  var isLogarithmic: Bool { spacing != .lin }
}

extension AnalysisRequest {
  /// The four words of a range, `form` being the whole line for complaints; nil after reporting what is wrong.
  static func frequencies(
    _ fields: ArraySlice<Field>, of card: Card, form: String, _ scope: some ConstantScope,
    _ diagnostics: inout DiagnosticBag
  ) -> FrequencyRange? {
    let fields = Array(fields)
    guard fields.count == 4, let spacing = fields[0].name.plain.flatMap(FrequencyRange.Spacing.init) else {
      diagnostics.report(.wrongAnalysis(card.text.range, directive: card.keyword.value, form: form))
      return nil
    }
    let numbers = fields.dropFirst().compactMap { number($0, scope, &diagnostics) }
    guard numbers.count == 3 else { return nil }
    if let range = FrequencyRange(spacing, points: numbers[0], from: numbers[1], to: numbers[2]) { return range }
    diagnostics.report(
      .wrongFrequencies(
        fields[1].range.joined(to: fields[3].range), spacing: spacing, points: numbers[0], start: numbers[1],
        stop: numbers[2]))
    return nil
  }
}

extension Diagnostic {
  static func wrongFrequencies(
    _ range: SourceRange, spacing: FrequencyRange.Spacing, points: Double, start: Double, stop: Double
  ) -> Diagnostic {
    let (from, to) = (NumberFormat.significant(start), NumberFormat.significant(stop))
    let caption: String
    if !(points >= 1 && points == points.rounded()) {
      caption = "the number of points must be whole, 1 or above"
    } else if stop < start {
      caption = "the second frequency must not lie below the first"
    } else if start <= 0 {
      caption =
        spacing == .lin ? "the first frequency must lie above 0 Hz here" : "decades and octaves begin above 0 Hz"
    } else {
      caption = "these are more than a million points"
    }
    return Diagnostic(
      .error, "wrong-frequencies", "there are no frequencies from \(from) to \(to) Hz in this way", at: range,
      caption: caption)
  }
}
