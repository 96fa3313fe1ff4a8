internal import Diagnostics
internal import Equations
internal import Solvers
internal import Waveforms

/// Points of a transient on their way to the sink: every multiple of tstep from tstart, both sides of every corner and
/// event; or, with `points=steps`, accepted steps.
struct TransientOutput {
  private let sink: any WaveformSink
  private let program: SignalProgram
  private let request: TransientRequest
  private let names: [String]
  private let pointsAreSteps: Bool
  private var nextMultiple = 0.0
  private var point: [Double]
  private var values: UnsafeMutablePointer<Double>

  init(
    _ sink: any WaveformSink, _ program: SignalProgram, names: [String], _ request: TransientRequest,
    pointsAreSteps: Bool, arena: Arena
  ) {
    self.names = names
    self.sink = sink
    self.program = program
    self.request = request
    self.pointsAreSteps = pointsAreSteps
    point = Array(repeating: 0, count: program.signalCount + 1)
    values = arena.doubles(program.signalCount)
  }

  /// The points in (segment.start, segment.end].
  mutating func write(_ segment: some SolutionSegment, isEvent: Bool) throws(RunStop) {
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
  mutating func write(time: Double) throws(RunStop) {
    guard time >= request.start else { return }
    point[0] = time
    for signal in 0..<program.signalCount { point[signal + 1] = program.value(signal) }
    try append()
    if !pointsAreSteps, abs(time - multiple) <= 1e-9 * request.step { nextMultiple += 1 }
  }

  private var multiple: Double { request.start + nextMultiple * request.step }

  private mutating func write(
    _ segment: some SolutionSegment, at time: Double, as label: Double? = nil
  ) throws(RunStop) {
    segment.evaluate(at: time, into: values)
    point[0] = label ?? time
    for signal in 0..<program.signalCount { point[signal + 1] = values[signal] }
    try append()
  }

  /// Passes the point on; a value that is not finite ends the run, for no file may hold one.
  private func append() throws(RunStop) {
    if let signal = point.firstIndex(where: { !$0.isFinite }), signal > 0 {
      let place = "t = \(NumberFormat.significant(point[0], digits: 9)) s"
      throw .complaint(.notFinite(request.range, signal: names[signal - 1], place: place))
    }
    try RunStop.writing { () throws(SinkFailure) in try sink.append(point.span) }
  }
}
