import Solvers
import Testing

/// Borders whose couplings form trees, against KLU on the same matrix.
@Suite struct TreeEliminationTests {
  /// The node each node is coupled with, beside those that come before it; nil for none.
  static let shapes: [String: [Int?]] = [
    "one node": [nil],
    "two nodes": [nil, 0],
    "three nodes": [nil, 0, 1],
    "chain": [nil] + (0..<1000).map { $0 },
    "star": [nil] + Array(repeating: 0, count: 9),
    "binary tree": [nil] + (1..<127).map { ($0 - 1) / 2 },
    "comb": [nil] + (1..<60).map { $0 % 3 == 0 ? $0 - 3 : $0 - 1 },
    "forest": [nil, 0, 1, nil, nil, 4, 4, nil, 7, 8, 9, 8],
    "random tree": {
      var generator = SeededGenerator(state: 5)
      return [nil] + (1..<300).map { Int(generator.index(below: $0)) }
    }(),
  ]

  /// A matrix coupled along `parents`, its nodes numbered at random; entries above and below the diagonal differ.
  static func structure(_ parents: [Int?], seed: UInt64, oneSided: Bool = false) -> BorderedStructure {
    var generator = SeededGenerator(state: seed)
    var numbers = Array(0..<Int32(parents.count))
    for index in numbers.indices.dropFirst() { numbers.swapAt(index, Int(generator.index(below: index + 1))) }
    var entries: [LinearEntry] = []
    func add(_ row: Int, _ column: Int, _ value: Double) {
      entries.append(LinearEntry(row: numbers[row], column: numbers[column], conductance: value, capacitance: 0))
    }
    for (node, parent) in parents.enumerated() {
      add(node, node, 4 + generator.number())
      guard let parent else { continue }
      add(node, parent, generator.number())
      if !oneSided || node % 2 == 0 { add(parent, node, generator.number()) }
    }
    entries.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    return BorderedStructure(borderCount: parents.count, linear: entries, batches: [])
  }

  static func solution(_ matrix: BorderedMatrix) -> [Double]? {
    guard matrix.factor(cj: 0) else { return nil }
    let count = matrix.structure.borderCount
    let arena = Arena()
    let x = arena.doubles(count)
    matrix.solve(x, arena.copy((0..<count).map { Double($0 % 7) - 3 }))
    return (0..<count).map { x[$0] }
  }

  static func expectEqualToKLU(_ structure: BorderedStructure, isTree: Bool = true) throws {
    let matrix = BorderedMatrix(structure)
    #expect(matrix.sparseShape.isTree == isTree)
    let expected = try #require(solution(BorderedMatrix(structure, method: .sparseBorder)))
    BorderedMatrixTests.expectEqual(solution(matrix), expected, tolerance: 1e-12)
  }

  @Test(arguments: shapes.keys.sorted()) func treesAreSolvedAsByKLU(name: String) throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let structure = Self.structure(try #require(Self.shapes[name]), seed: seed)
      try Self.expectEqualToKLU(structure)
    }
  }

  @Test func aCouplingMayGoOneWay() throws {
    let parents = try #require(Self.shapes["random tree"])
    try Self.expectEqualToKLU(Self.structure(parents, seed: 3, oneSided: true))
  }

  @Test func ringsAreLeftToKLU() throws {
    var structure = Self.structure([nil, 0, 1, 2, 3], seed: 1)
    let missing = (0..<5 as Range<Int32>).flatMap { row in (0..<5 as Range<Int32>).map { (row, $0) } }.first { place in
      !structure.linear.contains { ($0.row, $0.column) == place }
    }
    let (row, column) = try #require(missing)
    structure.linear.append(LinearEntry(row: row, column: column, conductance: 0.5, capacitance: 0))
    structure.linear.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    try Self.expectEqualToKLU(structure, isTree: false)
  }

  /// A leaf without a diagonal, as the current of a voltage source has none: elimination without exchange of rows must
  /// not touch it.
  @Test(arguments: [0, 1e-6]) func smallPivotsAreLeftToKLU(pivot: Double) throws {
    var structure = Self.structure([nil, 0, 1, 1], seed: 1)
    let leaf = try #require(
      (0..<4 as Range<Int32>).first { row in structure.linear.count { $0.row == row } == 2 })
    for index in structure.linear.indices where structure.linear[index].row == leaf {
      structure.linear[index].conductance = structure.linear[index].column == leaf ? pivot : 1
    }
    for index in structure.linear.indices
    where structure.linear[index].column == leaf && structure.linear[index].row != leaf {
      structure.linear[index].conductance = 1
    }
    try Self.expectEqualToKLU(structure)
  }

  @Test func singularTreesAreFound() {
    var structure = Self.structure([nil, 0, 1], seed: 1)
    for index in structure.linear.indices {
      // Row sums of 0, as of nodes that nothing ties to ground.
      let entry = structure.linear[index]
      let degree = structure.linear.count { $0.row == entry.row } - 1
      structure.linear[index].conductance = entry.row == entry.column ? Double(degree) : -1
    }
    #expect(Self.solution(BorderedMatrix(structure)) == nil)
  }
}
