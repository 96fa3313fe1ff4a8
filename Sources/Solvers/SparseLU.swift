internal import CSundials

/// KLU: sparse LU factors of a matrix of any pattern.
struct SparseLU: ~Copyable {
  private var common = klu_common()
  private var symbolic: UnsafeMutablePointer<klu_symbolic>?
  private var numeric: UnsafeMutablePointer<klu_numeric>?

  init(_ matrix: borrowing CompressedColumns) {
    klu_defaults(&common)
    if matrix.order > 0 { symbolic = klu_analyze(Int32(matrix.order), matrix.starts, matrix.rows, &common) }
  }

  deinit {
    var common = common
    var numeric = numeric
    var symbolic = symbolic
    klu_free_numeric(&numeric, &common)
    klu_free_symbolic(&symbolic, &common)
  }

  /// Factors the matrix's present values; false if it is singular.
  ///
  /// The pivot order of the last full factorisation is kept while it stays well conditioned.
  mutating func factor(_ matrix: borrowing CompressedColumns) -> Bool {
    guard matrix.order > 0 else { return true }
    guard let symbolic else { return false }
    if let numeric {
      if klu_refactor(matrix.starts, matrix.rows, matrix.values, symbolic, numeric, &common) != 0,
        common.status == KLU_OK, klu_rcond(symbolic, numeric, &common) != 0, common.rcond > 1e-13
      {
        return true
      }
      klu_free_numeric(&self.numeric, &common)
    }
    numeric = klu_factor(matrix.starts, matrix.rows, matrix.values, symbolic, &common)
    return numeric != nil && common.status == KLU_OK
  }

  /// Solves in place.
  mutating func solve(_ rightSide: UnsafeMutablePointer<Double>, order: Int) {
    guard order > 0, let symbolic, let numeric else { return }
    klu_solve(symbolic, numeric, Int32(order), 1, rightSide, &common)
  }
}
