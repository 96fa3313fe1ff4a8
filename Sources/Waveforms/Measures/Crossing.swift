/// What a signal is compared with.
package enum CrossingLevel: Sendable, Equatable {
  case constant(Double)
  case signal(Int)
}

/// In which direction a signal passes its level.
package enum CrossingEdge: String, Sendable, CaseIterable {
  case rise, fall, cross
}

/// Which of the crossings is meant.
package enum CrossingOccurrence: Sendable, Equatable {
  /// Counted from 1.
  case number(Int)
  case last
  /// Counted from the last one back, which is 1.
  case fromLast(Int)
}

/// `v(a)=0.5 rise=2 td=1m from=0 to=5m`: a crossing by its signal, level and place in the order.
package struct CrossingCondition: Sendable, Equatable {
  package var signal: Int
  package var level: CrossingLevel
  package var edge: CrossingEdge
  package var occurrence: CrossingOccurrence
  /// Crossings outside are not counted; `td=` raises its lower end.
  package var window: AxisWindow

  package init(
    signal: Int, level: CrossingLevel, edge: CrossingEdge = .cross, occurrence: CrossingOccurrence = .number(1),
    window: AxisWindow = .whole
  ) {
    self.signal = signal
    self.level = level
    self.edge = edge
    self.occurrence = occurrence
    self.window = window
  }
}

/// Finds the crossings of one signal through its level, segment by segment.
///
/// As in ngspice and Xyce a signal crosses when it comes from one side to its level or beyond: one that only touches the
/// level has crossed it once, and one that starts there, or leaves from there, has not. Between segments a jump is a crossing
/// at the jump.
struct CrossingDetector {
  let signal: Int
  let level: CrossingLevel
  /// -1 below, 1 above, 0 on the level; nil before the first sample.
  private var side: Double?

  init(signal: Int, level: CrossingLevel) {
    self.signal = signal
    self.level = level
  }

  private func sample(_ point: Int, in view: SegmentView) -> Double {
    let value = view.sample(point, of: signal)
    switch level {
    case .constant(let constant): return value - constant
    case .signal(let other): return value - view.sample(point, of: other)
    }
  }

  private func difference(at time: Double, in view: SegmentView) -> Double {
    let value = view.value(of: signal, at: time)
    switch level {
    case .constant(let constant): return value - constant
    case .signal(let other): return value - view.value(of: other, at: time)
    }
  }

  /// Where the signal is now; nil where every segment is to be looked at.
  var quietLevel: QuietLevel? {
    guard let side, side != 0, case .constant(let level) = level else { return nil }
    return QuietLevel(signal: signal, level: level, isAbove: side > 0)
  }

  /// The common case, told without a root search: bounds or all five samples lie where the signal was before.
  func staysOnItsSide(_ view: SegmentView) -> Bool {
    guard let quietLevel else { return false }
    if view.stays(quietLevel) { return true }
    let samples = view.sampleAddress(of: signal)
    let level = quietLevel.level
    return quietLevel.isAbove
      ? samples[0] > level && samples[1] > level && samples[2] > level && samples[3] > level && samples[4] > level
      : samples[0] < level && samples[1] < level && samples[2] < level && samples[3] < level && samples[4] < level
  }

  /// Calls `body` with the time and direction of every crossing in the segment, in order.
  mutating func scan(_ view: SegmentView, _ body: (_ time: Double, _ rising: Bool) -> Void) {
    if staysOnItsSide(view) { return }
    var before = 0.0
    for point in 0..<GaussLobatto.count {
      let value = sample(point, in: view)
      if value.isNaN { continue }
      let now: Double = value > 0 ? 1 : value < 0 ? -1 : 0
      if let side, side != 0, now != side {
        let time =
          point == 0
          ? view.start
          : RootFinding.root(
            from: view.time(ofSample: point - 1), before, to: view.time(ofSample: point), value
          ) {
            difference(at: $0, in: view)
          }
        body(time, side < 0)
      }
      side = now
      before = value
    }
  }
}

/// A moment on the axis: written as a number, or where a crossing is.
package enum Instant: Sendable, Equatable {
  case at(Double)
  case crossing(CrossingCondition)
}

/// Looks for one instant while a run goes on, and remembers the axis and one signal there.
struct InstantSearch {
  private let instant: Instant
  /// Read at the instant; nil where only the axis is wanted.
  private let signal: Int?
  /// Whether the signal's derivative by the axis is read.
  private let asSlope: Bool
  /// Whether every crossing from the numbered one on is wanted.
  private let continues: Bool
  private var detector: CrossingDetector?
  private var counted = 0
  /// The last crossings, of which the first is wanted.
  private var latest: [(axis: Double, value: Double)] = []
  private var found: (axis: Double, value: Double)?
  /// What was found behind it, where the search continues.
  private var further: [(axis: Double, value: Double)] = []
  /// The first and the last point of the run, for an `at=` that misses an end by rounding.
  private var first: (axis: Double, value: Double)?
  private var last: (axis: Double, value: Double)?

  init(_ instant: Instant, reading signal: Int? = nil, asSlope: Bool = false, continues: Bool = false) {
    self.instant = instant
    self.signal = signal
    self.continues = continues
    self.asSlope = asSlope
    if case .crossing(let condition) = instant {
      detector = CrossingDetector(signal: condition.signal, level: condition.level)
    }
  }

  mutating func observe(_ view: SegmentView) {
    switch instant {
    case .at(let axis): observe(view, at: axis)
    case .crossing(let condition): observe(view, condition)
    }
  }

  /// Adds where the signal may stay unobserved, nothing if the search is over; false where every segment is to be looked at.
  func addQuietLevels(to levels: QuietLevels) -> Bool {
    guard case .crossing(let condition) = instant else { return false }
    if case .number = condition.occurrence, found != nil, !continues { return true }
    return detector?.quietLevel.map { levels.append($0) } ?? false
  }

  private mutating func observe(_ view: SegmentView, at axis: Double) {
    guard found == nil else { return }
    if let time = view.time(ofAxis: axis) {
      found = (axis, read(view, at: time) ?? axis)
      return
    }
    func end(_ time: Double) -> (axis: Double, value: Double) {
      (view.axis(at: time), read(view, at: time) ?? axis)
    }
    if first == nil { first = end(view.start) }
    last = end(view.end)
  }

  private mutating func observe(_ view: SegmentView, _ condition: CrossingCondition) {
    if case .number = condition.occurrence, found != nil, !continues { return }
    if detector?.staysOnItsSide(view) == true { return }
    var counted = self.counted
    var found = self.found
    var latest = self.latest
    var further = self.further
    let search = self
    detector?.scan(view) { time, rising in
      if case .number(let wanted) = condition.occurrence, counted >= wanted, !continues { return }
      guard condition.edge == .cross || rising == (condition.edge == .rise) else { return }
      let axis = view.axis(at: time)
      guard condition.window.contains(axis) else { return }
      counted += 1
      if condition.occurrence == .last || condition.occurrence == .number(counted) {
        found = (axis, search.read(view, at: time) ?? axis)
      } else if case .fromLast(let distance) = condition.occurrence {
        latest = latest.suffix(distance - 1) + [(axis, search.read(view, at: time) ?? axis)]
        found = latest.count == distance ? latest[0] : nil
      } else if case .number(let wanted) = condition.occurrence, counted > wanted {
        further.append((axis, search.read(view, at: time) ?? axis))
      }
    }
    self.counted = counted
    self.found = found
    self.latest = latest
    self.further = further
  }

  /// The signal at `time`, or its slope; nil where only the axis is wanted.
  private func read(_ view: SegmentView, at time: Double) -> Double? {
    signal.map { asSlope ? view.slope(of: $0, at: time) : view.value(of: $0, at: time) }
  }

  /// Axis and signal at the instant and, where the search continues, at those behind it.
  func results() -> Result<[(axis: Double, value: Double)], MeasureFailure> { result().map { [$0] + further } }

  /// Axis and signal at the instant.
  func result() -> Result<(axis: Double, value: Double), MeasureFailure> {
    if let found { return .success(found) }
    switch instant {
    case .at(let axis):
      guard let first, let last else { return .failure(.nothingObserved) }
      let slack = 1e-9 * abs(last.axis - first.axis)
      if abs(axis - last.axis) <= slack { return .success(last) }
      if abs(axis - first.axis) <= slack { return .success(first) }
      return .failure(.outsideRun(axis: axis, from: first.axis, to: last.axis))
    case .crossing(let condition):
      return .failure(.tooFewCrossings(found: counted, condition.edge, condition.occurrence))
    }
  }
}
