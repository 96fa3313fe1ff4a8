/// One accepted step as spikes and measures see it: watched signals anywhere inside, from the integrator's polynomial.
///
/// Valid only while it is being observed. A class: of a small circuit's step, copying a value into a box would be a
/// noticeable part.
package protocol SolutionSegment: AnyObject {
  var start: Double { get }
  var end: Double { get }
  /// Values of all watched signals at `time` in [start, end]; at a jump the segment's own side.
  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>)
  /// Value of watched signal `signal` at one of the five Gauss-Lobatto points; the first is `start`, the last `end`.
  func sample(_ sample: Int, of signal: Int) -> Double

  /// Bounds between which a signal stays in the segment, where they can be told without sampling it.
  func bounds(of signal: Int) -> (lower: Double, upper: Double)?

  /// Whether nothing is known between the ends, and signals are lines there.
  var isLinear: Bool { get }

  /// What the horizontal axis shows at `time`: time itself in a transient, the swept value along a `.dc` chain.
  func axis(at time: Double) -> Double
  /// The five samples of signals 0 ..< `count`, those of one signal side by side.
  func copySamples(ofFirst count: Int, into samples: UnsafeMutablePointer<Double>)
}

extension SolutionSegment {
  package func axis(at time: Double) -> Double { time }
  package var isLinear: Bool { false }
  package func bounds(of signal: Int) -> (lower: Double, upper: Double)? { nil }

  package func copySamples(ofFirst count: Int, into samples: UnsafeMutablePointer<Double>) {
    for signal in 0..<count {
      for point in 0..<GaussLobatto.count { samples[signal * GaussLobatto.count + point] = sample(point, of: signal) }
    }
  }
}
