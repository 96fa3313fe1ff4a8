import CSundials
import Solvers
import Testing

/// IDA's update of its differences, which waits for the next prediction.
@Suite struct DifferenceUpdateTests {
  /// Two steps that have been taken and finished, one of vectors that defer and one of vectors that do not.
  struct Steps {
    let vectors: DeferralTests.Vectors
    var waiting: DeferralTests.Step
    var plain: DeferralTests.Step

    init(order: Int, length: Int) throws {
      vectors = try DeferralTests.Vectors()
      waiting = try DeferralTests.Step(vectors, length: length, order: order, defers: true)
      plain = try DeferralTests.Step(vectors, length: length, order: order, defers: false)
      _ = try waiting.take()
      _ = try plain.take()
    }

    mutating func finish() {
      waiting.finish()
      plain.finish()
    }

    func expectTheSameDifferences() throws {
      for (vector, other) in zip(waiting.differences, plain.differences) {
        let found = DeferralTests.contents(try #require(vector))
        for (value, exact) in zip(found, DeferralTests.contents(try #require(other))) {
          #expect(abs(value - exact) < 1e-13)
        }
      }
      #expect(StateVector_LostReads(vectors.deferral) == 0)
    }
  }

  /// Update and prediction, done together and in pieces, are those that are done one after the other.
  @Test(arguments: [1, 2, 5], [3, 701]) func theyAreOnePass(order: Int, length: Int) throws {
    var steps = try Steps(order: order, length: length)
    steps.finish()
    steps.waiting.predict()
    steps.plain.predict()
    var prediction = StateVector_Prediction()
    StateVector_PredictionOf(steps.waiting.predicted, steps.waiting.predictedRate, &prediction)
    let update = try #require(prediction.update)
    #expect(update.pointee.count == order + 1)
    let arena = Arena()
    let (y, rate) = (arena.doubles(length), arena.doubles(length))
    for first in stride(from: 0, to: length, by: 256) {
      #expect(StateVector_EndUpdate(update) == -1)
      let count = min(256, length - first)
      StateVector_FormPrediction(
        &prediction, nil, 0, sunindextype(first), sunindextype(count), y + first, rate + first)
    }
    #expect(StateVector_EndUpdate(update) == 0)
    #expect(update.pointee.count == 0)
    for (found, vector) in [(y, steps.plain.predicted), (rate, steps.plain.predictedRate)] {
      for (index, exact) in DeferralTests.contents(vector).enumerated() { #expect(abs(found[index] - exact) < 1e-13) }
    }
    // Those that wait are the same, formed once more of what is up to date now.
    for (index, value) in DeferralTests.contents(steps.waiting.predicted).enumerated() { #expect(value == y[index]) }
    try steps.expectTheSameDifferences()
  }

  /// A prediction of another order than the update's is formed after it.
  @Test(arguments: [2, 3]) func anotherOrderHasItCarriedOut(order: Int) throws {
    var steps = try Steps(order: 3, length: 90)
    steps.finish()
    let differences = steps.waiting.differences
    var ones = [Double](repeating: 1, count: 4)
    var first = Array(differences[0..<order])
    var rest = Array(differences[1..<order])
    #expect(N_VLinearCombination(Int32(order), &ones, &first, steps.waiting.predicted) == 0)
    #expect(N_VLinearCombination(Int32(order - 1), &ones, &rest, steps.waiting.predictedRate) == 0)
    var prediction = StateVector_Prediction()
    StateVector_PredictionOf(steps.waiting.predicted, steps.waiting.predictedRate, &prediction)
    #expect(prediction.update == nil)
    try steps.expectTheSameDifferences()
  }

  /// Reading one difference, writing one, or writing the correction has the update carried out first.
  @Test func nobodyMeetsAnOldDifference() throws {
    var steps = try Steps(order: 3, length: 90)
    steps.finish()
    let middle = try #require(steps.waiting.differences[1])
    #expect(DeferralTests.contents(middle) == DeferralTests.contents(middle))
    try steps.expectTheSameDifferences()

    var others = try Steps(order: 3, length: 90)
    others.finish()
    // The copy has the correction's components, and the correction waits for it.
    StateVector_Overwrite(others.waiting.kept)?.update(repeating: .nan, count: 90)
    try others.expectTheSameDifferences()
  }

  /// A few components are read, one by one, without an update of all.
  @Test func probesReadThroughIt() throws {
    let length = 700
    var steps = try Steps(order: 4, length: length)
    var kept = (StateVector_Differences(), StateVector_Differences())
    try withUnsafeMutablePointer(to: &kept) { kept in
      let found = UnsafeMutableRawPointer(kept).assumingMemoryBound(to: StateVector_Differences.self)
      for vector in steps.waiting.differences { StateVector_KeepDifferences(vector, found) }
      for vector in steps.plain.differences { StateVector_KeepDifferences(vector, found + 1) }
      steps.finish()
      for index in [0, 311, length - 1] {
        var middles = (0.0, 0.0)
        let reach = StateVector_Reach(found, sunindextype(index), &middles.0)
        let exact = StateVector_Reach(found + 1, sunindextype(index), &middles.1)
        #expect(abs(reach - exact) < 1e-13)
        #expect(abs(middles.0 - middles.1) < 1e-13)
      }
      let indices: [Int32] = [5, 640]
      try indices.withUnsafeBufferPointer { indices in
        func rows(_ differences: [N_Vector?]) throws -> [Double] {
          let probe = try #require(StateVector_NewProbe(2, indices.baseAddress, steps.vectors.context))
          defer { N_VDestroy(probe) }
          var differences = differences
          var ones = [Double](repeating: 1, count: differences.count)
          #expect(N_VLinearCombination(Int32(differences.count), &ones, &differences, probe) == 0)
          let data = try #require(StateVector_Data(probe))
          return (0..<2 * differences.count).map { data[$0] }
        }
        for (value, exact) in zip(try rows(steps.waiting.differences), try rows(steps.plain.differences)) {
          #expect(abs(value - exact) < 1e-13)
        }
      }
      #expect(try #require(found.pointee.update).pointee.count == 5)
    }
    try steps.expectTheSameDifferences()
  }
}
