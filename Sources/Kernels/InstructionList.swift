/// Instructions for one instance with every operand bound: programs, and arithmetic before, between and behind them, run in
/// one go.
package final class InstructionList {
  package typealias Column = UnsafeMutablePointer<Double>

  private var instructions: [Instruction] = []
  private var operands: [Operands] = []
  private let cache: MachineCodeCache
  /// The same two where code reads them; nil until the list is complete.
  private var sealed: (instructions: UnsafeMutablePointer<Instruction>, operands: UnsafeMutablePointer<Operands>)?
  private var single: InstanceRunner

  /// `cache` is shared with lists of the same instructions.
  package init(_ cache: MachineCodeCache) {
    self.cache = cache
    single = InstanceRunner(cache, nil)
  }

  deinit {
    sealed?.instructions.deallocate()
    sealed?.operands.deallocate()
  }

  /// The program of a runner as its operands are bound now; the runner is to outlive the list.
  package func append(_ runner: KernelRunner) {
    instructions += UnsafeBufferPointer(start: runner.instructions, count: runner.instructionCount)
    operands += UnsafeBufferPointer(start: runner.operandTable.operands, count: runner.instructionCount)
  }

  /// a + b, a - b, a b, a b + c, c - a b, or a copy of a, into `destination`, which may be one of them.
  package func append(_ opcode: Opcode, _ a: Column, _ b: Column? = nil, _ c: Column? = nil, into destination: Column) {
    instructions.append(Instruction(opcode))
    operands.append(Operands(destination: destination, a: a, b: b ?? a, c: c ?? a))
  }

  /// Nothing more is appended.
  package func seal() {
    numberSlots()
    let copies: (instructions: UnsafeMutablePointer<Instruction>, operands: UnsafeMutablePointer<Operands>) = (
      .allocate(capacity: max(1, instructions.count)), .allocate(capacity: max(1, instructions.count))
    )
    copies.instructions.initialize(from: instructions, count: instructions.count)
    copies.operands.initialize(from: operands, count: instructions.count)
    sealed = copies
    let made = cache.code(ifMadeFor: UnsafeBufferPointer(start: copies.instructions, count: instructions.count))
    single = InstanceRunner(cache, made)
  }

  /// Gives every place that operands lie at a slot of its own, for those of different programs mean nothing beside each other.
  private func numberSlots() {
    var known: [Column] = []
    func slot(_ place: Column) -> Int32 {
      // Most operands have just been written or read.
      if let slot = known.lastIndex(of: place) { return Int32(slot) }
      known.append(place)
      return Int32(known.count - 1)
    }
    for (index, places) in operands.enumerated() {
      instructions[index].destination = slot(places.destination)
      instructions[index].a = slot(places.a)
      instructions[index].b = slot(places.b)
      instructions[index].c = slot(places.c)
    }
  }

  @inline(__always)
  package func run() {
    guard let sealed else { return }
    single.run(sealed.instructions, instructions.count, sealed.operands)
  }
}
