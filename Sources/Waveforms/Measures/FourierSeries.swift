package import Diagnostics
internal import Glibc

/// One `.four` line: the harmonics of signals over the last period of a transient.
package struct FourierRequest: Sendable {
  /// Hz.
  package var fundamental: Double
  /// Names as written, and places in the watch list of the plan.
  package var signals: [(name: String, place: Int)]
  package var range: SourceRange

  package init(fundamental: Double, signals: [(name: String, place: Int)], range: SourceRange) {
    self.fundamental = fundamental
    self.signals = signals
    self.range = range
  }
}

/// Fourier integrals while a transient goes on, of the solution's own polynomials rather than of points on a grid.
struct FourierSeries {
  private let request: FourierRequest
  private let count: Int
  private let start: Double
  private let stop: Double
  /// By signal, then harmonic.
  private var sines: [[Double]]
  private var cosines: [[Double]]
  /// How much of the last period was seen, s.
  private var seen = 0.0

  init(_ request: FourierRequest, stop: Double, count: Int) {
    self.request = request
    self.count = count
    self.stop = stop
    start = stop - 1 / request.fundamental
    let zeros = Array(repeating: Array(repeating: 0.0, count: count), count: request.signals.count)
    (sines, cosines) = (zeros, zeros)
  }

  mutating func observe(_ view: SegmentView) {
    let (from, to) = (max(view.start, start), min(view.end, stop))
    guard to > from else { return }
    seen += to - from
    // Eight parts in the period of the highest harmonic: the rule's error is below rounding there.
    let parts = max(1, Int(((to - from) * request.fundamental * Double(8 * (count - 1))).rounded(.up)))
    for part in 0..<parts {
      let left = from + (to - from) * Double(part) / Double(parts)
      let right = part == parts - 1 ? to : from + (to - from) * Double(part + 1) / Double(parts)
      for point in 0..<GaussLobatto.count {
        add(view, GaussLobatto.time(point, from: left, to: right), point, right - left)
      }
    }
  }

  private mutating func add(_ view: SegmentView, _ time: Double, _ point: Int, _ width: Double) {
    let turn = 2 * Double.pi * request.fundamental * (time - start)
    let weight = 0.5 * width * GaussLobatto.weight(point)
    for (signal, item) in request.signals.enumerated() {
      let value = weight * view.value(of: item.place, at: time)
      for harmonic in 0..<count {
        sines[signal][harmonic] += value * sin(Double(harmonic) * turn)
        cosines[signal][harmonic] += value * cos(Double(harmonic) * turn)
      }
    }
  }

  /// Nothing where the run ended before the period was complete.
  var results: [FourierResult] {
    guard seen * request.fundamental > 1 - 1e-6 else { return [] }
    return request.signals.indices.map { signal in
      FourierResult(
        signal: request.signals[signal].name, fundamental: request.fundamental,
        mean: cosines[signal][0] * request.fundamental,
        harmonics: (1..<count).map { harmonic in
          let (a, b) = (
            2 * request.fundamental * sines[signal][harmonic], 2 * request.fundamental * cosines[signal][harmonic]
          )
          return FourierResult.Harmonic(magnitude: hypot(a, b), phase: atan2(b, a) * 180 / .pi)
        })
    }
  }
}
