internal import Glibc

/// ∂F/∂y of something that arrives late: `value` e^(-jω delay).
package struct DelayedEntry: Sendable {
  package var row: Int32
  package var column: Int32
  package var value: Double
  /// s.
  package var delay: Double

  package init(row: Int32, column: Int32, value: Double, delay: Double) {
    self.row = row
    self.column = column
    self.value = value
    self.delay = delay
  }
}

/// G + jωC, with what arrives late, and its factors, one frequency after the other.
package final class FrequencyMatrix {
  package let order: Int
  private let matrix: CompressedColumns
  private var factors: ComplexSparseLU
  private let slots: [Int32]
  private let delayed: [(slot: Int32, entry: DelayedEntry)]
  private let conductances: UnsafeMutablePointer<Double>
  private let capacitances: UnsafeMutablePointer<Double>
  private let values: UnsafeMutablePointer<Double>
  private let arena = Arena()

  /// `entries` may name a place any number of times; what they hold is added up.
  package init(order: Int, entries: [LinearEntry], delayed: [DelayedEntry] = []) {
    self.order = order
    let matrix = CompressedColumns(order: order) { visit in
      for entry in entries { visit(entry.row, entry.column) }
      for entry in delayed { visit(entry.row, entry.column) }
      for index in 0..<Int32(order) { visit(index, index) }
    }
    slots = entries.map { matrix.slot($0.row, $0.column) }
    self.delayed = delayed.map { (matrix.slot($0.row, $0.column), $0) }
    conductances = arena.doubles(matrix.entryCount + 2)
    capacitances = arena.doubles(matrix.entryCount + 2)
    values = arena.doubles(2 * matrix.entryCount + 4)
    factors = ComplexSparseLU(matrix)
    self.matrix = matrix
    update(entries)
  }

  /// Takes other values in the same places, in the same order.
  package func update(_ entries: [LinearEntry]) {
    conductances.update(repeating: 0, count: matrix.entryCount + 2)
    capacitances.update(repeating: 0, count: matrix.entryCount + 2)
    for (entry, slot) in zip(entries, slots) {
      conductances[Int(slot)] += entry.conductance
      capacitances[Int(slot)] += entry.capacitance
    }
  }

  /// Factors the matrix at `angularFrequency` (rad/s); false where it is singular or not finite.
  package func factor(angularFrequency: Double) -> Bool {
    for place in 0..<matrix.entryCount {
      values[2 * place] = conductances[place]
      values[2 * place + 1] = angularFrequency * capacitances[place]
    }
    for (slot, entry) in delayed {
      values[2 * Int(slot)] += entry.value * cos(angularFrequency * entry.delay)
      values[2 * Int(slot) + 1] -= entry.value * sin(angularFrequency * entry.delay)
    }
    var poison = 0.0
    for place in 0..<2 * matrix.entryCount { poison += 0 * values[place] }
    return poison == 0 && factors.factor(matrix, values)
  }

  /// Solves A x = b in place, `rightSide` being `order` pairs of real and imaginary part; with `transposed`, A^T x = b.
  package func solve(_ rightSide: UnsafeMutablePointer<Double>, transposed: Bool = false) {
    factors.solve(rightSide, transposed: transposed)
  }
}
