import Solvers
import Testing

/// A block that cannot be inverted though the whole matrix can: its unknowns move into the sparse matrix.
@Suite struct SingularBlockTests {
  /// Every block of size `size` is sound but that of instance 1, whose last internal row is 0: only its inputs hold it.
  static func system(size: Int) -> BorderedSystem {
    var system = BorderedSystem(border: 5, batches: [(count: 3, size: size)], seed: 7)
    for (place, entry) in system.structure.batches[0].internalPlaces.enumerated() where entry.row == size - 1 {
      system.values[0][place * 3 + 1] = 0
    }
    // So that the inputs do hold it.
    for input in 0..<2 {
      system.structure.batches[0].inputs[input].plus[1] = Int32(input)
      system.structure.batches[0].inputs[input].minus[1] = Int32(input + 2)
      system.structure.batches[0].outputs[input].plus[1] = Int32(input + 1)
      system.structure.batches[0].outputs[input].minus[1] = -1
    }
    return system
  }

  @Test(arguments: 1...4) func movesToTheSparseMatrix(size: Int) {
    let system = Self.system(size: size)
    let matrix = BorderedMatrix(system.structure)
    BorderedMatrixTests.expectEqual(system.solution(by: matrix), system.denseSolution)
    #expect(matrix.sparseShape.order == 5 + size)
  }

  @Test func staysThereWhenItsBlockIsSoundAgain() {
    var system = Self.system(size: 2)
    let matrix = BorderedMatrix(system.structure)
    _ = system.solution(by: matrix)
    for index in system.values[0].indices { system.values[0][index] += 0.125 }
    BorderedMatrixTests.expectEqual(system.solution(by: matrix), system.denseSolution)
    #expect(matrix.sparseShape.order == 5 + 2)
  }

  @Test func othersMayFollowLater() {
    var system = Self.system(size: 2)
    let matrix = BorderedMatrix(system.structure)
    _ = system.solution(by: matrix)
    for (place, entry) in system.structure.batches[0].internalPlaces.enumerated() where entry.row == 0 {
      system.values[0][place * 3] = 0
    }
    BorderedMatrixTests.expectEqual(system.solution(by: matrix), system.denseSolution)
    #expect(matrix.sparseShape.order == 5 + 2 * 2)
  }

  /// 4 x + 1e15 q and q - 1e-15 x: entries 30 decades apart, but no small pivot in units of the tolerances.
  @Test func scalesAreThoseOfTheTolerances() throws {
    var system = BorderedSystem(border: 2, batches: [(count: 1, size: 2)])
    for (index, value) in ([4, 1e15, -1e-15, 1] + Array(repeating: 0, count: 8)).enumerated() {
      system.values[0][index] = value
    }
    let arena = Arena()
    let matrix = BorderedMatrix(system.structure)
    _ = system.solution(by: matrix)
    #expect(matrix.sparseShape.order == 2 + 2)
    let scaled = BorderedMatrix(system.structure)
    scaled.weights = UnsafePointer(arena.copy([1e4, 1e4, 1e4, 1e19]))
    let found = try #require(system.solution(by: scaled))
    #expect(scaled.sparseShape.order == 2)
    let exact = (system.rightSide[2] - 1e15 * system.rightSide[3]) / 5
    #expect(abs(found[2] / exact - 1) < 1e-12)
  }
}
