/// One accepted step as spikes and measures see it: watched signals anywhere inside, from the integrator's polynomial.
///
/// Valid only while it is being observed.
package protocol SolutionSegment {
  var start: Double { get }
  var end: Double { get }
  /// Values of all watched signals at `time` in [start, end]; at a jump the segment's own side.
  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>)
  /// The five Gauss-Lobatto points of the step, `start` and `end` among them.
  var sampleTimes: [Double] { get }
  /// Value of watched signal `signal` at `sampleTimes[sample]`.
  func sample(_ sample: Int, of signal: Int) -> Double
}
