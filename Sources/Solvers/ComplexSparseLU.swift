internal import CSundials

/// KLU: sparse LU factors of a complex matrix of any pattern. Numbers are pairs, real part first.
struct ComplexSparseLU: ~Copyable {
  private var common = klu_common()
  private var symbolic: UnsafeMutablePointer<klu_symbolic>?
  private var numeric: UnsafeMutablePointer<klu_numeric>?
  private let order: Int32

  /// For matrices of the pattern of `matrix`.
  init(_ matrix: borrowing CompressedColumns) {
    order = Int32(matrix.order)
    klu_defaults(&common)
    if matrix.order > 0 { symbolic = klu_analyze(order, matrix.starts, matrix.rows, &common) }
  }

  deinit {
    var common = common
    var numeric = numeric
    var symbolic = symbolic
    klu_z_free_numeric(&numeric, &common)
    klu_free_symbolic(&symbolic, &common)
  }

  /// Factors `values`, in the order of the pattern; false if the matrix is singular.
  ///
  /// Every factorisation seeks its pivots anew: over decades of frequency others become the large ones.
  mutating func factor(_ matrix: borrowing CompressedColumns, _ values: UnsafeMutablePointer<Double>) -> Bool {
    guard order > 0 else { return true }
    guard let symbolic else { return false }
    klu_z_free_numeric(&numeric, &common)
    numeric = klu_z_factor(matrix.starts, matrix.rows, values, symbolic, &common)
    return numeric != nil && common.status == KLU_OK
  }

  /// Solves A x = b in place or, with `transposed`, A^T x = b.
  mutating func solve(_ rightSide: UnsafeMutablePointer<Double>, transposed: Bool) {
    guard order > 0, let symbolic, let numeric else { return }
    if transposed {
      klu_z_tsolve(symbolic, numeric, order, 1, rightSide, 0, &common)
    } else {
      klu_z_solve(symbolic, numeric, order, 1, rightSide, &common)
    }
  }
}
