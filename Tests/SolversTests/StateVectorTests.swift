import CSundials
import Testing

/// The vector IDA works on: each operation against its definition.
@Suite struct StateVectorTests {
  /// A context and vectors in it.
  final class Vectors {
    let context: SUNContext
    private var vectors: [N_Vector] = []

    init() throws {
      var context: SUNContext?
      try #require(SUNContext_Create(nil, &context) == 0)
      self.context = try #require(context)
    }

    deinit {
      for vector in vectors { N_VDestroy(vector) }
      var context: SUNContext? = context
      _ = SUNContext_Free(&context)
    }

    func vector(_ values: [Double]) throws -> N_Vector {
      let vector = try #require(StateVector_New(sunindextype(values.count), nil, context))
      vectors.append(vector)
      let data = try #require(StateVector_Data(vector))
      for (index, value) in values.enumerated() { data[index] = value }
      return vector
    }

    func probe(_ indices: UnsafePointer<Int32>, _ count: Int) throws -> N_Vector {
      let vector = try #require(StateVector_NewProbe(sunindextype(count), indices, context))
      vectors.append(vector)
      return vector
    }
  }

  static func contents(_ vector: N_Vector) -> [Double] {
    (0..<Int(N_VGetLength(vector))).map { StateVector_Data(vector)?[$0] ?? .nan }
  }

  /// Numbers without a pattern, the same at every run.
  static func numbers(_ count: Int, seed: Int = 1) -> [Double] {
    (0..<count).map { Double((($0 + seed) * 7919) % 1009) / 500 - 1 }
  }

  @Test(arguments: [1, 7, 8, 9, 33, 600]) func normIsTheWeightedMaximum(count: Int) throws {
    let vectors = try Vectors()
    for place in [0, count / 2, count - 1] {
      var values = Self.numbers(count)
      values[place] = -5
      let weights = [Double](repeating: 3, count: count)
      #expect(N_VWrmsNorm(try vectors.vector(values), try vectors.vector(weights)) == 15)
    }
  }

  @Test(arguments: [1, 8, 13, 40]) func normOfNotANumberIsNotANumber(count: Int) throws {
    let vectors = try Vectors()
    let weights = try vectors.vector([Double](repeating: 1, count: count))
    for place in 0..<count {
      for poison in [Double.nan, .infinity] {
        var values = Self.numbers(count)
        values[place] = poison
        #expect(!N_VWrmsNorm(try vectors.vector(values), weights).isFinite)
      }
    }
  }

  @Test func maskedNormLeavesOutWhatIsExempt() throws {
    let vectors = try Vectors()
    let values = try vectors.vector([1, -100, 2, .nan])
    let weights = try vectors.vector([1, 1, 4, 1])
    #expect(N_VWrmsNormMask(values, weights, try vectors.vector([1, 0, 1, 0])) == 8)
    #expect(N_VWrmsNormMask(values, weights, try vectors.vector([1, 0, 1, 1])).isNaN)
  }

  /// Up to sixteen components a vector is short and has operations of its own.
  @Test(arguments: [1, 2, 3, 6], [1, 4, 7, 16, 17, 700]) func linearCombinationAddsUp(terms: Int, count: Int) throws {
    let vectors = try Vectors()
    let columns = (0..<terms).map { Self.numbers(count, seed: $0 + 1) }
    var coefficients = Self.numbers(terms, seed: 50)
    var operands: [N_Vector?] = try columns.map { try vectors.vector($0) }
    let expected = (0..<count).map { row in zip(coefficients, columns).reduce(0) { $0 + $1.0 * $1.1[row] } }
    let result = try vectors.vector([Double](repeating: .nan, count: count))
    #expect(N_VLinearCombination(Int32(terms), &coefficients, &operands, result) == 0)
    for (value, exact) in zip(Self.contents(result), expected) { #expect(abs(value - exact) < 1e-14) }
    // The target may be the first operand.
    #expect(N_VLinearCombination(Int32(terms), &coefficients, &operands, operands[0]) == 0)
    let first = try #require(operands[0])
    for (value, exact) in zip(Self.contents(first), expected) { #expect(abs(value - exact) < 1e-14) }
  }

  /// A combination into a probe stands there term by term.
  @Test func probeKeepsTermsApart() throws {
    let vectors = try Vectors()
    let indices = [Int32](arrayLiteral: 499, 0, 17)
    try indices.withUnsafeBufferPointer { buffer in
      let target = try vectors.probe(try #require(buffer.baseAddress), indices.count)
      let columns = (0..<4).map { Self.numbers(500, seed: $0 + 3) }
      var coefficients = [2.0, -1, 0.5, 3]
      var operands: [N_Vector?] = try columns.map { try vectors.vector($0) }
      #expect(N_VLinearCombination(4, &coefficients, &operands, target) == 0)
      let captured = StateVector_Captured(target)
      #expect(captured.count == 4)
      #expect(captured.coefficients.0 == 2 && captured.coefficients.3 == 3)
      let rows = try #require(StateVector_Data(target))
      for (term, column) in columns.enumerated() {
        for (place, index) in indices.enumerated() { #expect(rows[term * indices.count + place] == column[Int(index)]) }
      }
    }
  }

  @Test func elementwiseOperations() throws {
    let vectors = try Vectors()
    let x = [1.0, -2, 4]
    let y = [3.0, 5, -8]
    let left = try vectors.vector(x)
    let right = try vectors.vector(y)
    let result = try vectors.vector([0, 0, 0])
    for (a, b) in [(1.0, 1.0), (1, -1), (1, 2), (2, 1), (2, 3)] {
      N_VLinearSum(a, left, b, right, result)
      #expect(Self.contents(result) == zip(x, y).map { a * $0 + b * $1 })
    }
    N_VProd(left, right, result)
    #expect(Self.contents(result) == [3, -10, -32])
    N_VDiv(right, left, result)
    #expect(Self.contents(result) == [3, -2.5, -2])
    N_VScale(-2, left, result)
    #expect(Self.contents(result) == [-2, 4, -8])
    N_VAbs(left, result)
    #expect(Self.contents(result) == [1, 2, 4])
    N_VInv(left, result)
    #expect(Self.contents(result) == [1, -0.5, 0.25])
    N_VAddConst(left, 1, result)
    #expect(Self.contents(result) == [2, -1, 5])
    #expect(N_VDotProd(left, right) == -39)
    #expect(N_VMaxNorm(right) == 8)
    #expect(N_VMin(left) == -2)
  }
}
