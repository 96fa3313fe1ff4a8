package import Diagnostics
internal import Expressions
internal import Glibc
internal import Netlists

/// One `--param NAME=VALUES` of `neuristor sweep`, understood as far as its text goes.
package struct SweepParameter: Sendable {
  package enum Values: Sendable {
    case list([Double])
    /// From which samples are taken, evenly in the value or in its logarithm.
    case range(low: Double, high: Double, isLogarithmic: Bool)
  }

  /// In lower case.
  package var name: Located<String>
  package var text: SourceText
  package var values: Values
  package var range: SourceRange

  /// Reads `r=1k:3k:500`, `r=lin:1k:3k:5`, `r=log:1k:1meg:7`, `r=1k,2k,5k`, `r=1k:3k` and `r=log:1k:3k`; nil after a
  /// complaint.
  package init?(_ text: SourceText, diagnostics: inout DiagnosticBag) {
    range = text.range
    guard let equals = text.bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0, equals + 1 < text.bytes.count else {
      diagnostics.report(.malformedSweep(text.range))
      return nil
    }
    let nameText = text.slice(0..<equals)
    self.text = nameText
    name = Located(nameText.string.lowercased(), nameText.range)
    let spec = text.slice(equals + 1..<text.bytes.count)
    guard let values = Self.values(spec, &diagnostics) else { return nil }
    self.values = values
  }

  private static func values(_ spec: SourceText, _ diagnostics: inout DiagnosticBag) -> Values? {
    if spec.bytes.contains(UInt8(ascii: ",")) {
      return numbers(spec.split(at: UInt8(ascii: ",")), &diagnostics).map { .list($0) }
    }
    var parts = spec.split(at: UInt8(ascii: ":"))
    let scale = parts[0].string.lowercased()
    let isNamed = scale == "lin" || scale == "log"
    if isNamed { parts.removeFirst() }
    guard let values = numbers(parts, &diagnostics) else { return nil }
    let isLogarithmic = scale == "log"
    if isLogarithmic, values.count > 1, values[0] * values[1] <= 0 {
      diagnostics.report(.wrongLogarithmicStep(spec.range, start: values[0], stop: values[1], points: 1))
      return nil
    }
    switch (isNamed, values.count) {
    case (false, 1): return .list(values)
    case (_, 2): return .range(low: values[0], high: values[1], isLogarithmic: isLogarithmic)
    case (false, 3):
      if let list = StepRange.linear(from: values[0], to: values[1], by: values[2]) { return .list(list) }
      diagnostics.report(.wrongSweep(parts[2].range, start: values[0], stop: values[1], step: values[2]))
      return nil
    case (true, 3):
      guard let list = StepRange.points(values[2], from: values[0], to: values[1], isLogarithmic: isLogarithmic) else {
        diagnostics.report(.malformedSweep(parts[2].range))
        return nil
      }
      return .list(list)
    default:
      diagnostics.report(.malformedSweep(spec.range))
      return nil
    }
  }

  private static func numbers(_ texts: [SourceText], _ diagnostics: inout DiagnosticBag) -> [Double]? {
    var values: [Double] = []
    for text in texts {
      let value =
        SpiceNumber.parseField(text.bytes)
        ?? Expression.parse(text, diagnostics: &diagnostics).constant(in: EmptyScope(), diagnostics: &diagnostics)
      guard let value, value.isFinite else {
        if !diagnostics.hasErrors { diagnostics.report(.malformedSweep(text.range)) }
        return nil
      }
      values.append(value)
    }
    return values
  }
}

extension SourceText {
  fileprivate func split(at separator: UInt8) -> [SourceText] {
    var parts: [SourceText] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == separator {
      parts.append(slice(start..<index))
      start = index + 1
    }
    return parts + [slice(start..<bytes.count)]
  }
}

extension StepRange {
  /// So many points from `start` to `stop`, both included; nil where that is no number of points.
  static func points(_ count: Double, from start: Double, to stop: Double, isLogarithmic: Bool) -> [Double]? {
    guard count >= 1, count == count.rounded(), count <= Double(StepPlan.mostRuns) else { return nil }
    let last = Int(count) - 1
    guard last > 0 else { return [start] }
    return (0...last).map { index in
      if index == last { return stop }
      let share = Double(index) / Double(last)
      return isLogarithmic ? start * pow(stop / start, share) : start + share * (stop - start)
    }
  }
}
