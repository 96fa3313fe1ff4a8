internal import Glibc

/// One curve: a signal over another, both in SI units.
package struct Trace: Sendable {
  package var signal: Signal
  /// Which of several runs it comes from, `r = 1k`; empty where there is one.
  package var run: String
  package var x: [Double]
  package var y: [Double]

  package init(signal: Signal, run: String = "", x: [Double], y: [Double]) {
    self.signal = signal
    self.run = run
    self.x = x
    self.y = y
  }

  /// The smallest and largest of the finite values, or nil where there are none.
  static func range(of values: [Double]) -> ClosedRange<Double>? {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return low <= high ? low...high : nil
  }

  /// The same curve of fewer points: every dropped point lies within `deviation` of the drawn line, in shares of the
  /// ranges.
  ///
  /// The cone test of Williams 1978 (Computer Graphics and Image Processing 8:286): a chord may grow as long as a line
  /// from its start passes all points in between at that distance. One pass; curves may turn back, as loops do.
  func simplified(deviation: Double, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>) -> Trace {
    let count = min(x.count, y.count)
    guard count > 2 else { return self }
    let xScale = Self.scale(xRange)
    let yScale = Self.scale(yRange)
    var kept = Trace(signal: signal, run: run, x: [], y: [])
    func keep(_ index: Int) {
      kept.x.append(x[index])
      kept.y.append(y[index])
    }
    keep(0)
    var anchor = 0
    var cone = Cone()
    for index in 1..<count {
      let dx = (x[index] - x[anchor]) * xScale
      let dy = (y[index] - y[anchor]) * yScale
      if cone.admits(dx, dy, deviation) { continue }
      anchor = index - 1
      if anchor > 0 { keep(anchor) }
      cone = Cone()
      _ = cone.admits((x[index] - x[anchor]) * xScale, (y[index] - y[anchor]) * yScale, deviation)
    }
    keep(count - 1)
    return kept
  }

  /// The same where the horizontal axis is logarithmic.
  func simplified(
    deviation: Double, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, isLogarithmic: Bool
  ) -> Trace {
    guard isLogarithmic, xRange.lowerBound > 0 else {
      return simplified(deviation: deviation, xRange: xRange, yRange: yRange)
    }
    var decades = self
    decades.x = x.map { log10($0) }
    decades = decades.simplified(
      deviation: deviation, xRange: log10(xRange.lowerBound)...log10(xRange.upperBound), yRange: yRange)
    decades.x = decades.x.map { pow(10, $0) }
    return decades
  }

  private static func scale(_ range: ClosedRange<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    return width > 0 ? 1 / width : 0
  }
}

/// The directions in which a chord still passes all points met so far.
private struct Cone {
  private var axis: (x: Double, y: Double)?
  private var low = -Double.infinity
  private var high = Double.infinity
  private var reach = 0.0

  /// Whether a chord from the origin to (x, y) passes all points before; narrows the cone if so.
  mutating func admits(_ x: Double, _ y: Double, _ deviation: Double) -> Bool {
    guard x.isFinite, y.isFinite else { return false }
    let distance = (x * x + y * y).squareRoot()
    guard distance > deviation else {
      // Near the origin every direction passes, unless the chord has been longer and comes back.
      return reach - distance <= deviation
    }
    guard distance >= reach - deviation else { return false }
    guard let axis else {
      self.axis = (x / distance, y / distance)
      reach = distance
      let slope = deviation / distance
      (low, high) = (-slope, slope)
      return true
    }
    let along = x * axis.x + y * axis.y
    guard along > 0 else { return false }
    let slope = (y * axis.x - x * axis.y) / along
    guard low <= slope, slope <= high else { return false }
    low = max(low, slope - deviation / along)
    high = min(high, slope + deviation / along)
    reach = max(reach, distance)
    return true
  }
}
