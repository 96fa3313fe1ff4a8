import Diagnostics
import Expressions
import Waveforms

/// A step of a run whose signals are formulas.
final class AnalyticSegment: SolutionSegment {
  let start: Double
  let end: Double
  let signals: [(Double) -> Double]

  init(start: Double, end: Double, signals: [(Double) -> Double]) {
    self.start = start
    self.end = end
    self.signals = signals
  }

  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    for (index, signal) in signals.enumerated() { values[index] = signal(time) }
  }

  func sample(_ sample: Int, of signal: Int) -> Double {
    signals[signal](GaussLobatto.time(sample, from: start, to: end))
  }
}

let nowhere = SourceRange(file: FileID(index: 0), start: 0, end: 0)

/// What `quantities` (named m0, m1 ...) and `spikes` read off `signals` over `times`, the ends of the steps.
func results(
  of signals: [(Double) -> Double], at times: [Double], _ quantities: [MeasureRequest.Quantity] = [],
  spikes: [SpikeRequest] = [], reltol: Double = 1e-9
) -> ResultTable {
  let measures = quantities.enumerated().map { MeasureRequest(name: "m\($0)", quantity: $1, range: nowhere) }
  let watched = signals.map { _ in Expression.number(0, nowhere) }
  let set = MeasureSet(MeasurePlan(watched: watched, spikes: spikes, measures: measures), reltol: reltol)
  for (start, end) in zip(times, times.dropFirst()) {
    set.observe(AnalyticSegment(start: start, end: end, signals: signals))
  }
  return set.finish(scope: EmptyScope())
}

/// The same along a chain of points (axis, values).
func chainResults(
  of points: [(axis: Double, values: [Double])], _ quantities: [MeasureRequest.Quantity], signals: Int
) -> ResultTable {
  let measures = quantities.enumerated().map { MeasureRequest(name: "m\($0)", quantity: $1, range: nowhere) }
  let watched = Array(repeating: Expression.number(0, nowhere), count: signals)
  let set = MeasureSet(MeasurePlan(watched: watched, measures: measures), reltol: 1e-9)
  for (position, pair) in zip(points, points.dropFirst()).enumerated() {
    set.observe(ChainSegment(position: position, from: pair.0, to: pair.1))
  }
  return set.finish(scope: EmptyScope())
}

/// `count` equal steps from `start` to `end`.
func steps(_ count: Int, from start: Double = 0, to end: Double) -> [Double] {
  (0...count).map { start + (end - start) * Double($0) / Double(count) }
}

extension ResultTable {
  func number(_ name: String) -> Double? { try? value(of: name)?.get() }

  func failure(_ name: String) -> MeasureFailure? {
    if case .failure(let failure)? = value(of: name) { return failure }
    return nil
  }
}

/// Whether there is a value, `exact` to within `tolerance`.
func isNear(_ value: Double?, _ exact: Double, within tolerance: Double) -> Bool {
  guard let value else { return false }
  return abs(value - exact) <= tolerance
}
