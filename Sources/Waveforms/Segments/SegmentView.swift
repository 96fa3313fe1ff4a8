/// A segment with its samples, copied out when first asked for, and single signals readable anywhere in it.
///
/// A class because its memory is used again for every step of a run.
final class SegmentView {
  private let signalCount: Int
  private let sampled: UnsafeMutablePointer<Double>
  private let evaluated: UnsafeMutablePointer<Double>
  private var evaluatedTime = Double.nan
  private var isSampled = false
  private var segment: (any SolutionSegment)?
  private(set) var start = 0.0
  private(set) var end = 0.0

  init(signalCount: Int) {
    self.signalCount = signalCount
    sampled = .allocate(capacity: max(1, signalCount * GaussLobatto.count))
    sampled.initialize(repeating: 0, count: max(1, signalCount * GaussLobatto.count))
    evaluated = .allocate(capacity: max(1, signalCount))
    evaluated.initialize(repeating: 0, count: max(1, signalCount))
  }

  deinit {
    sampled.deallocate()
    evaluated.deallocate()
  }

  func load(_ segment: any SolutionSegment) {
    // Step after step it is the same one.
    if segment !== self.segment { self.segment = segment }
    start = segment.start
    end = segment.end
    evaluatedTime = .nan
    isSampled = false
  }

  private func sampleAll() {
    guard !isSampled, let segment else { return }
    segment.copySamples(ofFirst: signalCount, into: sampled)
    isSampled = true
  }

  /// True where a signal can be told, without sampling it, to stay on its side of `level` throughout.
  func stays(_ level: QuietLevel) -> Bool {
    guard !isSampled, let segment else { return false }
    return level.holds(in: segment)
  }

  /// One of the five Gauss-Lobatto points.
  func time(ofSample point: Int) -> Double { GaussLobatto.time(point, from: start, to: end) }

  func sample(_ point: Int, of signal: Int) -> Double {
    sampleAll()
    return sampled[signal * GaussLobatto.count + point]
  }

  /// The five samples of a signal, valid until the next segment.
  func sampleAddress(of signal: Int) -> UnsafePointer<Double> {
    sampleAll()
    return UnsafePointer(sampled + signal * GaussLobatto.count)
  }

  func samples(of signal: Int) -> SIMD8<Double> {
    let base = sampleAddress(of: signal)
    return SIMD8(base[0], base[1], base[2], base[3], base[4], 0, 0, 0)
  }

  /// The signal at `time`; asking for several signals at one time costs one evaluation.
  func value(of signal: Int, at time: Double) -> Double {
    guard let segment else { return .nan }
    if time != evaluatedTime {
      segment.evaluate(at: time, into: evaluated)
      evaluatedTime = time
    }
    return evaluated[signal]
  }

  /// Whether the signals are straight lines between the ends.
  var isLinear: Bool { segment?.isLinear ?? false }

  /// Time in a transient, the swept value along a chain.
  func axis(at time: Double) -> Double { segment?.axis(at: time) ?? time }

  /// The time within the segment at which the axis shows `value`, or nil. The axis is linear within a segment.
  func time(ofAxis value: Double) -> Double? {
    let first = axis(at: start)
    let last = axis(at: end)
    if value == first { return start }
    if value == last { return end }
    guard min(first, last) < value, value < max(first, last) else { return nil }
    return min(end, max(start, start + (value - first) / (last - first) * (end - start)))
  }

  /// The part of the segment whose axis lies in `window`, or nil where that is empty.
  func part(in window: AxisWindow) -> (start: Double, end: Double)? {
    let first = axis(at: start)
    let last = axis(at: end)
    guard max(first, last) >= window.from, min(first, last) <= window.to else { return nil }
    func clip(_ bound: Double, _ fallback: Double) -> Double { time(ofAxis: bound) ?? fallback }
    let ascending = first <= last
    let begin = ascending ? clip(window.from, start) : clip(window.to, start)
    let finish = ascending ? clip(window.to, end) : clip(window.from, end)
    return begin <= finish ? (begin, finish) : nil
  }
}

/// The stretch of the axis that a measure looks at: `from=` and `to=`.
package struct AxisWindow: Sendable, Equatable {
  package var from: Double
  package var to: Double

  /// The ends in either order, as a downward sweep writes them.
  package init(from: Double = -.infinity, to: Double = .infinity) {
    self.from = min(from, to)
    self.to = max(from, to)
  }

  package static let whole = AxisWindow()
  /// No point of any run lies in it.
  package static let empty = AxisWindow(from: .infinity, to: .infinity)

  package func contains(_ value: Double) -> Bool { from <= value && value <= to }
}
