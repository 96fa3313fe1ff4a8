package import Diagnostics
internal import Glibc
package import Kernels

/// `TRRANDOM(TYPE TS TD PARAM1 PARAM2)`, a value drawn anew every TS (s) from TD (s) on, as ngspice defines it; PARAM2
/// before.
///
/// TYPE 1: even between PARAM2 - PARAM1 and PARAM2 + PARAM1; 2: normal of deviation PARAM1 and mean PARAM2; 3: exponential
/// of mean PARAM1, above PARAM2; 4: Poisson of mean PARAM1, above PARAM2. PARAM1 is 1 if left out, PARAM2 and TD 0.
package struct TransientRandom: SourceShapeKind {
  /// How a value is drawn.
  enum Distribution: Int, Sendable {
    case uniform = 1
    case normal, exponential, poisson
  }

  let distribution: Distribution
  /// s.
  let interval: Double
  /// s.
  let delay: Double
  let scale: Double
  let offset: Double
  /// What a source's own values are drawn from; nil while it has none.
  private var stream: (generator: Philox, source: UInt64)?

  package static let keyword = "trrandom"
  package static let arguments = ["TYPE", "TS", "TD", "PARAM1", "PARAM2"]
  package static let addsDirectValue = true
  package static func accepts(argumentCount: Int) -> Bool { (2...5).contains(argumentCount) }

  package static func make(_ arguments: ShapeArguments, diagnostics: inout DiagnosticBag) -> (any SourceShape)? {
    guard let distribution = Int(exactly: arguments.value(0)).flatMap(Distribution.init(rawValue:)) else {
      SourceError.randomType(arguments.value(0), range: arguments.range(of: 0)).report(to: &diagnostics)
      return nil
    }
    guard arguments.areNotNegative([1, 2], of: self, diagnostics: &diagnostics) else { return nil }
    if distribution == .exponential || distribution == .poisson,
      !arguments.areNotNegative([3], of: self, diagnostics: &diagnostics)
    {
      return nil
    }
    guard arguments.value(1) > 0 else {
      SourceError.noiseInterval(range: arguments.range(of: 1)).report(to: &diagnostics)
      return nil
    }
    guard arguments.resolves(arguments.value(1), diagnostics: &diagnostics) else { return nil }
    return TransientRandom(
      distribution: distribution, interval: arguments.value(1), delay: arguments.value(2),
      scale: arguments.value(3, default: 1), offset: arguments.value(4))
  }

  private init(distribution: Distribution, interval: Double, delay: Double, scale: Double, offset: Double) {
    self.distribution = distribution
    self.interval = interval
    self.delay = delay
    self.scale = scale
    self.offset = offset
  }

  package func seeded(by generator: Philox, source: UInt64) -> any SourceShape {
    var result = self
    var generator = generator
    generator.key.0 ^= 0x5452_726e
    result.stream = (generator, source)
    return result
  }

  package func raised(by direct: Double) -> any SourceShape {
    var result = TransientRandom(
      distribution: distribution, interval: interval, delay: delay, scale: scale, offset: offset + direct)
    result.stream = stream
    return result
  }

  // MARK: Draws

  /// Value `k`, from 0 on.
  private func sample(_ k: Int) -> Double {
    guard let (generator, source) = stream else { return offset }
    func counter(_ part: Int) -> SIMD4<UInt32> { SIMD4(source, UInt64(k) << 20 ^ UInt64(part)) }
    switch distribution {
    case .uniform: return offset + scale * (2 * generator.uniform(counter(0)) - 1)
    case .normal: return offset + scale * generator.normal(counter(0))
    case .exponential: return offset - scale * log(generator.uniform(counter(0)))
    case .poisson:
      // The sum of Poisson numbers is one of the sum of their means, each small enough for its probability of 0.
      var (count, rest, part) = (0.0, min(scale, Self.largestMean), 0)
      while rest > 0 {
        let mean = min(rest, 500)
        count += Self.poisson(mean, generator.uniform(counter(part)))
        rest -= mean
        part += 1
      }
      return offset + count
    }
  }

  private static let largestMean = 1e6

  /// The number whose share of the distribution of `mean` the draw `uniform` falls into.
  private static func poisson(_ mean: Double, _ uniform: Double) -> Double {
    var (number, probability) = (0.0, exp(-mean))
    var sum = probability
    while sum < uniform, probability > 0 || number < mean {
      number += 1
      probability *= mean / number
      sum += probability
    }
    return number
  }

  // MARK: The shape

  /// The interval that begins at or before `time`; its beginning is delay + k interval, as computed.
  private func index(at time: Double) -> Int {
    var k = Int(((time - delay) / interval).rounded(.down))
    if begin(of: k + 1) <= time { k += 1 }
    if begin(of: k) > time { k -= 1 }
    return k
  }

  private func begin(of k: Int) -> Double { delay + Double(k) * interval }

  package func evaluate(at time: Double, segmentOf anchor: Double) -> (value: Double, slope: Double) {
    (anchor < delay ? offset : sample(index(at: anchor)), 0)
  }

  package func nextCorner(after time: Double) -> Double {
    time < delay ? delay : begin(of: index(at: time) + 1)
  }

  package func period(at time: Double) -> Double? { nil }

  package var description: String {
    let numbers = [interval, delay, scale, offset].map(\.description).joined(separator: " ")
    return "TRRANDOM(\(distribution.rawValue) \(numbers))"
  }
}
