/// A step remembered for one signal: what a window that begins before its spike was found is filled from.
struct StoredSegment {
  let start: Double
  let end: Double
  fileprivate let values: SIMD8<Double>

  init(of signal: Int, in view: SegmentView) {
    start = view.start
    end = view.end
    values = view.samples(of: signal)
  }
}

/// One remembered step after the other, as segments.
final class StoredSegments: SolutionSegment {
  var current: StoredSegment

  init(_ first: StoredSegment) { current = first }

  var start: Double { current.start }
  var end: Double { current.end }

  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    let position = end > start ? 2 * (time - start) / (end - start) - 1 : -1
    values[0] = GaussLobatto.interpolate(current.values, at: position)
  }

  func sample(_ sample: Int, of signal: Int) -> Double { current.values[sample] }
}
