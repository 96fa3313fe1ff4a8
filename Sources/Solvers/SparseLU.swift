internal import CSundials

/// KLU: sparse LU factors of a square matrix of fixed pattern in compressed columns.
struct SparseLU: ~Copyable {
  let order: Int
  let columnStarts: UnsafeMutablePointer<Int32>
  let rowIndices: UnsafeMutablePointer<Int32>
  /// The matrix; one spare place behind the last takes what belongs nowhere.
  let values: UnsafeMutablePointer<Double>
  let entryCount: Int
  private var common = klu_common()
  private var symbolic: UnsafeMutablePointer<klu_symbolic>?
  private var numeric: UnsafeMutablePointer<klu_numeric>?

  /// `entries` are (row, column) places, each once, sorted by column, then row.
  init(order: Int, entries: [(row: Int32, column: Int32)]) {
    self.order = order
    entryCount = entries.count
    columnStarts = .allocate(capacity: order + 1)
    columnStarts.initialize(repeating: 0, count: order + 1)
    rowIndices = .allocate(capacity: max(entries.count, 1))
    values = .allocate(capacity: entries.count + 1)
    values.initialize(repeating: 0, count: entries.count + 1)
    for (index, entry) in entries.enumerated() {
      rowIndices[index] = entry.row
      columnStarts[Int(entry.column) + 1] += 1
    }
    for column in 0..<order { columnStarts[column + 1] += columnStarts[column] }
    klu_defaults(&common)
    if order > 0 { symbolic = klu_analyze(Int32(order), columnStarts, rowIndices, &common) }
  }

  deinit {
    var common = common
    var numeric = numeric
    var symbolic = symbolic
    klu_free_numeric(&numeric, &common)
    klu_free_symbolic(&symbolic, &common)
    columnStarts.deallocate()
    rowIndices.deallocate()
    values.deallocate()
  }

  /// Factors `values`; false if the matrix is singular.
  ///
  /// The pivot order of the last full factorisation is kept while it stays well conditioned.
  mutating func factor() -> Bool {
    guard order > 0 else { return true }
    guard let symbolic else { return false }
    if let numeric {
      if klu_refactor(columnStarts, rowIndices, values, symbolic, numeric, &common) != 0, common.status == KLU_OK,
        klu_rcond(symbolic, numeric, &common) != 0, common.rcond > 1e-13
      {
        return true
      }
      klu_free_numeric(&self.numeric, &common)
    }
    numeric = klu_factor(columnStarts, rowIndices, values, symbolic, &common)
    return numeric != nil && common.status == KLU_OK
  }

  /// Solves in place.
  mutating func solve(_ rightSide: UnsafeMutablePointer<Double>) {
    guard order > 0, let symbolic, let numeric else { return }
    klu_solve(symbolic, numeric, Int32(order), 1, rightSide, &common)
  }
}
