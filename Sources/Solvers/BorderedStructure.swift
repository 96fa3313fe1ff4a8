/// The shape of a bordered block system:
///
///     | A    B1   B2  ... |     border: node voltages, branch currents
///     | C1   D1           |     batch 1: small blocks, one per instance, that meet only the border
///     | C2        D2      |     batch 2
///
/// Border unknowns come first; then, for each batch, unknown k of instance i at `firstUnknown + k * count + i`
/// (structure of arrays), and rows likewise. A block reads the border through differences of two border unknowns
/// (a branch voltage) and adds to the border in pairs of opposite sign (a current from one node to another).
package struct BorderedStructure: Sendable {
  package let borderCount: Int
  /// Constant entries of A, each place once: ∂F/∂y is `conductance`, ∂F/∂y' is `capacitance`.
  package var linear: [LinearEntry]
  package var batches: [BlockBatch] { didSet { unknownCount = Self.unknownCount(borderCount, batches) } }
  package private(set) var unknownCount: Int

  package init(borderCount: Int, linear: [LinearEntry], batches: [BlockBatch]) {
    self.borderCount = borderCount
    self.linear = linear
    self.batches = batches
    unknownCount = Self.unknownCount(borderCount, batches)
  }

  private static func unknownCount(_ borderCount: Int, _ batches: [BlockBatch]) -> Int {
    batches.reduce(borderCount) { $0 + $1.count * $1.size }
  }
}

package struct LinearEntry: Sendable {
  package var row: Int32
  package var column: Int32
  package var conductance: Double
  package var capacitance: Double

  package init(row: Int32, column: Int32, conductance: Double, capacitance: Double) {
    self.row = row
    self.column = column
    self.conductance = conductance
    self.capacitance = capacitance
  }
}

/// Per instance: the border index counted positively and the one counted negatively; -1 for none (ground).
package struct Incidence: Sendable {
  package var plus: [Int32]
  package var minus: [Int32]

  package init(plus: [Int32], minus: [Int32]) {
    self.plus = plus
    self.minus = minus
  }

  /// The first index where instance i has first + i and nothing counted negatively; -1 where it is not so. Such a run
  /// is read and written as a plain stretch of memory.
  package var runStart: Int {
    guard let first = plus.first, first >= 0 else { return -1 }
    for (instance, index) in plus.enumerated() where index != first + Int32(instance) { return -1 }
    return minus.allSatisfy { $0 < 0 } ? Int(first) : -1
  }
}

/// A place in the small dense matrices of a batch.
package struct BlockPlace: Sendable, Hashable {
  package var row: Int
  package var column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// All instances of one kind of block; `size` may be 0 (a device without states).
package struct BlockBatch: Sendable {
  package var count: Int
  package var size: Int
  package var firstUnknown: Int
  package var inputs: [Incidence]
  package var outputs: [Incidence]
  /// Structural non-zeros of D (every diagonal place included), B (row, input), C (output, column) and of the direct
  /// part of A (output, input). Values are kept in this order, a column of `count` each.
  package var internalPlaces: [BlockPlace]
  package var inputPlaces: [BlockPlace]
  package var outputPlaces: [BlockPlace]
  package var directPlaces: [BlockPlace]
  /// Border rows beyond the pair of an output: (output, instance, row, sign).
  package var extraRows: [ExtraRow]

  package struct ExtraRow: Sendable {
    package var output: Int
    package var instance: Int
    package var row: Int32
    package var sign: Double

    package init(output: Int, instance: Int, row: Int32, sign: Double) {
      self.output = output
      self.instance = instance
      self.row = row
      self.sign = sign
    }
  }

  package init(
    count: Int, size: Int, firstUnknown: Int, inputs: [Incidence], outputs: [Incidence], internalPlaces: [BlockPlace],
    inputPlaces: [BlockPlace], outputPlaces: [BlockPlace], directPlaces: [BlockPlace], extraRows: [ExtraRow] = []
  ) {
    self.count = count
    self.size = size
    self.firstUnknown = firstUnknown
    self.inputs = inputs
    self.outputs = outputs
    self.internalPlaces = internalPlaces
    self.inputPlaces = inputPlaces
    self.outputPlaces = outputPlaces
    self.directPlaces = directPlaces
    self.extraRows = extraRows
  }

  package var placeCount: Int {
    internalPlaces.count + inputPlaces.count + outputPlaces.count + directPlaces.count
  }
}
