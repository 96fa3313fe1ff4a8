/// Where the operands of one instruction lie.
struct Operands {
  typealias Column = UnsafeMutablePointer<Double>

  var destination: Column
  /// Only ever read.
  var a: Column
  var b: Column
  var c: Column
}

/// Where the operands of every instruction of a program lie: registers and constants in one place, columns of leaves and
/// outputs in another for every block.
struct OperandTable {
  typealias Column = Operands.Column

  /// One for every instruction.
  let operands: UnsafeMutablePointer<Operands>
  /// Operands that are leaves and outputs.
  private let leaves: ColumnReferences
  private let outputs: ColumnReferences

  /// Slots after those of the columns are `storage` and what follows it, `stride` apart.
  init(_ program: KernelProgram, storage: Column, stride: Int) {
    let (leafCount, outputCount) = (program.leaves.count, program.outputCount)
    let count = program.instructions.count
    operands = .allocate(capacity: max(1, count))
    operands.initialize(
      repeating: Operands(destination: storage, a: storage, b: storage, c: storage), count: max(1, count))
    var leaves: [ColumnReferences.Reference] = []
    var outputs: [ColumnReferences.Reference] = []
    leaves.reserveCapacity(2 * count)
    outputs.reserveCapacity(count)
    // `Operands` are four pointers in a row.
    let first = UnsafeMutableRawPointer(operands).assumingMemoryBound(to: Column.self)
    for (index, instruction) in program.instructions.enumerated() {
      func place(_ slot: Int32, _ operand: Int) {
        let place = first + (4 * index + operand)
        switch Int(slot) {
        case ..<0: break
        case ..<leafCount: leaves.append((place, Int(slot)))
        case ..<(leafCount + outputCount): outputs.append((place, Int(slot) - leafCount))
        case let own: place.pointee = storage + (own - leafCount - outputCount) * stride
        }
      }
      place(instruction.destination, 0)
      place(instruction.a, 1)
      place(instruction.b, 2)
      place(instruction.c, 3)
    }
    self.leaves = ColumnReferences(leaves)
    self.outputs = ColumnReferences(outputs)
  }

  func deallocate() {
    operands.deallocate()
    leaves.deallocate()
    outputs.deallocate()
  }

  @inline(__always) func bindLeaves(_ column: (Int) -> Column) { leaves.bind(column) }
  @inline(__always) func bindOutputs(_ column: (Int) -> Column) { outputs.bind(column) }
}

/// Operands that are columns.
private struct ColumnReferences {
  typealias Reference = (place: UnsafeMutablePointer<Operands.Column>, column: Int)

  private let references: UnsafeMutablePointer<Reference>
  private let count: Int

  init(_ all: [Reference]) {
    count = all.count
    references = .allocate(capacity: max(1, count))
    references.initialize(from: all, count: count)
  }

  func deallocate() { references.deallocate() }

  @inline(__always)
  func bind(_ column: (Int) -> Operands.Column) {
    var k = 0
    while k < count {
      references[k].place.pointee = column(references[k].column)
      k &+= 1
    }
  }
}
