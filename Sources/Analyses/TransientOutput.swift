internal import Diagnostics
internal import Equations
internal import Solvers
internal import Waveforms

/// Points of a transient on their way to the sink: every multiple of tstep from tstart, both sides of every corner and
/// event; with `points=steps` accepted steps; where tstep is 0, as many points as lines between them need to follow every
/// curve.
struct TransientOutput {
  private enum Grid {
    case multiples, steps, curves
  }

  private let sink: any WaveformSink
  private let program: SignalProgram
  private let request: TransientRequest
  private let names: [String]
  private let grid: Grid
  private var nextMultiple = 0.0
  private var point: [Double]
  /// The signals at the operating point that a run begins with, as Xyce writes them where the first instant jumps from there.
  var rest: [Double]?
  private var values: UnsafeMutablePointer<Double>
  /// What each signal has gone through so far.
  private var ranges: [(lower: Double, upper: Double)]

  init(
    _ sink: any WaveformSink, _ program: SignalProgram, names: [String], _ request: TransientRequest,
    pointsAreSteps: Bool, arena: Arena
  ) {
    self.names = names
    self.sink = sink
    self.program = program
    self.request = request
    grid = pointsAreSteps ? .steps : request.step > 0 ? .multiples : .curves
    point = Array(repeating: 0, count: program.signalCount + 1)
    values = arena.doubles(program.signalCount)
    ranges = Array(repeating: (.infinity, -.infinity), count: program.signalCount)
  }

  /// The points in (segment.start, segment.end].
  mutating func write(_ segment: some SolutionSegment, isEvent: Bool) throws(RunStop) {
    if grid != .multiples {
      guard segment.end >= request.start else { return }
      if grid == .curves {
        let start = max(segment.start, request.start)
        try writeInside(
          segment, from: (start, read(segment, at: start)), to: (segment.end, read(segment, at: segment.end)))
      }
      return try write(segment, at: segment.end)
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
    if let rest, time == 0 {
      self.rest = nil
      let isLeft = rest.indices.contains { abs(rest[$0] - program.value($0)) > 1e-6 * max(1e-6, abs(rest[$0])) }
      if isLeft {
        for signal in rest.indices { point[signal + 1] = rest[signal] }
        try append()
      }
    }
    for signal in 0..<program.signalCount { point[signal + 1] = program.value(signal) }
    try append()
    if grid == .multiples, abs(time - multiple) <= 1e-9 * request.step { nextMultiple += 1 }
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

  /// The most halvings of a step, and the share of a signal's range that a line may miss its curve by.
  private static let deepestHalving = 6
  private static let deviation = 2e-4

  private typealias Reading = (time: Double, values: [Double])

  /// Points strictly inside, where a line from `start` to `end` would miss a curve.
  private mutating func writeInside(
    _ segment: some SolutionSegment, from start: Reading, to end: Reading, depth: Int = 0
  ) throws(RunStop) {
    let time = 0.5 * (start.time + end.time)
    guard depth < Self.deepestHalving, time > start.time, time < end.time else { return }
    let middle = (time: time, values: read(segment, at: time))
    var isStraight = true
    for signal in middle.values.indices {
      let values = [start.values[signal], middle.values[signal], end.values[signal]]
      ranges[signal].lower = min(ranges[signal].lower, values.min() ?? 0)
      ranges[signal].upper = max(ranges[signal].upper, values.max() ?? 0)
      let miss = abs(values[1] - 0.5 * (values[0] + values[2]))
      if miss > Self.deviation * (ranges[signal].upper - ranges[signal].lower) { isStraight = false }
    }
    // A curve that turns at the middle of a step passes its chord there.
    if isStraight, depth > 0 { return }
    try writeInside(segment, from: start, to: middle, depth: depth + 1)
    try write(segment, at: time)
    try writeInside(segment, from: middle, to: end, depth: depth + 1)
  }

  private func read(_ segment: some SolutionSegment, at time: Double) -> [Double] {
    segment.evaluate(at: time, into: values)
    return (0..<program.signalCount).map { values[$0] }
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
