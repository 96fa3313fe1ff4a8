package import Diagnostics
internal import Glibc
package import Kernels

/// `TRNOISE(NA NT NALPHA NAMP RTSAM RTSCAPT RTSEMT)`, noise in time as ngspice defines it: straight lines between
/// samples NT (s) apart, each the sum of
///
/// - white noise, normal with standard deviation NA;
/// - NAMP times noise of spectrum 1/f^NALPHA, 0 < NALPHA < 2 (N. J. Kasdin, Proc. IEEE 83 (1995) 802, doi
///   10.1109/5.381848);
///
/// and, between them, of a random telegraph signal: 0 and RTSAM in turn, for times drawn from exponential distributions
/// of mean RTSCAPT and RTSEMT (s). At t = 0 all of it is 0, so that the operating point is without noise.
package struct TransientNoise: SourceShapeKind {
  /// Standard deviation of the white part.
  let deviation: Double
  /// s; 0 where there are no samples.
  let interval: Double
  let exponent: Double
  let coloured: Double
  let telegraph: (amplitude: Double, capture: Double, emission: Double)
  /// s.
  let stop: Double
  /// What the source gives beside the noise.
  private var direct = 0.0
  /// What a source's own noise is drawn from; nil while it has none.
  private var stream: Stream?

  /// One source's draws.
  private struct Stream: Sendable {
    var generator: Philox
    var source: UInt64
    /// Samples of the coloured part, from k = 0 on.
    var coloured: [Double] = []
    /// When the telegraph signal turns, rising; s.
    var turns: [Double] = []
  }

  package static let keyword = "trnoise"
  package static let arguments = ["NA", "NT", "NALPHA", "NAMP", "RTSAM", "RTSCAPT", "RTSEMT"]
  package static let addsDirectValue = true
  package static func accepts(argumentCount: Int) -> Bool { (2...7).contains(argumentCount) }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    guard arguments.areNotNegative([1, 5, 6], of: self, diagnostics: &diagnostics) else { return nil }
    // Without an exponent ngspice has no coloured part.
    let shape = TransientNoise(
      deviation: arguments.value(0), interval: arguments.value(1), exponent: arguments.value(2),
      coloured: arguments.value(2) == 0 ? 0 : arguments.value(3),
      telegraph: (arguments.value(4), arguments.value(5), arguments.value(6)), stop: arguments.stop)
    if shape.coloured != 0, !(shape.exponent > 0 && shape.exponent < 2) {
      SourceError.noiseExponent(shape.exponent, range: arguments.range(of: 2)).report(to: &diagnostics)
      return nil
    }
    if shape.deviation != 0 || shape.coloured != 0 {
      guard shape.interval > 0 else {
        SourceError.noiseInterval(range: arguments.range(of: 1)).report(to: &diagnostics)
        return nil
      }
      guard arguments.resolves(shape.interval, diagnostics: &diagnostics) else { return nil }
    }
    if shape.hasTelegraph,
      !arguments.resolves(shape.telegraph.capture + shape.telegraph.emission, diagnostics: &diagnostics)
    {
      return nil
    }
    return shape
  }

  private init(
    deviation: Double, interval: Double, exponent: Double, coloured: Double,
    telegraph: (amplitude: Double, capture: Double, emission: Double), stop: Double
  ) {
    self.deviation = deviation
    self.interval = interval
    self.exponent = exponent
    self.coloured = coloured
    self.telegraph = telegraph
    self.stop = stop
  }

  private var hasTelegraph: Bool { telegraph.amplitude != 0 && telegraph.capture > 0 && telegraph.emission > 0 }
  private var hasSamples: Bool { deviation != 0 || coloured != 0 }

  // MARK: Draws

  /// Kinds of numbers that one source draws, apart from each other.
  private enum Purpose: UInt64 {
    case white = 1
    case coloured = 2
    case telegraph = 3
  }

  package func seeded(by generator: Philox, source: UInt64) -> any SourceShape {
    var result = self
    var stream = Stream(generator: generator, source: source)
    stream.generator.key.0 ^= 0x5452_6e6f
    if coloured != 0, stop.isFinite { stream.coloured = colouredSamples(of: stream) }
    if hasTelegraph, stop.isFinite { stream.turns = turns(of: stream) }
    result.stream = stream
    return result
  }

  package func raised(by direct: Double) -> any SourceShape {
    var result = self
    result.direct += direct
    return result
  }

  private static func counter(_ stream: Stream, _ purpose: Purpose, _ k: Int) -> SIMD4<UInt32> {
    SIMD4(stream.source, UInt64(k) ^ (purpose.rawValue << 60))
  }

  /// White noise through Kasdin's filter, h_0 = 1, h_k = h_(k-1) (α/2 + k - 1)/k, of at most `filterLength` terms: that
  /// is the longest period in it.
  private func colouredSamples(of stream: Stream) -> [Double] {
    let count = min(Int((stop / interval).rounded(.up)) + 2, Self.mostSamples)
    let white = (0..<count).map { stream.generator.normal(Self.counter(stream, .coloured, $0)) }
    var filter = [1.0]
    for k in 1..<max(2, min(count, Self.filterLength)) {
      filter.append(filter[k - 1] * (exponent / 2 + Double(k) - 1) / Double(k))
    }
    return (0..<count).map { n in
      if n == 0 { return 0 }
      var sum = 0.0
      for k in 0...min(n, filter.count - 1) { sum += filter[k] * white[n - k] }
      return coloured * sum
    }
  }

  private static let filterLength = 4096
  private static let mostSamples = 10_000_000

  private func turns(of stream: Stream) -> [Double] {
    var turns: [Double] = []
    var time = 0.0
    while time < stop, turns.count < Self.mostSamples {
      let mean = turns.count.isMultiple(of: 2) ? telegraph.capture : telegraph.emission
      time -= mean * log(stream.generator.uniform(Self.counter(stream, .telegraph, turns.count)))
      turns.append(time)
    }
    return turns
  }

  // MARK: The shape

  private func sample(_ k: Int) -> Double {
    guard let stream, k > 0 else { return 0 }
    let white = deviation == 0 ? 0 : deviation * stream.generator.normal(Self.counter(stream, .white, k))
    return white + (k < stream.coloured.count ? stream.coloured[k] : 0)
  }

  /// The sample at or before `time`; a corner is k times the interval, as computed.
  private func index(at time: Double) -> Int {
    var k = Int((time / interval).rounded(.down))
    if Double(k + 1) * interval <= time { k += 1 }
    if Double(k) * interval > time { k -= 1 }
    return k
  }

  /// How many turns have passed at `time`.
  private func turnCount(until time: Double) -> Int {
    guard let turns = stream?.turns else { return 0 }
    var low = 0
    var high = turns.count
    while low < high {
      let middle = (low + high) / 2
      if turns[middle] <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    let level = direct + (turnCount(until: anchor).isMultiple(of: 2) ? 0 : telegraph.amplitude)
    guard hasSamples, stream != nil else { return (level, 0) }
    let k = index(at: anchor)
    let (left, right) = (sample(k), sample(k + 1))
    let slope = (right - left) / interval
    return (level + left + slope * (time - Double(k) * interval), slope)
  }

  package func nextCorner(after time: Double) -> Double {
    guard let stream else { return .infinity }
    let turn = turnCount(until: time)
    let next = turn < stream.turns.count ? stream.turns[turn] : .infinity
    return hasSamples ? min(next, Double(index(at: time) + 1) * interval) : next
  }

  package func period(at time: Double) -> Double? { nil }

  package var description: String {
    let numbers = [
      deviation, interval, exponent, coloured, telegraph.amplitude, telegraph.capture, telegraph.emission,
    ]
    return "TRNOISE(\(numbers.map(\.description).joined(separator: " ")))"
  }
}
