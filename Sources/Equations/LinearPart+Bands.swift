internal import Solvers

/// Entries at one distance from the diagonal, as lines of compartments give them: read and multiplied without an index.
struct Band {
  /// Column minus row.
  let distance: Int
  let rows: Range<Int>
  let conductances: UnsafeMutablePointer<Double>
  /// Nil where none has a capacitance.
  let capacitances: UnsafeMutablePointer<Double>?

  func add(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, to result: UnsafeMutablePointer<Double>) {
    let count = rows.count
    let to = result + rows.lowerBound
    let from = y + (rows.lowerBound + distance)
    for k in 0..<count { to[k] += conductances[k] * from[k] }
    if let rate, let capacitances {
      let from = rate + (rows.lowerBound + distance)
      for k in 0..<count { to[k] += capacitances[k] * from[k] }
    }
  }
}

extension LinearPart {
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
      let conductances = arena.doubles(rows.count)
      let capacitances = members.contains { $0.capacitance != 0 } ? arena.doubles(rows.count) : nil
      for entry in members {
        conductances[Int(entry.row) - rows.lowerBound] = entry.conductance
        capacitances?[Int(entry.row) - rows.lowerBound] = entry.capacitance
      }
      bands.append(
        Band(distance: Int(distance), rows: rows, conductances: conductances, capacitances: capacitances))
    }
    let inBands = Set(distances)
    return entries.filter { !inBands.contains($0.column - $0.row) }
  }
}
