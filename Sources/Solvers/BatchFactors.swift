/// One batch's blocks: derivatives as written, D⁻¹, w = D⁻¹B, and A's share after condensation, all in columns of
/// `count`.
final class BatchFactors {
  let batch: BlockBatch
  let values: UnsafeMutablePointer<Double>
  /// Structural non-zeros of D⁻¹ (transitive closure of D's) with their columns.
  let inversePlaces: [BlockPlace]
  let inverse: UnsafeMutablePointer<Double>
  /// Structural non-zeros of w = D⁻¹B.
  let weightPlaces: [BlockPlace]
  let weightValues: UnsafeMutablePointer<Double>
  /// Places (output, input) that reach the border: direct, or through a state.
  let borderPlaces: [BlockPlace]
  let borderValues: UnsafeMutablePointer<Double>
  let plusInput: [UnsafeMutablePointer<Int32>]
  let minusInput: [UnsafeMutablePointer<Int32>]
  let plusOutput: [UnsafeMutablePointer<Int32>]
  let minusOutput: [UnsafeMutablePointer<Int32>]
  /// What elimination and substitution do, product by product.
  let inverseTerms: UnsafeMutablePointer<InverseTerm>
  let outputTerms: UnsafeMutablePointer<WiredTerm>
  let weightTerms: UnsafeMutablePointer<WiredTerm>
  let extraTerms: UnsafeMutablePointer<ExtraTerm>
  let extraCount: Int
  /// Instances whose unknowns stay in the sparse matrix.
  private(set) var kept: [Int] = []
  private var isKept: [Bool]
  private let scratch: UnsafeMutablePointer<Double>
  private let condensation: Condensation
  /// Whether every block is diagonal: its places are then the columns of its unknowns, in order.
  let isDiagonal: Bool

  /// A pivot smaller than this fraction of the largest scaled entry makes a block singular.
  private static let pivotThreshold = 1e-10

  /// z[row] gets or, after the first, is added factor · b[column].
  struct InverseTerm {
    var row: Int
    var column: Int
    var factor: UnsafeMutablePointer<Double>
    var isFirst: Bool
  }

  /// Internal unknown `row` and the border's unknowns that an output adds to or an input reads, times `factor`; `run`
  /// as in `Incidence.runStart`.
  struct WiredTerm {
    var row: Int
    var factor: UnsafeMutablePointer<Double>
    var run: Int
    var plus: UnsafeMutablePointer<Int32>
    var minus: UnsafeMutablePointer<Int32>
  }

  /// A border row beyond the pair of an output.
  struct ExtraTerm {
    var row: Int
    var instance: Int
    var factor: UnsafeMutablePointer<Double>
    var borderRow: Int
    var sign: Double
  }

  init(_ batch: BlockBatch, condensed: Bool, arena: Arena) {
    self.batch = batch
    let count = batch.count
    let size = batch.size
    values = arena.doubles(batch.placeCount * count)
    isDiagonal = batch.size > 0 && batch.internalPlaces == (0..<batch.size).map { BlockPlace(row: $0, column: $0) }
    var reach = Array(repeating: Array(repeating: false, count: size), count: size)
    for place in batch.internalPlaces { reach[place.row][place.column] = true }
    for middle in 0..<size {
      for row in 0..<size where reach[row][middle] {
        for column in 0..<size where reach[middle][column] { reach[row][column] = true }
      }
    }
    var inversePlaces: [BlockPlace] = []
    for row in 0..<size {
      for column in 0..<size where reach[row][column] || row == column {
        inversePlaces.append(BlockPlace(row: row, column: column))
      }
    }
    self.inversePlaces = inversePlaces
    inverse = arena.doubles(inversePlaces.count * count)
    weightPlaces = Self.product(inversePlaces, batch.inputPlaces)
    weightValues = arena.doubles(weightPlaces.count * count)
    let through = Self.product(batch.outputPlaces, weightPlaces)
    borderPlaces = Array(Set(through).union(batch.directPlaces)).sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    borderValues = arena.doubles(borderPlaces.count * count)
    plusInput = batch.inputs.map { arena.copy($0.plus) }
    minusInput = batch.inputs.map { arena.copy($0.minus) }
    plusOutput = batch.outputs.map { arena.copy($0.plus) }
    minusOutput = batch.outputs.map { arena.copy($0.minus) }
    let inverse = self.inverse
    inverseTerms = arena.copy(
      inversePlaces.enumerated().map { index, place in
        InverseTerm(
          row: place.row, column: place.column, factor: inverse + index * count,
          isFirst: index == 0 || inversePlaces[index - 1].row != place.row)
      })
    let outputValues = values + (batch.internalPlaces.count + batch.inputPlaces.count) * count
    let (plusOutput, minusOutput) = (self.plusOutput, self.minusOutput)
    let (plusInput, minusInput) = (self.plusInput, self.minusInput)
    outputTerms = arena.copy(
      batch.outputPlaces.enumerated().map { index, place in
        WiredTerm(
          row: place.column, factor: outputValues + index * count, run: batch.outputs[place.row].runStart,
          plus: plusOutput[place.row], minus: minusOutput[place.row])
      })
    let weightValues = self.weightValues
    weightTerms = arena.copy(
      weightPlaces.enumerated().map { index, place in
        WiredTerm(
          row: place.row, factor: weightValues + index * count, run: batch.inputs[place.column].runStart,
          plus: plusInput[place.column], minus: minusInput[place.column])
      })
    var extra: [ExtraTerm] = []
    for (index, place) in batch.outputPlaces.enumerated() {
      for row in batch.extraRows where row.output == place.row {
        extra.append(
          ExtraTerm(
            row: place.column, instance: row.instance, factor: outputValues + index * count, borderRow: Int(row.row),
            sign: row.sign))
      }
    }
    extraTerms = arena.copy(extra)
    extraCount = extra.count
    isKept = Array(repeating: !condensed && size > 0, count: count)
    if !condensed, size > 0 { kept = Array(0..<count) }
    scratch = arena.doubles(2 * size * size + count)
    condensation = Condensation(
      count: count, inverse: .init(places: inversePlaces, values: inverse),
      input: .init(places: batch.inputPlaces, values: values + batch.internalPlaces.count * count),
      output: .init(places: batch.outputPlaces, values: outputValues),
      direct: .init(places: batch.directPlaces, values: outputValues + batch.outputPlaces.count * count),
      weights: .init(places: weightPlaces, values: weightValues),
      border: .init(places: borderPlaces, values: borderValues), arena: arena)
  }

  /// Structural non-zeros of a product of two matrices.
  private static func product(_ left: [BlockPlace], _ right: [BlockPlace]) -> [BlockPlace] {
    var places: Set<BlockPlace> = []
    for first in left {
      for second in right where second.row == first.column {
        places.insert(BlockPlace(row: first.row, column: second.column))
      }
    }
    return places.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
  }

  /// First value of the internal, input and output places; those of the direct ones follow.
  var internalValues: UnsafeMutablePointer<Double> { values }
  var inputValues: UnsafeMutablePointer<Double> { values + batch.internalPlaces.count * batch.count }
  var outputValues: UnsafeMutablePointer<Double> { inputValues + batch.inputPlaces.count * batch.count }

  /// Inverts the blocks and forms w and the border's share; true if an instance had to be given up to the sparse matrix.
  func factor(shift: UnsafePointer<Double>?, weights: UnsafePointer<Double>?) -> Bool {
    var gaveUp = false
    if isDiagonal, kept.isEmpty, invertDiagonals(shift: shift) {
      condensation.run()
      return false
    }
    for instance in 0..<batch.count where batch.size > 0 {
      if isKept[instance] || !invert(instance, shift: shift, weights: weights) {
        if !isKept[instance] {
          isKept[instance] = true
          kept.append(instance)
          gaveUp = true
        }
        for place in inversePlaces.indices { inverse[place * batch.count + instance] = 0 }
      }
    }
    condensation.run()
    return gaveUp
  }

  /// Blocks that are diagonal, as those of independent gates are, all at once; false where a pivot is 0 or not finite.
  private func invertDiagonals(shift: UnsafePointer<Double>?) -> Bool {
    let total = batch.size * batch.count
    let first = batch.firstUnknown
    var isSound = 0.0
    for k in 0..<total {
      let pivot = internalValues[k] + (shift.map { $0[first + k] } ?? 0)
      inverse[k] = 1 / pivot
      // 0 times an infinity or a NaN is NaN; so is 0 times the inverse of 0.
      isSound += pivot * 0 + inverse[k] * 0
    }
    return isSound == 0
  }

  /// D⁻¹ of one instance by Gauss-Jordan elimination with partial pivoting, rows and columns scaled by the weights.
  private func invert(_ instance: Int, shift: UnsafePointer<Double>?, weights: UnsafePointer<Double>?) -> Bool {
    let size = batch.size
    let count = batch.count
    func unknown(_ k: Int) -> Int { batch.firstUnknown + k * count + instance }
    if isDiagonal {
      for k in 0..<size {
        let pivot = internalValues[k * count + instance] + (shift?[unknown(k)] ?? 0)
        guard pivot != 0, pivot.isFinite else { return false }
        inverse[k * count + instance] = 1 / pivot
      }
      return true
    }
    let a = scratch
    let result = scratch + size * size
    a.update(repeating: 0, count: size * size)
    result.update(repeating: 0, count: size * size)
    for (index, place) in batch.internalPlaces.enumerated() {
      a[place.row * size + place.column] = internalValues[index * count + instance]
    }
    for k in 0..<size {
      a[k * size + k] += shift?[unknown(k)] ?? 0
      result[k * size + k] = 1
    }
    // Scaled entry: a_rc w_r / w_c, that is a change of one tolerance in x_c seen in tolerances of x_r.
    func scaled(_ row: Int, _ column: Int) -> Double {
      let entry = a[row * size + column].magnitude
      guard let weights else { return entry }
      return entry * weights[unknown(row)] / weights[unknown(column)]
    }
    var largest = 0.0
    for row in 0..<size {
      for column in 0..<size {
        let entry = scaled(row, column)
        guard entry.isFinite else { return false }
        largest = max(largest, entry)
      }
    }
    for column in 0..<size {
      var pivotRow = column
      for row in column..<size where scaled(row, column) > scaled(pivotRow, column) { pivotRow = row }
      guard scaled(pivotRow, column) > Self.pivotThreshold * largest else { return false }
      if pivotRow != column {
        for k in 0..<size {
          swap(&a[pivotRow * size + k], &a[column * size + k])
          swap(&result[pivotRow * size + k], &result[column * size + k])
        }
      }
      let factor = 1 / a[column * size + column]
      for k in 0..<size {
        a[column * size + k] *= factor
        result[column * size + k] *= factor
      }
      for row in 0..<size where row != column {
        let multiple = a[row * size + column]
        guard multiple != 0 else { continue }
        for k in 0..<size {
          a[row * size + k] -= multiple * a[column * size + k]
          result[row * size + k] -= multiple * result[column * size + k]
        }
      }
    }
    for (index, place) in inversePlaces.enumerated() {
      inverse[index * count + instance] = result[place.row * size + place.column]
    }
    return true
  }

  private func swap(_ left: inout Double, _ right: inout Double) { (left, right) = (right, left) }
}
