/// A sparse square matrix of fixed pattern, by columns.
struct CompressedColumns: ~Copyable {
  let order: Int
  let entryCount: Int
  let starts: UnsafeMutablePointer<Int32>
  let rows: UnsafeMutablePointer<Int32>
  /// The entries, then two spare places: one takes what belongs nowhere, one is always 0.
  let values: UnsafeMutablePointer<Double>
  var nowhere: Int { entryCount }
  var zero: Int { entryCount + 1 }

  /// `entries` are (row, column) places, each once, sorted by column, then row.
  init(order: Int, entries: [(row: Int32, column: Int32)]) {
    self.order = order
    entryCount = entries.count
    starts = .allocate(capacity: order + 1)
    starts.initialize(repeating: 0, count: order + 1)
    rows = .allocate(capacity: max(entries.count, 1))
    values = .allocate(capacity: entries.count + 2)
    values.initialize(repeating: 0, count: entries.count + 2)
    for (index, entry) in entries.enumerated() {
      rows[index] = entry.row
      starts[Int(entry.column) + 1] += 1
    }
    for column in 0..<order { starts[column + 1] += starts[column] }
  }

  deinit {
    starts.deallocate()
    rows.deallocate()
    values.deallocate()
  }

  /// Where (row, column) stands among `values`; the place that is always 0 if the pattern has none.
  func place(_ row: Int32, _ column: Int32) -> Int {
    for place in Int(starts[Int(column)])..<Int(starts[Int(column) + 1]) where rows[place] == row { return place }
    return zero
  }

  /// For every row the other columns it is coupled with in either direction, each once.
  var neighbours: [[Int32]] {
    var result = Array(repeating: [Int32](), count: order)
    for column in 0..<Int32(order) {
      for place in Int(starts[Int(column)])..<Int(starts[Int(column) + 1]) where rows[place] != column {
        let row = rows[place]
        // A coupling written both ways is taken once, from its upper triangle.
        if row < column || self.place(column, row) == zero {
          result[Int(row)].append(column)
          result[Int(column)].append(row)
        }
      }
    }
    return result
  }
}
