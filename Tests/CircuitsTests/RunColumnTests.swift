import Circuits
import Testing

@Suite struct RunColumnTests {
  private static let few: [[Int32]] = [
    [], [7], [3, 4, 5, 6], [7, 7, 7], [0, 1, 1, 1, 0, 2, 2, 2, 0, 3, 3, 3], [.max, -1, .max, -1, 5],
  ]
  /// More than are kept plain: of one track, of three, and without order.
  private static let many: [[Int32]] = [
    (0..<35_000).map { _ in -1 } + (0..<35_000).map { 50 - $0 },
    (0..<70_000).map { $0 % 3 == 0 ? 2 * $0 : 7 - $0 % 3 }, (0..<66_000).map { ($0 * 7919) % 66_029 },
    (0..<66_000).map { $0 % 2 == 0 ? .max : -.max },
  ]

  @Test(arguments: few + many)
  func numbersAreKept(values: [Int32]) {
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
  func numbersAreFound(values: [Int32]) {
    let column = RunColumn(values)
    for value in Set(values).sorted().prefix(20) + [-5, 200_000] {
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
