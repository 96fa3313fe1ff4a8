import CSundials
import Solvers
import Testing

/// Weights, formed at once or where they are read.
@Suite struct WeightTests {
  static let relative = 1e-4

  /// y, of all magnitudes, the absolute parts of its bounds, and the weights that follow.
  struct Bounded {
    let arena = Arena()
    let values: [Double]
    let absolute: [Double]
    let pointer: UnsafeMutablePointer<StateVector_Bounds>

    init(_ length: Int, limited: [Int32] = [], limit: Double = .infinity) {
      values = StateVectorTests.numbers(length, seed: 3).enumerated().map { $1 * [1, 1e-6, 40, 0][$0 % 4] }
      absolute = (0..<length).map { [1e-6, 1e-9, 1e-21, 1e-300][$0 % 5 % 4] }
      let bounds = StateVector_Bounds(
        relative: WeightTests.relative, absolute: arena.copy(absolute), equal: nil, limited: arena.copy(limited),
        limitedCount: sunindextype(limited.count), limit: limit)
      pointer = arena.allocate(1, filledWith: bounds)
    }

    func expectWeights(_ weights: [Double], limit: (Int) -> Double = { _ in .infinity }) {
      for (index, weight) in weights.enumerated() {
        let bound = min(WeightTests.relative * values[index].magnitude + absolute[index], limit(index))
        #expect(abs(weight * bound - 1) < 1e-13, "\(index)")
      }
    }
  }

  @Test(arguments: [1, 3, 4, 7, 8, 9, 61], [false, true]) func weightsAreTheInverseOfBounds(length: Int, defers: Bool)
    throws
  {
    let vectors = try DeferralTests.Vectors()
    let bounded = Bounded(length)
    let y = try vectors.vector(bounded.values, defers: defers)
    let weights = try vectors.vector(bounded.values, defers: defers)
    StateVector_Weigh(y, weights, bounded.pointer)
    bounded.expectWeights(DeferralTests.contents(weights))
  }

  @Test(arguments: [4, 61], [false, true]) func someAreLimited(length: Int, defers: Bool) throws {
    let vectors = try DeferralTests.Vectors()
    let limited: [Int32] = [0, 2, Int32(length) - 2]
    let bounded = Bounded(length, limited: limited, limit: 1e-7)
    let y = try vectors.vector(bounded.values, defers: defers)
    let weights = try vectors.vector(bounded.values, defers: defers)
    StateVector_Weigh(y, weights, bounded.pointer)
    bounded.expectWeights(DeferralTests.contents(weights)) { limited.contains(Int32($0)) ? 1e-7 : .infinity }
    // No norm of y exceeds the one that is told, which is all that IDA asks for.
    #expect(
      N_VWrmsNorm(y, weights) >= zip(bounded.values, DeferralTests.contents(weights)).map { abs($0 * $1) }.max() ?? 0)
  }

  /// Absolute parts that are one number over a long range are read once; where they may change, each by itself.
  @Test func equalPartsAreReadAtTheBeginningOfTheirRange() {
    let arena = Arena()
    let count = 6000
    let different = (1...100).map { 1e-9 * Double($0) }
    let absolute = arena.copy(
      different + Array(repeating: 1e-6, count: 2900) + Array(repeating: 1e-3, count: count - 3000))
    let y = arena.copy(StateVectorTests.numbers(count, seed: 8))
    let ranges = EqualRanges(arena)
    let column = UnsafeBufferPointer(start: absolute, count: count)
    func weights(_ equal: EqualRanges?) -> [Double] {
      let weights = arena.doubles(count)
      let bounds = ErrorBounds(relative: Self.relative, absolute: absolute, equal: equal)
      for first in stride(from: 0, to: count, by: 256) {
        bounds.formWeights(y, of: first..<min(first + 256, count), into: weights + first)
      }
      return Array(UnsafeBufferPointer(start: weights, count: count))
    }
    #expect(weights(ranges) == weights(nil))
    ranges.find(in: column, varying: [5999..<6000])
    let before = weights(ranges)
    #expect(before == weights(nil))
    absolute[2000] = 1
    absolute[4000] = 1
    let after = weights(ranges)
    #expect(after[2000] == before[2000])
    #expect(after[4000] < 1.1)
    ranges.find(in: column, varying: [])
    #expect(weights(ranges) == weights(nil))
  }

  /// Corrections are weighed with weights that nobody formed as with those that somebody did.
  @Test(arguments: [20, 256, 700]) func weightsThatWaitWeighAsThoseFormed(length: Int) throws {
    let vectors = try DeferralTests.Vectors()
    let bounded = Bounded(length)
    let y = try vectors.vector(bounded.values)
    let weights = try vectors.vector(bounded.values)
    StateVector_Weigh(y, weights, bounded.pointer)
    let added = StateVectorTests.numbers(length, seed: 5)
    func norms() throws -> StateVector_Norms {
      var advance = StateVector_Advance()
      advance.scale = 1
      advance.isFirst = 1
      advance.correction = bounded.arena.doubles(length)
      StateVector_WeightsOf(weights, &advance.weights)
      var norms = StateVector_Norms()
      StateVector_AdvanceBy(&advance, added, 0, sunindextype(length), &norms)
      return norms
    }
    let waiting = try norms()
    let formed = DeferralTests.contents(weights)
    #expect(try norms().change == waiting.change)
    #expect(try norms().correction == waiting.correction)
    #expect(abs(waiting.change / (zip(added, formed).map { abs($0 * $1) }.max() ?? 0) - 1) < 1e-14)
  }

  /// Weights of what has been overwritten are gone.
  @Test func weightsEndWithWhatTheyAreOf() throws {
    let vectors = try DeferralTests.Vectors()
    let bounded = Bounded(20)
    let y = try vectors.vector(bounded.values)
    let weights = try vectors.vector(bounded.values)
    StateVector_Weigh(y, weights, bounded.pointer)
    #expect(StateVector_IsLost(weights) == 0)
    StateVector_Overwrite(y)?[0] = 1
    #expect(StateVector_IsLost(weights) != 0)
    #expect(DeferralTests.contents(weights).allSatisfy { $0.isNaN })
    // They can be asked for anew.
    StateVector_Weigh(y, weights, bounded.pointer)
    #expect(DeferralTests.contents(weights).allSatisfy { $0.isFinite })
  }
}
