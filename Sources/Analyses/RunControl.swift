internal import Diagnostics
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

  /// Begins the sink's plot, has `points` written into it, and finishes it as they ended. What a file refuses is a
  /// complaint; a reader that closed its pipe has had what it wanted.
  mutating func write(
    _ header: PlotHeader, _ points: (inout RunControl) throws(SinkFailure) -> AnalysisEnding
  ) -> (ending: AnalysisEnding, complaint: Diagnostic?) {
    do throws(SinkFailure) {
      try sink?.begin(header)
      let ending = try points(&self)
      try sink?.finish(ending == .completed ? .completed : ending == .interrupted ? .interrupted : .failed(""))
      return (ending, nil)
    } catch {
      return error.isClosedPipe ? (.completed, nil) : (.failed, error.diagnostic)
    }
  }
}

/// How an analysis ended.
package enum AnalysisEnding: Sendable {
  case completed
  case interrupted
  /// The solver gave up, or a file could not be written; what had been computed is kept.
  case failed
}
