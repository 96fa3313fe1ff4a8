/// The Jacobian J = ∂F/∂y + cj ∂F/∂y' of a bordered block system, and its factors.
///
/// Blocks are condensed out: with w = D⁻¹B, the border sees A - C w (Schur complement), factored as a tree or by KLU; a
/// solve is
///
///     z = D⁻¹ b_x;   (A - C w) v = b_v - C z;   x = z - w v
///
/// An instance whose block is singular keeps its unknowns in the sparse matrix from then on.
package final class BorderedMatrix {
  package enum Method: Sendable, Equatable, CaseIterable {
    /// Blocks are condensed; the border is eliminated as a tree where it is one, else by KLU.
    case automatic
    /// Blocks are condensed; KLU on the border.
    case sparseBorder
    /// KLU on all unknowns.
    case sparse
  }

  package let structure: BorderedStructure
  package let method: Method
  let arena = Arena()
  let batches: [BatchFactors]
  /// The batches as a sweep reads them, without counting references.
  let sweptBatches: UnsafeMutablePointer<Unmanaged<BatchFactors>>
  var border: BorderFactors
  /// Added to the diagonal of J, by unknown (continuation); nil for none.
  package var diagonalShift: UnsafePointer<Double>?
  /// Conductances added to diagonal places of the border.
  package var groundTies: [(unknown: Int, conductance: Double)] = []
  /// The cj of the derivatives last written.
  package var lastSlope = 0.0
  /// Error weights, by unknown: rows and columns of a block are scaled by them before pivots are judged.
  package var weights: UnsafePointer<Double>?
  /// Whether there are blocks whose pivots are chosen.
  package let hasPivots: Bool
  /// Shares the work of `advance`, and of passes over an integrator's vectors where those are deferred.
  package var crew: Crew?
  /// True after a sweep that has solved for the border and put it into the blocks.
  package var isSolved = false
  /// True after a factorisation that failed.
  package private(set) var isSingular = false

  package init(_ structure: BorderedStructure, method: Method = .automatic) {
    self.structure = structure
    self.method = method
    let arena = arena
    batches = structure.batches.map { BatchFactors($0, condensed: method != .sparse, arena: arena) }
    hasPivots = batches.contains { $0.batch.size > 0 && !$0.isDiagonal }
    sweptBatches = arena.copy(batches.map(Unmanaged.passUnretained))
    border = BorderFactors(structure, batches, method: method)
  }

  /// Where the derivatives of batch `batch` are to be written: the column of place p begins at `p * count`, places in
  /// the order internal, input, output, direct.
  package func values(ofBatch batch: Int) -> UnsafeMutablePointer<Double> { batches[batch].values }

  /// Order and number of entries of the sparse matrix, and whether it is eliminated as a tree.
  package var sparseShape: (order: Int, entries: Int, isTree: Bool) {
    (border.order, border.entryCount, border.isTree)
  }

  /// Factors J from the values written; false where it is singular or not finite.
  package func factor(cj: Double) -> Bool {
    var changed = false
    for index in 0..<batches.count {
      let gaveUp = sweptBatches[index]._withUnsafeGuaranteedRef { $0.factor(shift: diagonalShift, weights: weights) }
      if gaveUp { changed = true }
    }
    if changed { border = BorderFactors(structure, batches, method: method) }
    border.assemble(cj: cj, shift: diagonalShift, groundTies: groundTies, batches)
    isSingular = !border.factor()
    return !isSingular
  }

  package func factorAtLastSlope() -> Bool { factor(cj: lastSlope) }

  /// Solves J x = b; `x` and `b` are distinct.
  package func solve(_ x: UnsafeMutablePointer<Double>, _ b: UnsafePointer<Double>) {
    let rightSide = border.rightSide
    let borderCount = structure.borderCount
    rightSide.update(from: b, count: borderCount)
    rightSide[-1] = 0
    for batch in batches {
      let first = batch.batch.firstUnknown
      batch.eliminate(
        b + first, stride: batch.batch.count, instances: 0..<batch.batch.count, into: x, borderRightSide: rightSide)
    }
    for unknown in border.keptUnknowns { rightSide[unknown.sparse] = b[unknown.full] }
    border.solve()
    x.update(from: rightSide, count: borderCount)
    for batch in batches { batch.substitute(rightSide, instances: 0..<batch.batch.count, into: x) }
    for unknown in border.keptUnknowns { x[unknown.full] = rightSide[unknown.sparse] }
  }
}
