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

  /// The pattern of all places (row, column) that `visit` hands to its argument; a place may come any number of times,
  /// one with a negative index is none. Sorts column by column, so that the work is linear.
  init(order: Int, places visit: ((Int32, Int32) -> Void) -> Void) {
    self.order = order
    starts = .allocate(capacity: order + 1)
    starts.initialize(repeating: 0, count: order + 1)
    let starts = starts
    visit { row, column in
      if row >= 0, column >= 0 { starts[Int(column) + 1] += 1 }
    }
    for column in 0..<order { starts[column + 1] += starts[column] }
    let visited = UnsafeMutablePointer<Int32>.allocate(capacity: max(Int(starts[order]), 1))
    defer { visited.deallocate() }
    // Each column's start moves to its end while the column is filled, and is the next one's start then.
    visit { row, column in
      guard row >= 0, column >= 0 else { return }
      visited[Int(starts[Int(column)])] = row
      starts[Int(column)] += 1
    }
    var count = 0
    var first = 0
    for column in 0..<order {
      let end = Int(starts[column])
      var rows = UnsafeMutableBufferPointer(start: visited + first, count: end - first)
      if rows.count > 1 { rows.sort() }
      starts[column] = Int32(count)
      for row in rows where count == Int(starts[column]) || visited[count - 1] != row {
        visited[count] = row
        count += 1
      }
      first = end
    }
    starts[order] = Int32(count)
    entryCount = count
    rows = .allocate(capacity: max(count, 1))
    rows.initialize(from: visited, count: count)
    values = .allocate(capacity: count + 2)
    values.initialize(repeating: 0, count: count + 2)
  }

  deinit {
    starts.deallocate()
    rows.deallocate()
    values.deallocate()
  }

  /// Where (row, column) stands among `values`; the place that is always 0 if the pattern has none.
  func place(_ row: Int32, _ column: Int32) -> Int {
    var low = Int(starts[Int(column)])
    let end = Int(starts[Int(column) + 1])
    var high = end
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < end && rows[low] == row ? low : zero
  }

  /// Where what belongs to (row, column) is added; `nowhere` where an index is negative.
  func slot(_ row: Int32, _ column: Int32) -> Int32 {
    row < 0 || column < 0 ? Int32(nowhere) : Int32(place(row, column))
  }

  /// For every row the other columns it is coupled with in either direction, each once.
  var neighbours: Adjacency {
    Adjacency(count: order) { visit in
      for column in 0..<Int32(order) {
        for place in Int(starts[Int(column)])..<Int(starts[Int(column) + 1]) where rows[place] != column {
          let row = rows[place]
          // A coupling written both ways is taken once, from its upper triangle.
          if row < column || self.place(column, row) == zero { visit(row, column) }
        }
      }
    }
  }
}
