internal import Devices

/// What is given to a neuron's input on top of its value at rest.
///
/// Edges are straight and take a thousandth of the width; a pulse holds exactly amplitude times width.
package enum Stimulus: Sendable, Equatable {
  case rest
  /// `amplitude` in A or V for `width` (s).
  case pulse(amplitude: Double, width: Double)
  /// Two equal pulses whose beginnings are `interval` (s) apart.
  case pair(amplitude: Double, width: Double, interval: Double)
  /// `amplitude` for good, reached within `edge` (s).
  case step(amplitude: Double, edge: Double)

  static let edgeShare = 1e-3

  /// The source's shape, `base` being its value at rest, which it leaves at `start` (s).
  func shape(on base: Double, from start: Double) -> PiecewiseLinear {
    switch self {
    case .rest: return PiecewiseLinear(times: [0], values: [base])
    case .pulse(let amplitude, let width):
      let pulse = Self.pulse(amplitude, width, on: base, from: start)
      return PiecewiseLinear(times: pulse.times, values: pulse.values)
    case .pair(let amplitude, let width, let interval):
      let first = Self.pulse(amplitude, width, on: base, from: start)
      let second = Self.pulse(amplitude, width, on: base, from: start + interval)
      return PiecewiseLinear(times: first.times + second.times, values: first.values + second.values)
    case .step(let amplitude, let edge):
      return PiecewiseLinear(times: [start, start + edge], values: [base, base + amplitude])
    }
  }

  private static func pulse(
    _ amplitude: Double, _ width: Double, on base: Double, from start: Double
  ) -> (times: [Double], values: [Double]) {
    let edge = edgeShare * width
    return (
      [start, start + edge, start + width, start + width + edge], [base, base + amplitude, base + amplitude, base]
    )
  }

  /// The shortest interval of a pair whose pulses do not touch.
  static func shortestInterval(of width: Double) -> Double { (1 + 2 * edgeShare) * width }
}
