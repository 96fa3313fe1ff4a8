/// Where the values of batches belong in the sparse matrix of the border; a negative row or column is none.
struct BorderValues {
  private let borderCount: Int
  private let batches: [BatchFactors]

  init(_ structure: BorderedStructure, _ batches: [BatchFactors]) {
    borderCount = structure.borderCount
    self.batches = batches
  }

  /// Whether `place` of a batch lies between unknowns and ground in every instance: of its four places in the matrix
  /// there is then only the first.
  static func isGrounded(_ place: BlockPlace, of batch: BlockBatch) -> Bool {
    batch.outputs[place.row].runStart >= 0 && batch.inputs[place.column].runStart >= 0
  }

  /// How many places the border values of a batch have in the matrix.
  static func pairCount(of factors: BatchFactors) -> Int {
    factors.borderPlaces.reduce(0) { $0 + (isGrounded($1, of: factors.batch) ? 1 : 4) * factors.batch.count }
  }

  /// The four places (++, +-, -+, --) of every border value, or the one where it is grounded, in order:
  /// `visit(batch, index, row, column)`.
  func visitPairs(_ visit: (Int, Int, Int32, Int32) -> Void) {
    for (number, factors) in batches.enumerated() {
      let batch = factors.batch
      var index = 0
      for place in factors.borderPlaces {
        let output = batch.outputs[place.row]
        let input = batch.inputs[place.column]
        if Self.isGrounded(place, of: batch) {
          for instance in 0..<batch.count {
            visit(number, index, output.plus[instance], input.plus[instance])
            index += 1
          }
          continue
        }
        for instance in 0..<batch.count {
          visit(number, index, output.plus[instance], input.plus[instance])
          visit(number, index + 1, output.plus[instance], input.minus[instance])
          visit(number, index + 2, output.minus[instance], input.plus[instance])
          visit(number, index + 3, output.minus[instance], input.minus[instance])
          index += 4
        }
      }
    }
  }

  /// The places of rows beyond an output's pair, and of the blocks of kept instances: `visit(source, sign, row, column)`.
  func visitOthers(_ visit: (UnsafeMutablePointer<Double>, Double, Int32, Int32) -> Void) {
    var first = Int32(borderCount)
    for factors in batches {
      for extra in factors.batch.extraRows { visitExtra(extra, factors, visit) }
      for instance in factors.kept {
        visitKept(instance, first, factors, visit)
        first += Int32(factors.batch.size)
      }
    }
  }

  private func visitExtra(
    _ extra: BlockBatch.ExtraRow, _ factors: BatchFactors,
    _ visit: (UnsafeMutablePointer<Double>, Double, Int32, Int32) -> Void
  ) {
    let batch = factors.batch
    for (index, place) in factors.borderPlaces.enumerated() where place.row == extra.output {
      let source = factors.borderValues + index * batch.count + extra.instance
      let input = batch.inputs[place.column]
      visit(source, extra.sign, extra.row, input.plus[extra.instance])
      visit(source, -extra.sign, extra.row, input.minus[extra.instance])
    }
  }

  /// The block of a kept instance, whose unknowns stand from `first` on.
  private func visitKept(
    _ instance: Int, _ first: Int32, _ factors: BatchFactors,
    _ visit: (UnsafeMutablePointer<Double>, Double, Int32, Int32) -> Void
  ) {
    let batch = factors.batch
    for (index, place) in batch.internalPlaces.enumerated() {
      let source = factors.internalValues + index * batch.count + instance
      visit(source, 1, first + Int32(place.row), first + Int32(place.column))
    }
    for (index, place) in batch.inputPlaces.enumerated() {
      let source = factors.inputValues + index * batch.count + instance
      let input = batch.inputs[place.column]
      visit(source, 1, first + Int32(place.row), input.plus[instance])
      visit(source, -1, first + Int32(place.row), input.minus[instance])
    }
    for (index, place) in batch.outputPlaces.enumerated() {
      let source = factors.outputValues + index * batch.count + instance
      let column = first + Int32(place.column)
      let output = batch.outputs[place.row]
      visit(source, 1, output.plus[instance], column)
      visit(source, -1, output.minus[instance], column)
      for extra in batch.extraRows where extra.output == place.row && extra.instance == instance {
        visit(source, extra.sign, extra.row, column)
      }
    }
  }
}
