import CSundials
import Testing

/// Vectors that defer: whatever is asked of them is what it would be at once.
@Suite struct DeferralTests {
  /// Vectors of one context, some of which share a deferral.
  final class Vectors {
    let context: SUNContext
    let deferral: OpaquePointer
    private var vectors: [N_Vector] = []

    init() throws {
      var context: SUNContext?
      try #require(SUNContext_Create(nil, &context) == 0)
      self.context = try #require(context)
      deferral = try #require(StateVector_NewDeferral())
    }

    deinit {
      for vector in vectors { N_VDestroy(vector) }
      StateVector_FreeDeferral(deferral)
      var context: SUNContext? = context
      _ = SUNContext_Free(&context)
    }

    func vector(_ values: [Double], defers: Bool = true) throws -> N_Vector {
      let vector = try #require(StateVector_New(sunindextype(values.count), nil, context))
      vectors.append(vector)
      if defers { StateVector_Defer(vector, deferral) }
      let data = try #require(StateVector_Overwrite(vector))
      for (index, value) in values.enumerated() { data[index] = value }
      return vector
    }
  }

  static func contents(_ vector: N_Vector) -> [Double] {
    let values = StateVector_Values(vector)
    return (0..<Int(N_VGetLength(vector))).map { values?[$0] ?? .nan }
  }

  /// The vectors of one BDF step of order `order`, over `length` unknowns.
  struct Step {
    var differences: [N_Vector?]
    var predicted, predictedRate, y, rate, correction, error, weights, kept: N_Vector

    init(_ vectors: Vectors, length: Int, order: Int, defers: Bool) throws {
      func numbers(_ seed: Int) -> [Double] { StateVectorTests.numbers(length, seed: seed) }
      differences = try (0...order).map { try vectors.vector(numbers($0 + 1), defers: defers) }
      func empty() throws -> N_Vector { try vectors.vector(numbers(60), defers: defers) }
      (predicted, predictedRate) = (try empty(), try empty())
      (y, rate, error, kept) = (try empty(), try empty(), try empty(), try empty())
      correction = try vectors.vector(numbers(70), defers: defers)
      weights = try vectors.vector(numbers(80).map { 1 + abs($0) }, defers: defers)
    }

    /// What a step begins with.
    mutating func predict() {
      let order = differences.count - 1
      // The step is another than the last.
      var factors = (1...order).map { 1 + 0.25 * Double($0) }
      var (unscaled, scaled) = (Array(differences.dropFirst()), Array(differences.dropFirst()))
      #expect(N_VScaleVectorArray(Int32(order), &factors, &unscaled, &scaled) == 0)
      var ones = [Double](repeating: 1, count: order + 1)
      var gammas = (1...order).map { 0.5 * Double($0) }
      #expect(N_VLinearCombination(Int32(order + 1), &ones, &differences, predicted) == 0)
      var higher = Array(differences.dropFirst())
      #expect(N_VLinearCombination(Int32(order), &gammas, &higher, predictedRate) == 0)
    }

    /// What IDA does in a step, in its order; the norms of its error test.
    mutating func take() throws -> [Double] {
      let order = differences.count - 1
      predict()
      let data = try #require(StateVector_Overwrite(correction))
      for index in 0..<Int(N_VGetLength(correction)) { data[index] = 0.01 * Double(index % 7) - 0.02 }
      N_VLinearSum(1, predicted, 1, correction, y)
      N_VLinearSum(1, predictedRate, 3, correction, rate)
      var norms = [N_VWrmsNorm(correction, weights)]
      if order > 1, let last = differences[order], let before = differences[order - 1] {
        N_VLinearSum(1, last, 1, correction, error)
        norms.append(N_VWrmsNorm(error, weights))
        N_VLinearSum(1, before, 1, error, error)
        norms.append(N_VWrmsNorm(error, weights))
      }
      return norms
    }

    /// IDA's copy of the correction and update of its differences.
    mutating func finish() {
      StateVector_AwaitCopy(correction)
      N_VScale(1, correction, kept)
      var sums = Array(differences.reversed())
      var steps: [N_Vector?] = [correction] + sums.dropLast()
      var results = sums
      #expect(N_VLinearSumVectorArray(Int32(sums.count), 1, &sums, 1, &steps, &results) == 0)
    }
  }

  @Test(arguments: [1, 2, 3, 5], [3, 64, 701]) func aStepIsTheSame(order: Int, length: Int) throws {
    let vectors = try Vectors()
    var waiting = try Step(vectors, length: length, order: order, defers: true)
    var plain = try Step(vectors, length: length, order: order, defers: false)
    let found = try waiting.take()
    let expected = try plain.take()
    for (norm, other) in zip(found, expected) { #expect(abs(norm - other) < 1e-14) }
    for (vector, other) in [(waiting.y, plain.y), (waiting.rate, plain.rate), (waiting.predicted, plain.predicted)] {
      for (value, exact) in zip(Self.contents(vector), Self.contents(other)) { #expect(abs(value - exact) < 1e-13) }
    }
    waiting.finish()
    plain.finish()
    let ends = zip(
      waiting.differences + [waiting.kept, waiting.correction], plain.differences + [plain.kept, plain.correction])
    for (vector, other) in ends {
      let vector = try #require(vector)
      let other = try #require(other)
      for (value, exact) in zip(Self.contents(vector), Self.contents(other)) { #expect(abs(value - exact) < 1e-13) }
    }
    #expect(StateVector_LostReads(vectors.deferral) == 0)
  }

  /// A sum whose terms are overwritten is gone, and says so instead of holding a wrong number.
  @Test func lostSumsAreNoNumbers() throws {
    let vectors = try Vectors()
    var step = try Step(vectors, length: 20, order: 2, defers: true)
    _ = try step.take()
    step.finish()
    #expect(StateVector_IsLost(step.y) != 0)
    #expect(Self.contents(step.y).allSatisfy { $0.isNaN })
    #expect(StateVector_LostReads(vectors.deferral) == 1)
    #expect(!N_VWrmsNorm(step.rate, step.weights).isFinite)
  }

  /// A norm that is known is not known any more once what it was taken of is written.
  @Test func knownNormsEndWithTheirVectors() throws {
    let vectors = try Vectors()
    let x = try vectors.vector([1, -2, 3])
    let weights = try vectors.vector([1, 1, 1])
    StateVector_NoteNorm(x, weights, 17)
    #expect(N_VWrmsNorm(x, weights) == 17)
    let data = try #require(StateVector_Data(x))
    data[0] = -5
    #expect(N_VWrmsNorm(x, weights) == 5)
    StateVector_NoteNorm(x, weights, 17)
    N_VScale(2, x, x)
    #expect(N_VWrmsNorm(x, weights) == 10)
    N_VConst(0, x)
    #expect(N_VWrmsNorm(x, weights) == 0)
  }

  /// Corrections taken in pieces of any length have the norms that IDA's operations give.
  @Test(arguments: [1, 7, 8, 30]) func correctingTakesTheNormsOfTheErrorTest(piece: Int) throws {
    let length = 61
    let columns = (1...5).map { StateVectorTests.numbers(length, seed: $0) }
    let weights = StateVectorTests.numbers(length, seed: 9).map { 1 + abs($0) }
    var correction = columns[3]
    var norms = StateVector_Norms()
    columns[1].withUnsafeBufferPointer { last in
      columns[2].withUnsafeBufferPointer { before in
        columns[4].withUnsafeBufferPointer { next in
          weights.withUnsafeBufferPointer { weights in
            correction.withUnsafeMutableBufferPointer { correction in
              var advance = StateVector_Advance(
                scale: -0.5, isFirst: 0, weights: StateVector_Weights(formed: weights.baseAddress, y: nil, bounds: nil),
                correction: correction.baseAddress, last: last.baseAddress, beforeLast: before.baseAddress,
                lastFactor: 0.25, beforeLastFactor: -3, next: next.baseAddress)
              for first in stride(from: 0, to: length, by: piece) {
                let part = Array(columns[0][first..<min(first + piece, length)])
                StateVector_AdvanceBy(&advance, part, sunindextype(first), sunindextype(part.count), &norms)
              }
            }
          }
        }
      }
    }
    func norm(_ value: (Int) -> Double) -> Double { (0..<length).map { abs(value($0)) * weights[$0] }.max() ?? .nan }
    let exact = (0..<length).map { columns[3][$0] - 0.5 * columns[0][$0] }
    for (value, expected) in zip(correction, exact) { #expect(abs(value - expected) < 1e-15) }
    for (found, expected) in [
      (norms.change, norm { 0.5 * columns[0][$0] }), (norms.correction, norm { exact[$0] }),
      (norms.withLast, norm { exact[$0] + 0.25 * columns[1][$0] }),
      (norms.withBoth, norm { exact[$0] + 0.25 * columns[1][$0] - 3 * columns[2][$0] }),
      (norms.withoutNext, norm { exact[$0] - columns[4][$0] }),
    ] {
      #expect(abs(found - expected) < 1e-14)
    }
  }
}
