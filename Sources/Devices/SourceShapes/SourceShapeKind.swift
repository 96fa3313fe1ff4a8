package import Diagnostics

/// One shape's line in the catalogue: its keyword on a V or I card and what its arguments mean.
package protocol SourceShapeKind: SourceShape {
  /// The keyword in lower case: `pulse`.
  static var keyword: String { get }
  /// The arguments as the manual names them, for messages: `V1 V2 TD TR TF PW PER NP`.
  static var arguments: [String] { get }
  /// Whether so many arguments make a shape.
  static func accepts(argumentCount: Int) -> Bool
  /// Names of `name=value` options behind the parentheses, in lower case.
  static var options: [String] { get }
  /// Whether `DC value` beside the shape raises it, rather than being the value at the operating point alone.
  static var addsDirectValue: Bool { get }
  /// The shape; nil after reporting arguments that make none.
  static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)?
}

extension SourceShapeKind {
  package static var options: [String] { [] }
  package static var addsDirectValue: Bool { false }
}

/// The evaluated arguments of one shape, and the times that stand in for those left out.
package struct ShapeArguments: Sendable {
  package var values: [Double]
  package var options: [String: Double]
  /// The printing step of `.tran` (s), ngspice's TSTEP.
  package var step: Double
  /// The end of `.tran` (s), ngspice's TSTOP.
  package var stop: Double
  /// Where the shape is written, and each argument.
  package var range: SourceRange
  package var ranges: [SourceRange]

  /// Argument `index`, or `absent` where it is left out.
  func value(_ index: Int, default absent: Double = 0) -> Double {
    index < values.count ? values[index] : absent
  }

  /// Argument `index`, or `absent` where it is left out or 0: ngspice's rule for times.
  func time(_ index: Int, default absent: Double) -> Double {
    let written = value(index)
    return written == 0 ? absent : written
  }

  /// Where argument `index` is written; the whole shape where it is left out.
  func range(of index: Int) -> SourceRange {
    index < ranges.count ? ranges[index] : range
  }

  /// Whether the clock can tell apart the corners of a period (s) up to the end of the run; reported where it cannot.
  func resolves(_ period: Double, diagnostics: inout DiagnosticBag) -> Bool {
    if !stop.isFinite || period >= 64 * stop.ulp { return true }
    SourceError.unresolvablePeriod(period, stop: stop, range: range).report(to: &diagnostics)
    return false
  }

  /// Reports every argument of `indices` that is negative; true where there is none.
  func areNotNegative(
    _ indices: [Int], of kind: any SourceShapeKind.Type, diagnostics: inout DiagnosticBag
  ) -> Bool {
    var good = true
    for index in indices where !(value(index) >= 0) {
      good = false
      SourceError.negativeTime(
        shape: kind.keyword, argument: kind.arguments[index], value: value(index), range: range(of: index)
      ).report(to: &diagnostics)
    }
    return good
  }
}

/// Every shape there is; a new one is a file beside this one and a line here.
package enum SourceShapeCatalogue {
  package static let kinds: [any SourceShapeKind.Type] = [
    Pulse.self, Sine.self, Exponential.self, PiecewiseLinear.self, FrequencyModulation.self, AmplitudeModulation.self,
    TransientNoise.self, TransientRandom.self, Pattern.self,
  ]

  static var keywords: [String] { kinds.map { $0.keyword } }

  /// The shape of that name with these arguments; nil where there is none. `step` and `stop` (s) are those of `.tran`.
  package static func shape(named keyword: String, _ values: [Double], step: Double, stop: Double) -> (any SourceShape)?
  {
    guard let kind = kind(named: keyword), kind.accepts(argumentCount: values.count) else { return nil }
    var ignored = DiagnosticBag()
    let nowhere = SourceRange(file: FileID(index: 0), start: 0, end: 0)
    return kind.make(
      ShapeArguments(values: values, options: [:], step: step, stop: stop, range: nowhere, ranges: []),
      diagnostics: &ignored)
  }

  static func kind(named keyword: String) -> (any SourceShapeKind.Type)? {
    // Both spellings are ngspice's; LTspice writes the longer one.
    kinds.first { $0.keyword == (keyword == "sine" ? "sin" : keyword) }
  }
}
