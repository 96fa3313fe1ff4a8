import Circuits
import Testing

@Suite struct RunColumnTests {
  private static let columns: [[Int32]] = [
    [], [7], [3, 4, 5, 6], [7, 7, 7], [0, 1, 1, 1, 0, 2, 2, 2, 0, 3, 3, 3],
    (0..<400).map { $0 % 3 == 0 ? 2 * $0 : 7 - $0 % 3 }, (0..<400).map { ($0 * 7919) % 401 },
    [.max, -1, .max, -1, 5], (0..<50).map { _ in -1 } + (0..<50).map { 50 - $0 },
  ]

  @Test(arguments: columns)
  func numbersAreKept(values: [Int32]) {
    var column = RunColumn(values)
    for isTrimmed in [false, true] {
      if isTrimmed { column.trim() }
      #expect(column.count == values.count)
      #expect(Array(column) == values)
      #expect(values.indices.map { column[$0] } == values)
    }
    #expect(column == RunColumn(values))
    column.append(12)
    #expect(Array(column) == values + [12])
  }

  @Test(arguments: columns)
  func numbersAreFound(values: [Int32]) {
    for column in [RunColumn(values), RunColumn(trimming: values)] {
      for value in Set(values).union([-5, 1000]) {
        var found: [Int] = []
        var start = 0
        while let range = column.nextRange(of: value, from: start) {
          found += range
          start = range.upperBound
        }
        #expect(found == values.indices.filter { values[$0] == value })
      }
    }
  }

  @Test func whatPassesWriteTakesFewRuns() {
    let values = (0..<Int32(30_000)).map { $0 % 3 == 0 ? $0 : $0 % 3 == 1 ? -1 : 5 * $0 }
    #expect(RunColumn(trimming: values).runCount == 3)
  }
}
