/// A measure while its run goes on.
protocol RunningMeasure {
  mutating func observe(_ view: SegmentView)
  /// Adds the levels on one side of which the signals it watches are: while they stay, it need not observe. False where it
  /// must, or where there is no room for them.
  func addQuietLevels(to levels: QuietLevels) -> Bool
  func result() -> Result<Double, MeasureFailure>
  /// The result and, of a measure that continues, those behind it.
  func results() -> Result<[Double], MeasureFailure>
}

extension RunningMeasure {
  func addQuietLevels(to levels: QuietLevels) -> Bool { false }
  func results() -> Result<[Double], MeasureFailure> { result().map { [$0] } }
}

/// `find`, `when`, `deriv`: one instant, and the axis, a signal or its slope there.
struct InstantMeasure: RunningMeasure {
  private var search: InstantSearch

  init(_ instant: Instant, reading signal: Int?, asSlope: Bool = false, continues: Bool) {
    search = InstantSearch(instant, reading: signal, asSlope: asSlope, continues: continues)
  }

  mutating func observe(_ view: SegmentView) { search.observe(view) }
  func addQuietLevels(to levels: QuietLevels) -> Bool { search.addQuietLevels(to: levels) }

  func result() -> Result<Double, MeasureFailure> { search.result().map { $0.value } }

  func results() -> Result<[Double], MeasureFailure> { search.results().map { $0.map(\.value) } }
}

/// `trig ... targ ...`: from one instant to another; from each to its counterpart where it continues.
struct DelayMeasure: RunningMeasure {
  private var trigger: InstantSearch
  private var target: InstantSearch

  init(from trigger: Instant, to target: Instant, continues: Bool) {
    self.trigger = InstantSearch(trigger, continues: continues)
    self.target = InstantSearch(target, continues: continues)
  }

  mutating func observe(_ view: SegmentView) {
    trigger.observe(view)
    target.observe(view)
  }

  func addQuietLevels(to levels: QuietLevels) -> Bool {
    trigger.addQuietLevels(to: levels) && target.addQuietLevels(to: levels)
  }

  func result() -> Result<Double, MeasureFailure> {
    trigger.result().mapError { .trigger(.cause($0)) }.flatMap { start in
      target.result().mapError { .target(.cause($0)) }.map { $0.axis - start.axis }
    }
  }

  func results() -> Result<[Double], MeasureFailure> {
    trigger.results().mapError { .trigger(.cause($0)) }.flatMap { starts in
      target.results().mapError { .target(.cause($0)) }.map { ends in zip(starts, ends).map { $1.axis - $0.axis } }
    }
  }
}

/// A statistic over one window.
struct WindowMeasure<Statistic: WindowStatistic>: RunningMeasure {
  private let signal: Int
  private let window: AxisWindow
  private let tolerance: Double
  private var statistic = Statistic()

  init(_ statistic: Statistic.Type, of signal: Int, in window: AxisWindow, tolerance: Double) {
    self.signal = signal
    self.window = window
    self.tolerance = tolerance
  }

  mutating func observe(_ view: SegmentView) {
    // A step that only touches the window may stand on the other side of a jump.
    guard let part = view.part(in: window), part.start < part.end || window.from == window.to else { return }
    statistic.observe(SegmentPiece(of: signal, in: view, from: part.start, to: part.end, tolerance: tolerance))
  }

  func result() -> Result<Double, MeasureFailure> {
    statistic.value.map { .success($0) } ?? .failure(.emptyWindow(window))
  }
}
