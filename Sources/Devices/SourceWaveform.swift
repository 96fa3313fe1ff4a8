package import Kernels

/// What an independent source gives: a direct value, a shape in time, a phasor for .ac.
///
/// Between corners a shape is one smooth formula. The integrator names the segment by the corner it began at, and the
/// formula of that segment is used for every trial time of it, beyond its end too (NUMERICS: segments are frozen).
package struct SourceWaveform: Sendable, Equatable {
  /// The value at the operating point where the shape does not say otherwise.
  package var direct: Double
  package var shape: (any SourceShape)?
  package var acMagnitude: Double
  package var acPhase: Double

  package init(direct: Double, shape: (any SourceShape)? = nil, acMagnitude: Double = 0, acPhase: Double = 0) {
    self.direct = direct
    self.shape = shape
    self.acMagnitude = acMagnitude
    self.acPhase = acPhase
  }

  package static func == (left: SourceWaveform, right: SourceWaveform) -> Bool {
    left.direct == right.direct && left.acMagnitude == right.acMagnitude && left.acPhase == right.acPhase
      && left.shape?.description == right.shape?.description
  }
}

/// A function of time made of smooth segments; one file each in SourceShapes/.
package protocol SourceShape: Sendable, CustomStringConvertible {
  /// Value (V or A) and slope (per s) at `time` by the formula of the segment that begins at or before `anchor` and
  /// reaches past it (an anchor on a corner names the segment after it).
  func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double)
  /// The first corner (jump or kink) strictly after `time`; infinity if there is none. Exact: a corner asked for from
  /// itself is not found again.
  func nextCorner(after time: Double) -> Double
  /// The period (s) where the source is periodic, for the step limit at `time`; nil where it is not (any more).
  func period(at time: Double) -> Double?
  /// The shape as `source` (a hash of its name) has it in one run: only noise differs.
  func seeded(by generator: Philox, source: UInt64) -> any SourceShape
  /// The shape with `direct` added at all times.
  func raised(by direct: Double) -> any SourceShape
}

extension SourceShape {
  package func seeded(by generator: Philox, source: UInt64) -> any SourceShape { self }
  package func raised(by direct: Double) -> any SourceShape { self }
}
