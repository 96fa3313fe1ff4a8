import Circuits
import Testing

@Suite struct RunColumnTests {
  /// Numbers of a case, of which the log of a test shows no more than the first.
  struct Column: ExpressibleByArrayLiteral, CustomTestStringConvertible {
    let values: [Int32]
    init(_ values: [Int32]) { self.values = values }
    init(arrayLiteral values: Int32...) { self.values = values }
    var testDescription: String { "\(values.count) numbers from \(values.prefix(12)) on" }
  }

  private static let few: [Column] = [
    [], [7], [3, 4, 5, 6], [7, 7, 7], [0, 1, 1, 1, 0, 2, 2, 2, 0, 3, 3, 3], [.max, -1, .max, -1, 5],
    Column((0..<400).map { $0 % 3 == 0 ? 2 * $0 : 7 - $0 % 3 }), Column((0..<400).map { ($0 * 7919) % 401 }),
    Column((0..<50).map { _ in -1 } + (0..<50).map { 50 - $0 }),
  ]
  /// More than are kept plain: of one track, of three, without order, and with the longest steps.
  private static let many: [Column] = [
    Column((0..<35_000).map { _ in -1 } + (0..<35_000).map { 50 - $0 }),
    Column((0..<70_000).map { $0 % 3 == 0 ? 2 * $0 : 7 - $0 % 3 }),
    Column((0..<66_000).map { ($0 * 7919) % 66_029 }), Column((0..<66_000).map { $0 % 2 == 0 ? .max : -.max }),
  ]

  @Test(arguments: few + many)
  func numbersAreKept(numbers: Column) {
    let values = numbers.values
    var column = RunColumn(values)
    for isTrimmed in [false, true] {
      if isTrimmed { column.trim() }
      #expect(column.count == values.count)
      #expect(Array(column) == values)
      #expect(values.indices.map { column[$0] } == values)
    }
    #expect(column == RunColumn(values.lazy.map { $0 }))
    #expect(column != RunColumn(values.map { $0 ^ 1 }) || values.isEmpty)
    column.append(12)
    #expect(Array(column) == values + [12])
    #expect(column != RunColumn(values))
  }

  @Test(arguments: few + many)
  func numbersAreFound(numbers: Column) {
    let values = numbers.values
    let column = RunColumn(values)
    let different = Set(values).sorted()
    // Of many some, from the least to the greatest.
    let sought = stride(from: 0, to: different.count, by: max(1, different.count / 400)).map { different[$0] }
    for value in sought + [-5, 1000, 200_000] {
      var found: [Int] = []
      var start = 0
      while let range = column.nextRange(of: value, from: start) {
        found += range
        start = range.upperBound
      }
      #expect(found == values.indices.filter { values[$0] == value })
    }
  }

  @Test func whatPassesWriteTakesFewRuns() {
    let values = (0..<Int32(90_000)).map { $0 % 3 == 0 ? $0 : $0 % 3 == 1 ? -1 : 5 * $0 }
    #expect(RunColumn(values).storedCount == 3)
  }
}
