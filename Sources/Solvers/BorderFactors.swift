/// The sparse matrix of the border, and of the unknowns of instances that are not condensed, with where every value of
/// the batches is added in it; factored as a tree where it is one, else by KLU.
struct BorderFactors: ~Copyable {
  /// One stamp: `sign` times `source[0]` into `values[slot]`.
  private struct Stamp {
    var slot: Int32
    var sign: Double
    var source: UnsafeMutablePointer<Double>
  }

  private let matrix: CompressedColumns
  private(set) var tree: TreeElimination?
  /// Set up when first needed: a tree whose pivots hold never does.
  private var sparse: SparseLU?
  /// Whether it was as a tree that the matrix was factored last.
  private(set) var usesTree = false
  private let arena = Arena()
  /// Work vector of the sparse system; its place -1 stands for ground.
  let rightSide: UnsafeMutablePointer<Double>
  /// Where the unknowns of kept instances stand in the sparse and in the full system.
  let keptUnknowns: [(sparse: Int, full: Int)]
  private let linear: [LinearEntry]
  private let linearSlots: [Int32]
  private let diagonalSlots: [Int32]
  /// Per batch: four slots (++, +-, -+, --) per border place and instance, one where the place is grounded.
  private let pairSlots: [UnsafeMutablePointer<Int32>]
  /// Per batch: whether a border place is grounded.
  private let isGrounded: [[Bool]]
  private let stamps: [Stamp]
  private let borderCount: Int

  init(_ structure: BorderedStructure, _ batches: [BatchFactors], method: BorderedMatrix.Method) {
    borderCount = structure.borderCount
    linear = structure.linear
    var keptUnknowns: [(sparse: Int, full: Int)] = []
    for factors in batches {
      let batch = factors.batch
      for instance in factors.kept {
        let first = structure.borderCount + keptUnknowns.count
        for k in 0..<batch.size { keptUnknowns.append((first + k, batch.firstUnknown + k * batch.count + instance)) }
      }
    }
    self.keptUnknowns = keptUnknowns
    let order = structure.borderCount + keptUnknowns.count
    let values = BorderValues(structure, batches)
    let matrix = CompressedColumns(order: order) { visit in
      for entry in structure.linear { visit(entry.row, entry.column) }
      for index in 0..<Int32(order) { visit(index, index) }
      values.visitPairs { _, _, row, column in visit(row, column) }
      values.visitOthers { _, _, row, column in visit(row, column) }
    }
    tree = method == .automatic ? TreeElimination(matrix) : nil
    rightSide = arena.doublesBehindGround(order)
    var linearSlots: [Int32] = []
    linearSlots.reserveCapacity(structure.linear.count)
    for entry in structure.linear { linearSlots.append(matrix.slot(entry.row, entry.column)) }
    self.linearSlots = linearSlots
    var diagonalSlots: [Int32] = []
    diagonalSlots.reserveCapacity(order)
    for index in 0..<Int32(order) { diagonalSlots.append(matrix.slot(index, index)) }
    self.diagonalSlots = diagonalSlots
    var pairSlots: [UnsafeMutablePointer<Int32>] = []
    for factors in batches {
      pairSlots.append(arena.indices(BorderValues.pairCount(of: factors)))
    }
    values.visitPairs { batch, index, row, column in pairSlots[batch][index] = matrix.slot(row, column) }
    self.pairSlots = pairSlots
    isGrounded = batches.map { factors in
      factors.borderPlaces.map { BorderValues.isGrounded($0, of: factors.batch) }
    }
    var stamps: [Stamp] = []
    values.visitOthers { source, sign, row, column in
      stamps.append(Stamp(slot: matrix.slot(row, column), sign: sign, source: source))
    }
    self.stamps = stamps
    self.matrix = matrix
  }

  var order: Int { matrix.order }
  var entryCount: Int { matrix.entryCount }
  /// Whether the matrix is a tree and eliminated as one.
  var isTree: Bool { tree != nil }

  /// Factors what was assembled; false where it is singular.
  mutating func factor() -> Bool {
    if tree?.factor(matrix) == true {
      usesTree = true
      return true
    }
    usesTree = false
    if sparse == nil { sparse = SparseLU(matrix) }
    return sparse?.factor(matrix) ?? false
  }

  /// Solves for `rightSide` in place; its place -1 is 0 after.
  mutating func solve() {
    if usesTree { tree?.solve(rightSide) } else { sparse?.solve(rightSide, order: matrix.order) }
    rightSide[-1] = 0
  }

  /// Puts the rows of a batch's kept instances among `instances` into the right side.
  func keep(_ factors: BatchFactors, _ rows: UnsafePointer<Double>, stride: Int, instances: Range<Int>) {
    let batch = factors.batch
    let unknowns = batch.firstUnknown..<batch.firstUnknown + batch.size * batch.count
    for unknown in keptUnknowns where unknowns.contains(unknown.full) {
      let (row, instance) = (unknown.full - batch.firstUnknown).quotientAndRemainder(dividingBy: batch.count)
      guard instances.contains(instance) else { continue }
      rightSide[unknown.sparse] = rows[row * stride + instance - instances.lowerBound]
    }
  }

  /// Adds everything up into the sparse matrix.
  func assemble(
    cj: Double, shift: UnsafePointer<Double>?, groundTies: [(unknown: Int, conductance: Double)],
    _ batches: [BatchFactors]
  ) {
    let values = matrix.values
    values.update(repeating: 0, count: matrix.entryCount + 2)
    linear.withUnsafeBufferPointer { linear in
      linearSlots.withUnsafeBufferPointer { slots in
        for (slot, entry) in zip(slots, linear) { values[Int(slot)] += entry.conductance + cj * entry.capacitance }
      }
    }
    for tie in groundTies { values[Int(diagonalSlots[tie.unknown])] += tie.conductance }
    if let shift {
      for node in 0..<borderCount { values[Int(diagonalSlots[node])] += shift[node] }
      for (index, unknown) in keptUnknowns.enumerated() {
        values[Int(diagonalSlots[borderCount + index])] += shift[unknown.full]
      }
    }
    for (batch, factors) in batches.enumerated() {
      let count = factors.batch.count
      var to = pairSlots[batch]
      for (index, isGrounded) in isGrounded[batch].enumerated() {
        let from = factors.borderValues + index * count
        if isGrounded {
          for instance in 0..<count { values[Int(to[instance])] += from[instance] }
          to += count
          continue
        }
        defer { to += 4 * count }
        for instance in 0..<count {
          let value = from[instance]
          values[Int(to[4 * instance])] += value
          values[Int(to[4 * instance + 1])] -= value
          values[Int(to[4 * instance + 2])] -= value
          values[Int(to[4 * instance + 3])] += value
        }
      }
    }
    for stamp in stamps { values[Int(stamp.slot)] += stamp.sign * stamp.source[0] }
  }
}
