/// Which operands' values are in registers while code is written. Every value is in memory as well: a register may be given
/// up at any time.
struct RegisterCache {
  typealias Register = X86Assembler.Register

  /// An operand's slot, and where the table of operands says where it lies, in bytes.
  struct Operand {
    let slot: Int32
    let place: Int

    /// That of a register that holds none.
    static let none = Operand(slot: -1, place: 0)
  }

  private var held = [Operand](repeating: .none, count: Int(X86Assembler.registerCount))
  private var lastUse = [Int](repeating: 0, count: Int(X86Assembler.registerCount))
  private var clock = 0
  /// Registers that the instruction at hand reads or computes in, a bit each.
  private var pinned: UInt16 = 0

  /// The next instruction begins.
  mutating func begin() {
    clock += 1
    pinned = 0
  }

  /// The register that holds an operand's value, if one does; it stays for this instruction.
  mutating func register(of slot: Int32) -> Register? {
    for index in held.indices where held[index].slot == slot { return pin(index) }
    return nil
  }

  /// A register for this instruction: an empty one, else that of the value longest unused. An instruction needs no more than
  /// a dozen.
  mutating func free() -> Register {
    var best = 0
    var age = -1
    for index in held.indices where pinned & 1 << index == 0 {
      let unused = held[index].slot < 0 ? Int.max : clock - lastUse[index]
      if unused > age { (best, age) = (index, unused) }
    }
    held[best] = .none
    return pin(best)
  }

  /// From now on `register` holds the operand, and no other does.
  mutating func hold(_ operand: Operand, in register: Register) {
    for index in held.indices where held[index].slot == operand.slot { held[index] = .none }
    held[Int(register)] = operand
  }

  /// A call leaves nothing in registers.
  mutating func forget() {
    for index in held.indices { held[index] = .none }
  }

  /// The operand in each register.
  var contents: [Operand] { held }

  private mutating func pin(_ index: Int) -> Register {
    pinned |= 1 << index
    lastUse[index] = clock
    return Register(index)
  }
}
