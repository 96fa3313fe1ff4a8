internal import Equations
internal import Solvers
internal import Waveforms

/// What measures, files and delay lines see of a run.
extension Transient {
  /// The last step, or the part of it up to an event.
  func observe(from start: Double, to end: Double, isEvent: Bool) throws(RunStop) {
    delays?.record(from: start, to: end)
    if let watching {
      watching.segment._withUnsafeGuaranteedRef { segment in
        segment.set(from: start, to: end)
        watching.measures._withUnsafeGuaranteedRef { $0.observe(segment) }
      }
    }
    if output != nil, let savedSegment {
      savedSegment.set(from: start, to: end)
      try output?.write(savedSegment, isEvent: isEvent)
    }
  }

  /// The right side of a discontinuity at `time`, and for measures the line from its left side (nil at the start of the
  /// run) to where the integrator goes on.
  func observeRestart(at time: Double, to reached: Double, before: [Double]?) throws(RunStop) {
    if let measures, watched.signalCount > 0 {
      let left = before ?? watchedValues(at: time, consistent)
      measures.observe(
        RestartSegment(start: time, end: reached, before: left, after: watchedValues(at: reached, y)))
    }
    if output != nil {
      saved.load(0, time: time, fromFull: consistent, rate: rate)
      saved.run(1)
      try output?.write(time: time)
    }
  }

  private func watchedValues(at time: Double, _ y: UnsafePointer<Double>) -> [Double] {
    watched.load(0, time: time, fromFull: y, rate: rate)
    watched.run(1)
    return (0..<watched.signalCount).map { watched.value($0) }
  }
}
