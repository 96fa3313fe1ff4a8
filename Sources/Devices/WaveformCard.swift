package import Diagnostics
package import Expressions

/// The values of an independent source as written: `[DC] value`, `AC mag phase`, a shape with its arguments.
package struct WaveformCard: Sendable {
  package var direct: Expression?
  package var acMagnitude: Expression?
  package var acPhase: Expression?
  var shape: ShapeCard?

  package init() {}

  /// A shape's keyword and what stands in and behind its parentheses.
  struct ShapeCard: Sendable {
    var kind: any SourceShapeKind.Type
    var arguments: [Expression]
    var options: [(name: String, value: Expression)]
    var range: SourceRange
  }

  /// Every expression of the card; `waveform` wants their values in this order.
  package var expressions: [Expression] {
    [direct, acMagnitude, acPhase].compactMap { $0 } + (shape?.arguments ?? []) + (shape?.options.map(\.value) ?? [])
  }

  /// The waveform for evaluated `expressions`. `step` and `stop` (s) are those of `.tran`: PULSE takes them for times
  /// that are absent or 0. Nil after reporting arguments that make no shape; a note names an edge that was filled in.
  ///
  /// Without a direct value the operating point takes the shape's value at t = 0, as in ngspice.
  package func waveform(
    _ values: [Double], step: Double, stop: Double, diagnostics: inout DiagnosticBag
  ) -> SourceWaveform? {
    var values = values[...]
    let direct = self.direct.flatMap { _ in values.popFirst() }
    let magnitude = acMagnitude.flatMap { _ in values.popFirst() }
    let phase = acPhase.flatMap { _ in values.popFirst() }
    var result = SourceWaveform(direct: direct ?? 0, acMagnitude: magnitude ?? 0, acPhase: phase ?? 0)
    guard let shape else { return result }
    let options = Dictionary(
      zip(shape.options.map(\.name), values.dropFirst(shape.arguments.count)), uniquingKeysWith: { _, last in last })
    let arguments = ShapeArguments(
      values: Array(values.prefix(shape.arguments.count)), options: options, step: step, stop: stop,
      range: shape.range, ranges: shape.arguments.map(\.range))
    guard var made = shape.kind.make(arguments, diagnostics: &diagnostics) else { return nil }
    if let direct, shape.kind.addsDirectValue { made = made.raised(by: direct) }
    result.shape = made
    result.direct = direct ?? made.evaluate(at: 0, segmentOf: 0).value
    return result
  }
}
