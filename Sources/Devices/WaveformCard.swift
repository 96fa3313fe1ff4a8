package import Diagnostics
package import Expressions

/// The values of an independent source as written: `[DC] value`, `AC mag phase`, a shape with its arguments.
package struct WaveformCard: Sendable {
  package var direct: Expression?
  package var acMagnitude: Expression?
  package var acPhase: Expression?

  package init() {}

  /// Every expression of the card; `waveform` wants their values in this order.
  package var expressions: [Expression] {
    []  // contract
  }

  /// The waveform for evaluated `expressions`. `step` and `stop` (s) are those of `.tran`: PULSE takes them for times
  /// that are absent or 0. Nil after reporting arguments that make no shape; a note names an edge that was filled in.
  package func waveform(
    _ values: [Double], step: Double, stop: Double, diagnostics: inout DiagnosticBag
  ) -> SourceWaveform? {
    nil  // contract
  }
}
