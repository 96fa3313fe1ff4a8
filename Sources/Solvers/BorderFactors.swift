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
  private var tree: TreeElimination?
  /// Set up when first needed: a tree whose pivots hold never does.
  private var sparse: SparseLU?
  private var usesTree = false
  /// Work vector of the sparse system; its place -1 stands for ground.
  let rightSide: UnsafeMutablePointer<Double>
  /// Where the unknowns of kept instances stand in the sparse and in the full system.
  let keptUnknowns: [(sparse: Int, full: Int)]
  private let linear: [LinearEntry]
  private let linearSlots: [Int32]
  private let diagonalSlots: [Int32]
  /// Per batch: four slots (++, +-, -+, --) per border place and instance.
  private let pairSlots: [UnsafeMutablePointer<Int32>]
  private let stamps: [Stamp]
  private let borderCount: Int

  init(_ structure: BorderedStructure, _ batches: [BatchFactors], method: BorderedMatrix.Method) {
    borderCount = structure.borderCount
    linear = structure.linear
    var collector = PlaceCollector(borderCount: structure.borderCount)
    var keptUnknowns: [(sparse: Int, full: Int)] = []
    for entry in structure.linear { collector.add(entry.row, entry.column) }
    for node in 0..<Int32(structure.borderCount) { collector.add(node, node) }
    // Requests in the order in which slots are read back below.
    var sources: [(sign: Double, source: UnsafeMutablePointer<Double>, request: Int)] = []
    for factors in batches {
      let batch = factors.batch
      for place in factors.borderPlaces {
        let output = batch.outputs[place.row]
        let input = batch.inputs[place.column]
        for instance in 0..<batch.count {
          collector.add(output.plus[instance], input.plus[instance])
          collector.add(output.plus[instance], input.minus[instance])
          collector.add(output.minus[instance], input.plus[instance])
          collector.add(output.minus[instance], input.minus[instance])
        }
      }
    }
    for factors in batches {
      let batch = factors.batch
      for extra in batch.extraRows {
        for (index, place) in factors.borderPlaces.enumerated() where place.row == extra.output {
          let source = factors.borderValues + index * batch.count + extra.instance
          let input = batch.inputs[place.column]
          sources.append((extra.sign, source, collector.add(extra.row, input.plus[extra.instance])))
          sources.append((-extra.sign, source, collector.add(extra.row, input.minus[extra.instance])))
        }
      }
      for instance in factors.kept {
        let first = Int32(structure.borderCount + keptUnknowns.count)
        for k in 0..<batch.size {
          keptUnknowns.append((Int(first) + k, batch.firstUnknown + k * batch.count + instance))
        }
        for (index, place) in batch.internalPlaces.enumerated() {
          let source = factors.internalValues + index * batch.count + instance
          sources.append((1, source, collector.add(first + Int32(place.row), first + Int32(place.column))))
        }
        for (index, place) in batch.inputPlaces.enumerated() {
          let source = factors.inputValues + index * batch.count + instance
          let row = first + Int32(place.row)
          let input = batch.inputs[place.column]
          sources.append((1, source, collector.add(row, input.plus[instance])))
          sources.append((-1, source, collector.add(row, input.minus[instance])))
        }
        for (index, place) in batch.outputPlaces.enumerated() {
          let source = factors.outputValues + index * batch.count + instance
          let column = first + Int32(place.column)
          let output = batch.outputs[place.row]
          sources.append((1, source, collector.add(output.plus[instance], column)))
          sources.append((-1, source, collector.add(output.minus[instance], column)))
          for extra in batch.extraRows where extra.output == place.row && extra.instance == instance {
            sources.append((extra.sign, source, collector.add(extra.row, column)))
          }
        }
      }
    }
    let diagonalRequests = keptUnknowns.map { collector.add(Int32($0.sparse), Int32($0.sparse)) }
    let order = structure.borderCount + keptUnknowns.count
    let (entries, slots) = collector.finish()
    matrix = CompressedColumns(order: order, entries: entries)
    tree = method == .automatic ? TreeElimination(matrix) : nil
    self.keptUnknowns = keptUnknowns
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: order + 1)
    storage.initialize(repeating: 0, count: order + 1)
    rightSide = storage + 1
    linearSlots = Array(slots[0..<structure.linear.count])
    let diagonal = structure.linear.count..<structure.linear.count + structure.borderCount
    diagonalSlots = Array(slots[diagonal]) + diagonalRequests.map { slots[$0] }
    var next = diagonal.upperBound
    pairSlots = batches.map { factors in
      let size = 4 * factors.borderPlaces.count * factors.batch.count
      let pointer = UnsafeMutablePointer<Int32>.allocate(capacity: max(size, 1))
      for index in 0..<size { pointer[index] = slots[next + index] }
      next += size
      return pointer
    }
    stamps = sources.map { Stamp(slot: slots[$0.request], sign: $0.sign, source: $0.source) }
  }

  deinit {
    (rightSide - 1).deallocate()
    for slots in pairSlots { slots.deallocate() }
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

  func clearRightSide() { (rightSide - 1).update(repeating: 0, count: order + 1) }

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
    for index in linear.indices {
      values[Int(linearSlots[index])] += linear[index].conductance + cj * linear[index].capacitance
    }
    for tie in groundTies { values[Int(diagonalSlots[tie.unknown])] += tie.conductance }
    if let shift {
      for node in 0..<borderCount { values[Int(diagonalSlots[node])] += shift[node] }
      for (index, unknown) in keptUnknowns.enumerated() {
        values[Int(diagonalSlots[borderCount + index])] += shift[unknown.full]
      }
    }
    for (factors, slots) in zip(batches, pairSlots) {
      let count = factors.batch.count
      for place in factors.borderPlaces.indices {
        let from = factors.borderValues + place * count
        let to = slots + 4 * place * count
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

/// Collects requests for places of a sparse matrix and gives each a slot; a place with a negative index is none.
private struct PlaceCollector {
  private var requests: [UInt64] = []
  private let none = UInt64.max

  init(borderCount: Int) {
    requests.reserveCapacity(8 * borderCount)
  }

  @discardableResult
  mutating func add(_ row: Int32, _ column: Int32) -> Int {
    requests.append(row < 0 || column < 0 ? none : UInt64(UInt32(column)) << 32 | UInt64(UInt32(row)))
    return requests.count - 1
  }

  /// Places sorted by column, then row, and the slot of every request; the slot behind the last takes "none".
  func finish() -> (entries: [(row: Int32, column: Int32)], slots: [Int32]) {
    let order = requests.indices.sorted { requests[$0] < requests[$1] }
    var entries: [(row: Int32, column: Int32)] = []
    var slots = [Int32](repeating: 0, count: requests.count)
    var last = none
    for request in order {
      let place = requests[request]
      if place == none {
        slots[request] = -1
        continue
      }
      if place != last {
        entries.append((Int32(truncatingIfNeeded: place & 0xffff_ffff), Int32(truncatingIfNeeded: place >> 32)))
        last = place
      }
      slots[request] = Int32(entries.count - 1)
    }
    for request in slots.indices where slots[request] < 0 { slots[request] = Int32(entries.count) }
    return (entries, slots)
  }
}
