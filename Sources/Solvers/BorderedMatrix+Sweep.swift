internal import CSundials

/// A solve in parts, for problems that form their residual block by block.
extension BorderedMatrix {
  /// The border's rows of F, which a sweep writes; place -1 takes what enters ground.
  package var borderRightSide: UnsafeMutablePointer<Double> { border.rightSide }

  /// True while some instance could not be condensed: its rows are then kept for the sparse matrix as well.
  package var keepsInstances: Bool { !border.keptUnknowns.isEmpty }

  func beginSweep() {
    border.rightSide[-1] = 0
    isSolved = false
  }

  /// Takes the rows of some instances of a batch, row k of the first of them at `k * stride` of `rows`.
  package func eliminate(
    batch: Int, instances: Range<Int>, rows: UnsafePointer<Double>, stride: Int,
    into solution: UnsafeMutablePointer<Double>
  ) {
    sweptBatches[batch]._withUnsafeGuaranteedRef { factors in
      factors.eliminate(
        rows, stride: stride, instances: instances, into: solution, borderRightSide: border.rightSide)
      guard !factors.kept.isEmpty else { return }
      border.keep(factors, rows, stride: stride, instances: instances)
    }
  }

  /// Solves the border; false if what entered ground is not finite.
  func endSweep() -> Bool {
    guard (border.rightSide[-1] * 0).isZero else { return false }
    border.rightSide[-1] = 0
    if !isSolved { border.solve() }
    return true
  }

  /// Puts J⁻¹ F into `solution`, where the blocks' z stand.
  func substitute(into solution: UnsafeMutablePointer<Double>) {
    if isSolved { return }
    let found = border.rightSide
    for unknown in border.keptUnknowns { solution[unknown.full] = found[unknown.sparse] }
    solution.update(from: found, count: structure.borderCount)
    for batch in 0..<batches.count {
      sweptBatches[batch]._withUnsafeGuaranteedRef {
        $0.substitute(found, instances: 0..<$0.batch.count, into: solution)
      }
    }
  }

  /// Corrects by J⁻¹ F, whose blocks' z stand in `solution`; `norms` are NaN where it is not finite.
  ///
  /// Both records stay where they are: one copied just after its parts were written waits for them.
  func advance(
    _ advance: UnsafePointer<StateVector_Advance>, _ solution: UnsafeMutablePointer<Double>,
    norms: UnsafeMutablePointer<StateVector_Norms>
  ) {
    norms.pointee = StateVector_Norms()
    if structure.unknownCount <= Self.blockLength {
      substitute(into: solution)
      StateVector_AdvanceBy(advance, solution, 0, sunindextype(structure.unknownCount), norms)
      return
    }
    for unknown in border.keptUnknowns { solution[unknown.full] = border.rightSide[unknown.sparse] }
    if let crew {
      withUnsafeTemporaryAllocation(of: StateVector_Norms.self, capacity: crew.size) { shares in
        shares.initialize(repeating: StateVector_Norms())
        crew.run { member in
          shares[member] = self.advance(advance, solution) { crew.share(of: member, in: $0) }
        }
        for share in shares { withUnsafePointer(to: share) { StateVector_Enlarge(norms, $0) } }
      }
    } else {
      norms.pointee = self.advance(advance, solution) { 0..<$0 }
    }
  }

  /// Some unknowns of the border and of every batch: `share` tells which of how many.
  private func advance(
    _ advance: UnsafePointer<StateVector_Advance>, _ solution: UnsafeMutablePointer<Double>,
    share: (Int) -> Range<Int>
  ) -> StateVector_Norms {
    var norms = StateVector_Norms()
    let border = share(structure.borderCount)
    StateVector_AdvanceBy(
      advance, self.border.rightSide + border.lowerBound, sunindextype(border.lowerBound), sunindextype(border.count),
      &norms)
    for factors in batches where factors.batch.size > 0 {
      self.advance(advance, factors, share(factors.batch.count), solution, &norms)
    }
    return norms
  }

  /// Some instances of one batch, block by block.
  private func advance(
    _ advance: UnsafePointer<StateVector_Advance>, _ factors: BatchFactors, _ instances: Range<Int>,
    _ solution: UnsafeMutablePointer<Double>, _ norms: inout StateVector_Norms
  ) {
    let batch = factors.batch
    var start = instances.lowerBound
    while start < instances.upperBound {
      let length = min(Self.blockLength, instances.upperBound - start)
      factors.substitute(border.rightSide, instances: start..<start + length, into: solution)
      // Where the batch is one block, its rows lie one behind the other.
      let isWhole = length == batch.count
      for row in 0..<(isWhole ? 1 : batch.size) {
        let first = batch.firstUnknown + row * batch.count + start
        StateVector_AdvanceBy(
          advance, solution + first, sunindextype(first), sunindextype(isWhole ? batch.size * length : length), &norms)
      }
      start += length
    }
  }

  /// Instances a block of which stays in the first-level cache.
  private static let blockLength = 256
}
