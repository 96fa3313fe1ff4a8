/// What `duty`, `freq`, `on_time` and `off_time` find of a signal that goes on and off.
///
/// The signal is on from where it exceeds `on` until it falls below `off`, and off from there until it exceeds `on` again;
/// before its first such crossing it is on if it begins above `on`, off if it begins below `off`, else neither.
struct Cycles: RunningMeasure {
  private let kind: CycleKind
  private let signal: Int
  private let window: AxisWindow
  private var rises: CrossingDetector
  private var falls: CrossingDetector
  private let levels: CycleLevels
  private var isOn: Bool?
  private var isBegun = false
  private var start = 0.0
  private var end = 0.0
  private var lastTurn = 0.0
  private var timeOn = 0.0
  private var timeOff = 0.0
  private var turns = 0

  init(_ kind: CycleKind, of signal: Int, _ levels: CycleLevels, in window: AxisWindow) {
    self.kind = kind
    self.signal = signal
    self.window = window
    self.levels = levels
    rises = CrossingDetector(signal: signal, level: .constant(levels.on))
    falls = CrossingDetector(signal: signal, level: .constant(levels.off))
  }

  mutating func observe(_ view: SegmentView) {
    var turns: [(time: Double, isOn: Bool)] = []
    rises.scan(view) { if $1 { turns.append(($0, true)) } }
    falls.scan(view) { if !$1 { turns.append(($0, false)) } }
    guard let part = view.part(in: window) else { return }
    if !isBegun {
      isBegun = true
      let value = view.value(of: signal, at: part.start)
      isOn = value > levels.on ? true : value < levels.off ? false : nil
      start = view.axis(at: part.start)
      lastTurn = start
    }
    end = view.axis(at: part.end)
    for turn in turns.sorted(by: { $0.time < $1.time }) where turn.isOn != isOn {
      guard turn.time > part.start, turn.time <= part.end else { continue }
      add(until: view.axis(at: turn.time))
      isOn = turn.isOn
      self.turns += 1
    }
  }

  private mutating func add(until axis: Double) {
    if isOn == true { timeOn += axis - lastTurn }
    if isOn == false { timeOff += axis - lastTurn }
    lastTurn = axis
  }

  func result() -> Result<Double, MeasureFailure> {
    guard isBegun, end > start else { return .failure(.emptyWindow(window)) }
    var finished = self
    finished.add(until: end)
    let cycles = 0.5 * Double(turns)
    switch kind {
    case .duty: return .success(finished.timeOn / (end - start))
    case .frequency: return .success(cycles / (end - start))
    case .timeOn: return .success(finished.timeOn / max(cycles, 1))
    case .timeOff: return .success(finished.timeOff / max(cycles, 1))
    }
  }
}

package enum CycleKind: String, Sendable, CaseIterable {
  /// The share of the window in which the signal is on.
  case duty
  /// Cycles in a unit of the axis; two turns are one.
  case frequency = "freq"
  /// How long the signal is on, or off, in a cycle.
  case timeOn = "on_time"
  case timeOff = "off_time"
}

/// `on=` and `off=`: the signal is on above the first and off below the second.
package struct CycleLevels: Sendable, Equatable {
  package var on: Double
  package var off: Double

  package init(on: Double, off: Double) {
    self.on = on
    self.off = off
  }
}
