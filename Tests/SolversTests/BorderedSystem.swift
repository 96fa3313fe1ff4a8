import Solvers

/// A bordered block system with random values, and the same as a dense matrix.
struct BorderedSystem {
  var structure: BorderedStructure
  /// By batch, in the order of its places, a column of `count` each.
  var values: [[Double]] = []
  var slope = 0.0
  private var generator: SeededGenerator

  /// `batches`: how many instances of blocks of how many unknowns; each has two inputs and two outputs at nodes picked
  /// anew for every instance, ground among them.
  init(
    border: Int, batches: [(count: Int, size: Int)], extraRows: Int = 0, isSparse: Bool = false, seed: UInt64 = 1
  ) {
    generator = SeededGenerator(state: seed)
    var linear: [LinearEntry] = []
    for row in 0..<Int32(border) {
      for column in Set([row, (row + 1) % Int32(border), (row + 3) % Int32(border)]).sorted() {
        let conductance = (row == column ? 5 : 1) * generator.number()
        linear.append(
          LinearEntry(row: row, column: column, conductance: conductance, capacitance: 1e-3 * generator.number()))
      }
    }
    var first = border
    var shapes: [BlockBatch] = []
    for (count, size) in batches {
      shapes.append(
        Self.batch(count, size, first, border: border, extraRows: extraRows, isSparse: isSparse, &generator))
      first += count * size
    }
    structure = BorderedStructure(borderCount: border, linear: linear, batches: shapes)
    slope = 100
    for batch in structure.batches {
      values.append((0..<batch.placeCount * batch.count).map { _ in generator.number() })
      for (place, entry) in batch.internalPlaces.enumerated() where entry.row == entry.column {
        for instance in 0..<batch.count { values[values.count - 1][place * batch.count + instance] += 4 }
      }
    }
  }

  private static func batch(
    _ count: Int, _ size: Int, _ first: Int, border: Int, extraRows: Int, isSparse: Bool,
    _ generator: inout SeededGenerator
  ) -> BlockBatch {
    func places(_ rows: Int, _ columns: Int) -> [BlockPlace] {
      (0..<rows).flatMap { row in (0..<columns).map { BlockPlace(row: row, column: $0) } }
    }
    var incidences: [Incidence] = []
    for _ in 0..<4 {
      incidences.append(
        Incidence(
          plus: (0..<count).map { _ in generator.index(below: border + 1) - 1 },
          minus: (0..<count).map { _ in generator.index(below: border + 1) - 1 }))
    }
    var extra: [BlockBatch.ExtraRow] = []
    if border > 0, count > 0 {
      for _ in 0..<extraRows {
        extra.append(
          .init(
            output: Int(generator.index(below: 2)), instance: Int(generator.index(below: count)),
            row: generator.index(below: border), sign: generator.number() < 0 ? -1 : 1))
      }
    }
    return BlockBatch(
      count: count, size: size, firstUnknown: first, inputs: Array(incidences[..<2]), outputs: Array(incidences[2...]),
      internalPlaces: places(size, size).filter { !isSparse || $0.row >= $0.column }, inputPlaces: places(size, 2),
      outputPlaces: places(2, size), directPlaces: places(2, 2).filter { $0.row == $0.column }, extraRows: extra)
  }

  /// The matrix as the structure's documentation defines it, row by row.
  var dense: [[Double]] {
    let order = structure.unknownCount
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: order), count: order)
    for entry in structure.linear {
      matrix[Int(entry.row)][Int(entry.column)] += entry.conductance + slope * entry.capacitance
    }
    for (batch, values) in zip(structure.batches, values) {
      var place = 0
      func value(_ instance: Int) -> Double { values[place * batch.count + instance] }
      func unknown(_ k: Int, _ instance: Int) -> Int { batch.firstUnknown + k * batch.count + instance }
      /// Rows that an output of an instance enters, with their signs.
      func rows(_ output: Int, _ instance: Int) -> [(Int, Double)] {
        let pair = batch.outputs[output]
        let extra = batch.extraRows.filter { $0.output == output && $0.instance == instance }
        return ([(pair.plus[instance], 1.0), (pair.minus[instance], -1)] + extra.map { ($0.row, $0.sign) })
          .filter { $0.0 >= 0 }.map { (Int($0.0), $0.1) }
      }
      func columns(_ input: Int, _ instance: Int) -> [(Int, Double)] {
        let pair = batch.inputs[input]
        return [(pair.plus[instance], 1.0), (pair.minus[instance], -1)].filter { $0.0 >= 0 }.map { (Int($0.0), $0.1) }
      }
      for entry in batch.internalPlaces {
        for i in 0..<batch.count { matrix[unknown(entry.row, i)][unknown(entry.column, i)] += value(i) }
        place += 1
      }
      for entry in batch.inputPlaces {
        for i in 0..<batch.count {
          for (column, sign) in columns(entry.column, i) { matrix[unknown(entry.row, i)][column] += sign * value(i) }
        }
        place += 1
      }
      for entry in batch.outputPlaces {
        for i in 0..<batch.count {
          for (row, sign) in rows(entry.row, i) { matrix[row][unknown(entry.column, i)] += sign * value(i) }
        }
        place += 1
      }
      for entry in batch.directPlaces {
        for i in 0..<batch.count {
          for (row, sign) in rows(entry.row, i) {
            for (column, other) in columns(entry.column, i) { matrix[row][column] += sign * other * value(i) }
          }
        }
        place += 1
      }
    }
    return matrix
  }

  /// A vector to solve for.
  var rightSide: [Double] {
    var generator = SeededGenerator(state: 99)
    return (0..<structure.unknownCount).map { _ in generator.number() }
  }

  func write(into matrix: BorderedMatrix) {
    for (batch, values) in values.enumerated() {
      let to = matrix.values(ofBatch: batch)
      for (index, value) in values.enumerated() { to[index] = value }
    }
  }

  /// x of J x = b by `matrix`; nil where it is found singular.
  func solution(by matrix: BorderedMatrix) -> [Double]? {
    write(into: matrix)
    guard matrix.factor(cj: slope) else { return nil }
    let arena = Arena()
    let x = arena.doubles(structure.unknownCount)
    matrix.solve(x, arena.copy(rightSide))
    return (0..<structure.unknownCount).map { x[$0] }
  }

  /// By Gaussian elimination with partial pivoting.
  var denseSolution: [Double] {
    var rows = zip(dense, rightSide).map { $0 + [$1] }
    let order = rows.count
    for column in 0..<order {
      let pivot = (column..<order).max { rows[$0][column].magnitude < rows[$1][column].magnitude } ?? column
      rows.swapAt(column, pivot)
      for row in column + 1..<max(order, column + 1) {
        let factor = rows[row][column] / rows[column][column]
        for k in column...order { rows[row][k] -= factor * rows[column][k] }
      }
    }
    var x = [Double](repeating: 0, count: order)
    for row in (0..<order).reversed() {
      let known = (row + 1..<max(order, row + 1)).reduce(0) { $0 + rows[row][$1] * x[$1] }
      x[row] = (rows[row][order] - known) / rows[row][row]
    }
    return x
  }
}

/// A linear congruential generator: the same numbers at every run.
struct SeededGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  /// In (-1, 1), away from 0.
  mutating func number() -> Double {
    let size = 0.1 + 0.9 * Double(next() % 100_000) / 100_000
    return next() % 2 == 0 ? size : -size
  }

  mutating func index(below limit: Int) -> Int32 { Int32(next() % UInt64(max(limit, 1))) }
}
