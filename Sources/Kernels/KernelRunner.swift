/// One input of a kernel call: a column with a value per instance, or one value that all instances share.
package struct KernelColumn {
  /// For a shared value: as many equal values as the longest block has instances, so that it is read like any column.
  package var pointer: UnsafePointer<Double>
  package var isUniform: Bool

  package init(_ pointer: UnsafePointer<Double>, isUniform: Bool = false) {
    self.pointer = pointer
    self.isUniform = isUniform
  }
}

/// Runs a `KernelProgram` over columns, a block of `blockLength` instances at a time.
///
/// Each instruction sweeps the block in groups of eight; where the length is no multiple of eight, the last group
/// overlaps the one before it instead of reaching past the end. Fewer than four instances go one by one. Results do not
/// depend on which way an instance went.
///
/// Owns its registers: confined to one task, while the program is shared.
package final class KernelRunner {
  /// Instances per block: 128 doubles of some twenty registers and columns stay in the first-level cache, and what streams
  /// through it beside them.
  package static let blockLength = 128

  package let program: KernelProgram

  let instructions: UnsafeMutablePointer<Instruction>
  let instructionCount: Int
  /// Where the operands of each instruction begin for the block at hand.
  let operandTable: OperandTable
  /// Constants and registers, then eight padded lanes for every leaf and output.
  private let storage: UnsafeMutablePointer<Double>
  private let staging: UnsafeMutablePointer<Double>
  private let leafCount: Int
  private let outputCount: Int
  var single: InstanceRunner
  /// What runs a single instance, once it has been interpreted often enough.
  package var code: MachineCode? { single.code }

  private static let alignment = 64

  /// `longest` is the length of the longest block that it will run.
  package init(_ program: KernelProgram, longest: Int = blockLength) {
    self.program = program
    // Not a power of two, so that equal places of different registers do not compete for one cache set.
    let registerStride = (longest + 15) / 8 * 8
    leafCount = program.leaves.count
    outputCount = program.outputCount
    instructionCount = program.instructions.count
    instructions = .allocate(capacity: max(1, instructionCount))
    instructions.initialize(from: program.instructions, count: instructionCount)

    let columnCount = leafCount + outputCount
    let ownCount = program.constants.count + program.registerCount
    let valueCount = ownCount * registerStride + columnCount * SIMD8<Double>.count
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, valueCount) * MemoryLayout<Double>.stride, alignment: Self.alignment)
    storage = memory.initializeMemory(as: Double.self, repeating: 0, count: max(1, valueCount))
    staging = storage + ownCount * registerStride

    for (index, value) in program.constants.enumerated() {
      (storage + index * registerStride).update(repeating: value, count: registerStride)
    }
    operandTable = OperandTable(program, storage: storage, stride: registerStride)
    single = InstanceRunner(program.machineCode, longest == 1 ? program.machineCode.code : nil)
  }

  deinit {
    instructions.deallocate()
    operandTable.deallocate()
    UnsafeMutableRawPointer(storage).deallocate()
  }

  /// Evaluates instances 0..<count. `inputs[k]` belongs to `program.leaves[k]`; `outputs[k]` receives output k.
  /// Columns need no padding: nothing past `count` is read or written (uniform columns excepted). Outputs must not
  /// overlap each other or the inputs.
  package func run(
    count: Int, inputs: UnsafePointer<KernelColumn>, outputs: UnsafePointer<UnsafeMutablePointer<Double>>
  ) {
    var start = 0
    while start < count {
      let length = min(Self.blockLength, count &- start)
      runBlock(start, length, inputs: inputs, outputs: outputs, writtenFrom: start)
      start &+= length
    }
  }

  /// Evaluates one block, instances start ..< start + length, no longer than it was made for; outputs are written from
  /// `writtenFrom` on.
  package func runBlock(
    _ start: Int, _ length: Int, inputs: UnsafePointer<KernelColumn>,
    outputs: UnsafePointer<UnsafeMutablePointer<Double>>, writtenFrom first: Int = 0
  ) {
    if !Self.bindsColumns(length) {
      stage(start, length, inputs)
      executeEights(SIMD8<Double>.count)
      unstage(first, length, outputs)
    } else {
      bind(start, inputs: inputs, outputs: outputs, writtenFrom: first)
      runBound(length)
    }
  }

  /// Whether a block of `length` instances is computed in the columns themselves, to which operands may stay bound.
  @inline(__always)
  package static func bindsColumns(_ length: Int) -> Bool { length < 4 || length >= SIMD8<Double>.count }

  /// Evaluates a block of instances whose columns operands are bound to.
  package func runBound(_ length: Int) {
    if length == 1 {
      executeOne()
    } else if length < 4 {
      executeFew(length)
    } else {
      executeEights(length)
    }
  }

  /// Points operands that are leaves and outputs into their columns; arguments as for `runBlock`.
  package func bind(
    _ start: Int, inputs: UnsafePointer<KernelColumn>, outputs: UnsafePointer<UnsafeMutablePointer<Double>>,
    writtenFrom first: Int = 0
  ) {
    operandTable.bindLeaves { UnsafeMutablePointer(mutating: inputs[$0].pointer + (inputs[$0].isUniform ? 0 : start)) }
    operandTable.bindOutputs { outputs[$0] + first }
  }

  /// Copies fewer than eight instances into eight lanes, the first instance once more in every lane left over.
  private func stage(_ start: Int, _ length: Int, _ inputs: UnsafePointer<KernelColumn>) {
    let width = SIMD8<Double>.count
    for k in 0..<leafCount {
      let column = staging + k &* width
      let source = inputs[k].pointer + (inputs[k].isUniform ? 0 : start)
      for lane in 0..<width { column[lane] = source[lane < length ? lane : 0] }
    }
    operandTable.bindLeaves { staging + $0 &* width }
    operandTable.bindOutputs { staging + (leafCount &+ $0) &* width }
  }

  private func unstage(_ first: Int, _ length: Int, _ outputs: UnsafePointer<UnsafeMutablePointer<Double>>) {
    for k in 0..<outputCount {
      (outputs[k] + first).update(from: staging + (leafCount &+ k) &* SIMD8<Double>.count, count: length)
    }
  }
}
