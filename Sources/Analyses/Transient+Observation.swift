internal import Equations
internal import Solvers
internal import Waveforms

/// What measures and files see of a run.
extension Transient {
  /// The last step, or the part of it up to an event.
  func observe(from start: Double, to end: Double, isEvent: Bool) throws(RunStop) {
    if let measures, let watchedSegment {
      watchedSegment.set(from: start, to: end)
      measures.observe(watchedSegment)
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

  /// A circuit whose every voltage is known beforehand: the sources' formulas, from corner to corner; events are located
  /// on them.
  func replaySources(_ control: inout RunControl) throws(RunStop) {
    var time = 0.0
    try replayStart(at: time, isStart: true)
    let known = KnownSegment(watched, y: y, rate: rate)
    let written = KnownSegment(saved, y: y, rate: rate)
    while time < request.stop {
      steps += 1
      var end = min(time + stepLimit(at: time), breakpoint, request.stop)
      let due = locatedReplay(from: time, to: &end)
      known.set(from: time, to: end)
      measures?.observe(known)
      written.set(from: time, to: end)
      try output?.write(written, isEvent: !due.isEmpty || end == breakpoint)
      if !due.isEmpty { try carryOut(due, at: end, state: y) }
      if !due.isEmpty || (end == breakpoint && end < request.stop) { try replayStart(at: end, isStart: false) }
      time = end
      if control.pause(time / request.stop, time) { throw .interrupted }
    }
  }

  private func replayStart(at time: Double, isStart: Bool) throws(RunStop) {
    enterSegment(at: time)
    if isStart { evaluator.startEventSides(time: time, y: y, then: y, at: 1e-9 * stepLimit(at: time), rate: rate) }
    while true {
      let due = evaluator.changes(time: time, y: y, rate: rate)
      if due.isEmpty { break }
      try carryOut(due, at: time, state: y)
    }
    evaluator.noteEventSides(time: time, y: y, rate: rate)
    guard output != nil else { return }
    saved.load(0, time: time, fromFull: y, rate: rate)
    saved.run(1)
    try output?.write(time: time)
  }

  /// The changes due between `start` and `end`, and in `end` the instant of the first of them.
  private func locatedReplay(from start: Double, to end: inout Double) -> [Change] {
    guard evaluator.hasChanges else { return [] }
    var due = evaluator.changes(time: end, y: y, rate: rate)
    if due.isEmpty {
      evaluator.noteEventSides(time: end, y: y, rate: rate)
      return []
    }
    var low = start
    while end - low > 4 * end.ulp {
      let middle = low + 0.5 * (end - low)
      let here = evaluator.changes(time: middle, y: y, rate: rate, strict: true)
      if here.isEmpty {
        low = middle
      } else {
        end = middle
        due = here
      }
    }
    return due
  }
}
