internal import Solvers

/// Conductances or capacitances at one distance from the diagonal, as lines of compartments give them: read and multiplied
/// without an index.
struct Band {
  /// Column minus row.
  let distance: Int
  let rows: Range<Int>
  /// From the first of `rows` on.
  let values: UnsafeMutablePointer<Double>
  /// Eight times the value of all rows but those at the ends, where that is one: reading what is known takes as long as all
  /// else that is done with it.
  private var repeated: UnsafeMutablePointer<Double>?

  init(distance: Int, rows: Range<Int>, values: UnsafeMutablePointer<Double>) {
    self.distance = distance
    self.rows = rows
    self.values = values
  }

  /// Adds a row's product with `x` if the band reaches so far.
  func add(_ x: UnsafePointer<Double>, row: Int, to sum: inout Double) {
    if rows.contains(row) { sum = productPlus(values[row - rows.lowerBound], x[row + distance], sum) }
  }

  /// The same for eight rows from `row` on, all of them among those that every band has.
  @inline(__always)
  func add(_ x: UnsafePointer<Double>, rowsFrom row: Int, to sum: inout SIMD8<Double>) {
    let factors = repeated ?? values + (row &- rows.lowerBound)
    sum = productPlus(SIMD8(at: factors), SIMD8(at: x + (row &+ distance)), sum)
  }

  /// Looks whether `common` rows have one value.
  fileprivate mutating func findRepeated(in common: Range<Int>, _ arena: Arena) {
    guard let first = common.first else { return }
    let value = values[first - rows.lowerBound]
    if common.allSatisfy({ values[$0 - rows.lowerBound] == value }) {
      repeated = arena.doubles(SIMD8<Double>.scalarCount, filledWith: value)
    }
  }
}

extension LinearPart {
  /// Constants and all bands, row by row: a sum stays in its register.
  func formBands(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, into result: UnsafeMutablePointer<Double>) {
    let lanes = SIMD8<Double>.scalarCount
    conductanceBands.withUnsafeBufferPointer { conductances in
      capacitanceBands.withUnsafeBufferPointer { all in
        let capacitances = rate == nil ? UnsafeBufferPointer(rebasing: all[0..<0]) : all
        let slopes = rate ?? y
        func form(_ rows: Range<Int>) {
          for row in rows {
            var sum = constants[row]
            for band in conductances { band.add(y, row: row, to: &sum) }
            for band in capacitances { band.add(slopes, row: row, to: &sum) }
            result[row] = sum
          }
        }
        // From a cache line's beginning on.
        var row = min((commonRows.lowerBound + lanes - 1) / lanes * lanes, rowCount)
        form(0..<row)
        while row &+ lanes <= commonRows.upperBound {
          var sum = SIMD8<Double>(at: constants + row)
          for band in conductances { band.add(y, rowsFrom: row, to: &sum) }
          for band in capacitances { band.add(slopes, rowsFrom: row, to: &sum) }
          sum.store(at: result + row)
          row &+= lanes
        }
        form(row..<rowCount)
      }
    }
  }

  /// A band is worth while when at least this many rows, and half of all, have an entry in it.
  private static let leastLength = 8

  /// Moves the well-filled diagonals into bands; the entries left over, in order.
  func splitBands() -> [LinearEntry] {
    var lengths: [Int32: Int] = [:]
    for entry in entries { lengths[entry.column - entry.row, default: 0] += 1 }
    let distances = lengths.filter { $0.value >= max(Self.leastLength, rowCount / 2) }.keys.sorted()
    for distance in distances {
      let rows = max(0, -Int(distance))..<min(rowCount, rowCount - Int(distance))
      let members = entries.filter { $0.column - $0.row == distance }
      func band(_ value: (LinearEntry) -> Double) -> Band {
        let band = Band(distance: Int(distance), rows: rows, values: arena.doubles(rows.count))
        for entry in members { band.values[Int(entry.row) - rows.lowerBound] = value(entry) }
        return band
      }
      conductanceBands.append(band { $0.conductance })
      if members.contains(where: { $0.capacitance != 0 }) { capacitanceBands.append(band { $0.capacitance }) }
      commonRows = commonRows.clamped(to: rows)
    }
    for index in conductanceBands.indices { conductanceBands[index].findRepeated(in: commonRows, arena) }
    for index in capacitanceBands.indices { capacitanceBands[index].findRepeated(in: commonRows, arena) }
    let inBands = Set(distances)
    return entries.filter { !inBands.contains($0.column - $0.row) }
  }
}
