internal import Glibc
internal import Synchronization

/// A list of instructions for one instance as machine code: what an interpreter spends on telling what comes next is half of
/// the time of a single neuron's equations.
///
/// The code reads where operands lie from their table at every run, so that it stays good when they are bound anew, and
/// serves every runner of a program. It computes the bits that the interpreter does.
package final class MachineCode: Sendable {
  /// A function of the table of operands and of the instructions.
  typealias Entry = @convention(c) (UnsafeMutableRawPointer, UnsafeRawPointer) -> Void

  private nonisolated(unsafe) let memory: UnsafeMutableRawPointer
  private let size: Int
  let entry: Entry

  /// Nil where no code is known for the processor, where the system lends no memory for it, or where there is much code
  /// already.
  init?(_ instructions: UnsafeBufferPointer<Instruction>) {
    guard Self.alive.withLock({ $0 < Self.most }), let code = MachineCodeWriter.code(for: instructions) else {
      return nil
    }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    size = (code.count + page - 1) / page * page
    guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), memory != MAP_FAILED
    else { return nil }
    code.withUnsafeBytes { memory.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(memory), byteCount: $0.count) }
    // Never writable and executable at once.
    guard mprotect(memory, size, PROT_READ | PROT_EXEC) == 0 else {
      munmap(memory, size)
      return nil
    }
    self.memory = memory
    entry = unsafeBitCast(memory, to: Entry.self)
    Self.alive.withLock { $0 += 1 }
  }

  deinit {
    munmap(memory, size)
    Self.alive.withLock { $0 -= 1 }
  }

  /// A circuit of as many models as devices has thousands of programs, and a process only so many pages of their own.
  private static let alive = Mutex(0)
  private static let most = 2000
}

/// The machine code of one list of instructions, made when somebody has run it often.
package final class MachineCodeCache: Sendable {
  private struct Made {
    let instructions: [Instruction]
    let code: MachineCode?

    func isCode(of others: UnsafeBufferPointer<Instruction>) -> Bool {
      instructions.elementsEqual(others) { $0.hasCode(of: $1) }
    }
  }
  private let made = Mutex<Made?>(nil)

  package init() {}

  /// The code, where it has been made; for who knows that it is that of the instructions.
  var code: MachineCode? { made.withLock { $0?.code } }

  /// The code of `instructions`, where it has been made.
  func code(ifMadeFor instructions: UnsafeBufferPointer<Instruction>) -> MachineCode? {
    made.withLock { made in made.flatMap { $0.isCode(of: instructions) ? $0.code : nil } }
  }

  /// The code of `instructions`; made anew where it is that of others.
  func code(for instructions: UnsafeBufferPointer<Instruction>) -> MachineCode? {
    made.withLock { made in
      if let made, made.isCode(of: instructions) { return made.code }
      let code = MachineCode(instructions)
      made = Made(instructions: Array(instructions), code: code)
      return code
    }
  }
}

extension Instruction {
  /// Whether the same code does both: where their operands lie is not part of it, but which of them are the same is.
  fileprivate func hasCode(of other: Instruction) -> Bool {
    func constants(_ instruction: Instruction) -> SIMD4<UInt64> {
      SIMD4(
        instruction.factor.bitPattern, instruction.scale.bitPattern, instruction.offset.bitPattern,
        instruction.divisor.bitPattern)
    }
    func slots(_ instruction: Instruction) -> SIMD4<Int32> {
      SIMD4(instruction.destination, instruction.a, instruction.b, instruction.c)
    }
    return opcode == other.opcode && constants(self) == constants(other) && slots(self) == slots(other)
  }
}
