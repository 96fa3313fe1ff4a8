package import Diagnostics

/// One `.spikes` line, understood.
package struct SpikeRequest: Sendable {
  package var name: String
  /// Places in the watch list, in the order of the list (of a pattern, numeric order).
  package var signals: [Int]
  /// How each signal is written: `v(c5)`.
  package var signalNames: [String]
  /// The level whose upward crossings are spikes, in the signals' unit.
  package var threshold: Double
  /// Distance between neighbouring signals in metres.
  package var spacing: Double?
  package var window: AxisWindow
  package var range: SourceRange

  package init(
    name: String, signals: [Int], signalNames: [String], threshold: Double = 0, spacing: Double? = nil,
    window: AxisWindow = .whole, range: SourceRange
  ) {
    self.name = name
    self.signals = signals
    self.signalNames = signalNames
    self.threshold = threshold
    self.spacing = spacing
    self.window = window
    self.range = range
  }
}

/// The spikes of one `.spikes` line while the run goes on.
///
/// A class because measures `around=` its spikes read it as it grows.
final class SpikeTrain {
  let request: SpikeRequest
  private var detectors: [CrossingDetector]
  private var times: [[Double]]

  init(_ request: SpikeRequest) {
    self.request = request
    detectors = request.signals.map { CrossingDetector(signal: $0, level: .constant(request.threshold)) }
    times = Array(repeating: [], count: request.signals.count)
  }

  var timesOfLastSignal: [Double] { times.last ?? [] }

  /// Adds where every signal is; false where some must be observed.
  func addQuietLevels(to levels: QuietLevels) -> Bool {
    detectors.allSatisfy { $0.quietLevel.map { levels.append($0) } ?? false }
  }

  func observe(_ view: SegmentView) {
    let window = request.window
    for index in detectors.indices {
      detectors[index].scan(view) { time, rising in
        guard rising else { return }
        let axis = view.axis(at: time)
        if window.contains(axis) { times[index].append(axis) }
      }
    }
  }

  func results() -> SpikeResults { SpikeResults(request, times: times) }
}

/// The spikes that a `.spikes` line found.
package struct SpikeResults: Sendable, Equatable {
  package var name: String
  package var signalNames: [String]
  /// Per signal, upward crossings in seconds, in order.
  package var times: [[Double]]
  package var spacing: Double?
  /// Where latency is counted from, in seconds.
  package var origin: Double

  package init(name: String, signalNames: [String], times: [[Double]], spacing: Double? = nil, origin: Double = 0) {
    self.name = name
    self.signalNames = signalNames
    self.times = times
    self.spacing = spacing
    self.origin = origin
  }

  init(_ request: SpikeRequest, times: [[Double]]) {
    self.init(
      name: request.name, signalNames: request.signalNames, times: times, spacing: request.spacing,
      origin: request.window.from.isFinite ? request.window.from : 0)
  }

  package func count(_ signal: Int) -> Int { times[signal].count }

  /// Time of spike `number` (from 1).
  package func time(_ signal: Int, _ number: Int) -> Result<Double, MeasureFailure> {
    guard number >= 1, number <= times[signal].count else {
      return .failure(.noSuchSpike(name: name, wanted: number, found: times[signal].count))
    }
    return .success(times[signal][number - 1])
  }

  /// Time of the first spike after the origin.
  package func latency(_ signal: Int) -> Result<Double, MeasureFailure> {
    time(signal, 1).map { $0 - origin }
  }

  /// (count - 1)/(last - first) in Hz, 0 below two spikes.
  package func rate(_ signal: Int) -> Double {
    let spikes = times[signal]
    guard let first = spikes.first, let last = spikes.last, last > first else { return 0 }
    return Double(spikes.count - 1) / (last - first)
  }

  /// Distance over time between the first spikes of the signals nearest 3/8 and 5/8 of the list, m/s.
  package var velocity: Result<Double, MeasureFailure> {
    guard let spacing else { return .failure(.noSpacing) }
    guard times.count >= 2 else { return .failure(.noVelocity(signals: times.count)) }
    let near = max(1, Int((3 * Double(times.count) / 8).rounded()))
    let far = max(near + 1, Int((5 * Double(times.count) / 8).rounded()))
    return time(near - 1, 1).flatMap { start in
      time(far - 1, 1).flatMap { end in
        end == start
          ? .failure(.noVelocity(signals: times.count))
          : .success(Double(far - near) * spacing / (end - start))
      }
    }
  }

  /// The place of a signal by its name or its node's: `v(c5)` or `c5`.
  package func signal(named name: String) -> Int? {
    signalNames.firstIndex(of: name) ?? signalNames.firstIndex(of: "v(\(name))")
  }
}
