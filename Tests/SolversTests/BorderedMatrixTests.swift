import Solvers
import Testing

/// The condensed solution against Gaussian elimination on the dense matrix.
@Suite struct BorderedMatrixTests {
  static func expectEqual(_ found: [Double]?, _ expected: [Double], tolerance: Double = 1e-9) {
    guard let found else {
      Issue.record("the matrix was found singular")
      return
    }
    let scale = expected.reduce(1) { max($0, $1.magnitude) }
    for (unknown, (value, exact)) in zip(found, expected).enumerated() {
      #expect(abs(value - exact) < tolerance * scale, "unknown \(unknown)")
    }
  }

  static func expectSolved(_ system: BorderedSystem) {
    let expected = system.denseSolution
    expectEqual(system.solution(by: BorderedMatrix(system.structure)), expected)
    expectEqual(system.solution(by: BorderedMatrix(system.structure, method: .sparse)), expected)
  }

  @Test(arguments: 0...4) func oneBatch(size: Int) {
    for seed in 1...5 as ClosedRange<UInt64> {
      Self.expectSolved(BorderedSystem(border: 7, batches: [(count: 12, size: size)], seed: seed))
    }
  }

  @Test(arguments: [false, true]) func severalBatchesShareNodes(isSparse: Bool) {
    let batches = [(count: 4, size: 1), (count: 3, size: 3), (count: 9, size: 0), (count: 2, size: 2)]
    for seed in 1...5 as ClosedRange<UInt64> {
      Self.expectSolved(BorderedSystem(border: 5, batches: batches, isSparse: isSparse, seed: seed))
    }
  }

  @Test func extraRowsTakeTheirShare() {
    for seed in 1...5 as ClosedRange<UInt64> {
      Self.expectSolved(
        BorderedSystem(border: 6, batches: [(count: 5, size: 2), (count: 4, size: 0)], extraRows: 9, seed: seed))
    }
  }

  @Test func emptyBorder() {
    Self.expectSolved(BorderedSystem(border: 0, batches: [(count: 6, size: 3)]))
  }

  @Test func borderAlone() {
    Self.expectSolved(BorderedSystem(border: 8, batches: []))
    Self.expectSolved(BorderedSystem(border: 8, batches: [(count: 0, size: 2)]))
  }

  @Test func nothingAtAll() {
    let matrix = BorderedMatrix(BorderedStructure(borderCount: 0, linear: [], batches: []))
    #expect(matrix.factor(cj: 1))
    #expect(matrix.sparseShape.order == 0)
  }

  @Test func condensedUnknownsAreNotInTheSparseMatrix() {
    let system = BorderedSystem(border: 7, batches: [(count: 12, size: 3)])
    #expect(BorderedMatrix(system.structure).sparseShape.order == 7)
    let whole = BorderedMatrix(system.structure, method: .sparse)
    #expect(whole.sparseShape.order == 7 + 36)
  }

  @Test func refactorsWithNewValues() {
    var system = BorderedSystem(border: 5, batches: [(count: 4, size: 2)], extraRows: 3)
    let matrix = BorderedMatrix(system.structure)
    for round in 1...4 {
      system.slope *= 0.3
      for index in system.values[0].indices { system.values[0][index] *= 1 + 0.1 * Double((index + round) % 5) }
      Self.expectEqual(system.solution(by: matrix), system.denseSolution)
    }
  }

  @Test func diagonalShiftReachesEveryUnknown() {
    var system = BorderedSystem(border: 4, batches: [(count: 3, size: 2)])
    let shift = (0..<system.structure.unknownCount).map { 0.5 + 0.25 * Double($0) }
    let arena = Arena()
    let expected = {
      for (unknown, value) in shift.enumerated() where unknown < 4 {
        system.structure.linear.append(
          LinearEntry(row: Int32(unknown), column: Int32(unknown), conductance: value, capacitance: 0))
      }
      for (place, entry) in system.structure.batches[0].internalPlaces.enumerated() where entry.row == entry.column {
        for instance in 0..<3 { system.values[0][place * 3 + instance] += shift[4 + entry.row * 3 + instance] }
      }
      return system.denseSolution
    }()
    for method in [BorderedMatrix.Method.automatic, .sparse] {
      let plain = BorderedSystem(border: 4, batches: [(count: 3, size: 2)])
      let matrix = BorderedMatrix(plain.structure, method: method)
      matrix.diagonalShift = UnsafePointer(arena.copy(shift))
      Self.expectEqual(plain.solution(by: matrix), expected)
    }
  }

  @Test func groundTiesAreConductances() {
    var system = BorderedSystem(border: 4, batches: [(count: 3, size: 1)])
    let matrix = BorderedMatrix(system.structure)
    matrix.groundTies = [(unknown: 2, conductance: 0.7)]
    let found = system.solution(by: matrix)
    system.structure.linear.append(LinearEntry(row: 2, column: 2, conductance: 0.7, capacitance: 0))
    Self.expectEqual(found, system.denseSolution)
  }

  @Test func singularMatrixIsRefused() {
    var system = BorderedSystem(border: 3, batches: [(count: 2, size: 1)])
    system.structure.linear = [LinearEntry(row: 0, column: 0, conductance: 1, capacitance: 0)]
    system.values = [system.values[0].map { _ in 0 }]
    #expect(system.solution(by: BorderedMatrix(system.structure)) == nil)
  }

  @Test func valuesThatAreNotNumbersAreRefused() {
    for method in [BorderedMatrix.Method.automatic, .sparse] {
      var system = BorderedSystem(border: 3, batches: [(count: 2, size: 2)])
      system.values[0][1] = .nan
      let found = system.solution(by: BorderedMatrix(system.structure, method: method))
      #expect(found == nil || found?.contains(where: \.isNaN) == true)
    }
  }
}
