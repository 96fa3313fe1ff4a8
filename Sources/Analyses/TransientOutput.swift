internal import Equations
internal import Solvers
internal import Waveforms

/// Points of a transient on their way to the sink: every multiple of tstep from tstart, both sides of every corner and
/// event; or, with `points=steps`, accepted steps.
struct TransientOutput {
  private let sink: any WaveformSink
  private let program: SignalProgram
  private let request: TransientRequest
  private let pointsAreSteps: Bool
  private var nextMultiple = 0.0
  private var point: [Double]
  private var values: UnsafeMutablePointer<Double>

  init(
    _ sink: any WaveformSink, _ program: SignalProgram, _ request: TransientRequest, pointsAreSteps: Bool, arena: Arena
  ) {
    self.sink = sink
    self.program = program
    self.request = request
    self.pointsAreSteps = pointsAreSteps
    point = Array(repeating: 0, count: program.signalCount + 1)
    values = arena.doubles(program.signalCount)
  }

  /// The points in (segment.start, segment.end].
  mutating func write(_ segment: TransientSegment, isEvent: Bool) throws(SinkFailure) {
    if pointsAreSteps {
      if segment.end >= request.start { try write(segment, at: segment.end) }
      return
    }
    let slack = 1e-9 * request.step
    while multiple <= segment.end + slack, multiple <= request.stop + slack {
      let time = min(multiple, segment.end)
      if multiple > segment.start - slack { try write(segment, at: max(time, segment.start), as: multiple) }
      nextMultiple += 1
    }
    if isEvent, segment.end >= request.start, abs(segment.end - (multiple - request.step)) > slack {
      try write(segment, at: segment.end)
    }
  }

  /// One point from values computed already (the start, the right side of a jump).
  mutating func write(time: Double) throws(SinkFailure) {
    guard time >= request.start else { return }
    point[0] = time
    for signal in 0..<program.signalCount { point[signal + 1] = program.value(signal) }
    try sink.append(point.span)
    if !pointsAreSteps, abs(time - multiple) <= 1e-9 * request.step { nextMultiple += 1 }
  }

  private var multiple: Double { request.start + nextMultiple * request.step }

  private mutating func write(_ segment: TransientSegment, at time: Double, as label: Double? = nil) throws(SinkFailure)
  {
    segment.evaluate(at: time, into: values)
    point[0] = label ?? time
    for signal in 0..<program.signalCount { point[signal + 1] = values[signal] }
    try sink.append(point.span)
  }
}
