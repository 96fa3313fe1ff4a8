/// `err1 A B` and its kin of Xyce and HSPICE: how far a signal B is from a signal A, over the points of an analysis.
///
/// With e = (A - B)/max(minval, |A|) at each point they are the root of the mean of e^2 (`err`, `err1`) or the mean of |e|
/// (`err2`). Points where |A| is below `ymin` or above `ymax` do not count.
struct ErrorNorm: RunningMeasure {
  private let kind: ErrorKind
  private let measured: Int
  private let calculated: Int
  private let bounds: ErrorBounds
  private let window: AxisWindow
  private var isBegun = false
  private var sum = 0.0
  private var count = 0

  init(_ kind: ErrorKind, of calculated: Int, from measured: Int, _ bounds: ErrorBounds, in window: AxisWindow) {
    self.kind = kind
    self.measured = measured
    self.calculated = calculated
    self.bounds = bounds
    self.window = window
  }

  mutating func observe(_ view: SegmentView) {
    if !isBegun { take(view.start, in: view) }
    isBegun = true
    if view.end > view.start { take(view.end, in: view) }
  }

  private mutating func take(_ time: Double, in view: SegmentView) {
    guard window.contains(view.axis(at: time)) else { return }
    let goal = view.value(of: measured, at: time)
    guard abs(goal) >= bounds.least, abs(goal) <= bounds.greatest else { return }
    let error = (goal - view.value(of: calculated, at: time)) / max(bounds.smallestDivisor, abs(goal))
    count += 1
    switch kind {
    case .rootMeanSquare: sum += error * error
    case .meanMagnitude: sum += abs(error)
    }
  }

  func result() -> Result<Double, MeasureFailure> {
    guard count > 0 else { return .failure(.emptyWindow(window)) }
    let mean = sum / Double(count)
    switch kind {
    case .rootMeanSquare: return .success(mean.squareRoot())
    case .meanMagnitude: return .success(mean)
    }
  }
}

package enum ErrorKind: String, Sendable, CaseIterable {
  case rootMeanSquare = "err1"
  case meanMagnitude = "err2"

  /// `err` is another word for `err1`.
  package init?(keyword: String) { self.init(rawValue: keyword == "err" ? "err1" : keyword) }
}

/// `minval=`, `ymin=` (or `ignore=`) and `ymax=`, with what they are where they are not written.
package struct ErrorBounds: Sendable, Equatable {
  /// What an error is divided by at least.
  package var smallestDivisor = 1e-12
  /// The least and the greatest magnitude of the first signal that counts.
  package var least = 1e-15
  package var greatest = 1e15

  package init() {}
}
