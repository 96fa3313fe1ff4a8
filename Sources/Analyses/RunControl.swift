package import Waveforms

/// What the caller of a run wants to be told and may say while it goes on.
package struct RunControl {
  /// Fraction done (0 to 1) and the time or swept value reached.
  package var progress: ((_ fraction: Double, _ reached: Double) -> Void)?
  /// Asked after every few steps; a cancelled run keeps what it has.
  package var isCancelled: () -> Bool = { false }
  /// Where points go; nil where nobody listens.
  package var sink: (any WaveformSink)?

  package init() {}

  private var sinceLastWord = 0

  /// Passes on progress now and then; true if the run is to stop.
  mutating func pause(_ fraction: Double, _ reached: Double) -> Bool {
    sinceLastWord += 1
    guard sinceLastWord >= 64 else { return false }
    sinceLastWord = 0
    progress?(fraction, reached)
    return isCancelled()
  }
}

/// How an analysis ended.
package enum AnalysisEnding: Sendable {
  case completed
  case interrupted
  /// The solver gave up, or a file could not be written; what had been computed is kept.
  case failed
}
