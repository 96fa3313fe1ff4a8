/// Writes machine code for instructions on one instance.
///
/// Arithmetic and the common exponentials are written out, other functions are calls. Every result is stored where the table
/// of operands says; what an instruction before has loaded or computed is taken from its register, for a value that goes
/// through memory arrives later by the time of an addition.
struct MachineCodeWriter {
  typealias Register = X86Assembler.Register
  typealias Operand = RegisterCache.Operand

  /// Nil where no code is known for the processor.
  static func code(for instructions: UnsafeBufferPointer<Instruction>) -> [UInt8]? {
    #if arch(x86_64) && NEURISTOR_FMA
      var writer = MachineCodeWriter(assembler: X86Assembler(size: 64 * instructions.count))
      writer.assembler.enter()
      for (index, instruction) in instructions.enumerated() { writer.write(instruction, index) }
      writer.assembler.leave()
      for detour in writer.detours { writer.write(detour) }
      return writer.assembler.finish()
    #else
      return nil
    #endif
  }

  var assembler: X86Assembler
  var registers = RegisterCache()
  /// Calls for the rare arguments that code written out is not made for.
  private var detours: [Detour] = []
  /// Where the detour of the instruction at hand begins.
  var openDetour: X86Assembler.Label?

  /// A call after which the code goes on as if nothing had happened.
  private struct Detour {
    let entry: X86Assembler.Label
    let exit: X86Assembler.Label
    let instruction: Instruction
    let index: Int
    /// What is to be in registers behind it.
    let contents: [Operand]
  }

  private mutating func write(_ instruction: Instruction, _ index: Int) {
    registers.begin()
    let operands = Operands(instruction, index)
    guard let result = compute(instruction, operands) else {
      call(instruction, index)
      return registers.forget()
    }
    let destination = operands.destination
    assembler.point(to: destination.place)
    assembler.store(result)
    registers.hold(destination, in: result)
    if let entry = openDetour { close(entry, instruction, index) }
    openDetour = nil
  }

  /// The register of an instruction's result; nil where it is a call.
  private mutating func compute(_ instruction: Instruction, _ operands: Operands) -> Register? {
    switch instruction.opcode {
    case .copy: return copy(of: operands.a)
    case .add: return arithmetic(.add, operands)
    case .subtract: return arithmetic(.subtract, operands)
    case .multiply: return arithmetic(.multiply, operands)
    case .divide: return arithmetic(.divide, operands)
    case .multiplyAdd: return product(.multiplyAdd, operands.a, operands.b, plus: .register(value(of: operands.c)))
    case .multiplySubtract:
      return product(.multiplySubtract, operands.a, operands.b, plus: .register(value(of: operands.c)))
    case .subtractProduct:
      return product(.subtractProduct, operands.a, operands.b, plus: .register(value(of: operands.c)))
    case .multiplyThree:
      let result = arithmetic(.multiply, operands)
      assembler.apply(.multiply, result, result, .register(value(of: operands.c)))
      return result
    case .scaleProduct:
      let result = arithmetic(.multiply, operands)
      assembler.apply(.multiply, result, result, .constant(instruction.scale))
      return result
    case .multiplyAffine:
      let result = affine(instruction, operands.a)
      assembler.apply(.multiply, result, result, .register(value(of: operands.b)))
      return result
    case .multiplyAddConstant:
      return product(.multiplyAdd, operands.a, operands.b, plus: .constant(instruction.offset))
    case .scaleAdd: return scaled(.multiplyAdd, instruction, operands)
    case .scaleSubtract: return scaled(.multiplySubtract, instruction, operands)
    case .scale:
      let x = value(of: operands.a)
      let result = registers.free()
      assembler.apply(.multiply, result, x, .constant(instruction.scale))
      return result
    case .affine: return affine(instruction, operands.a)
    case .affineQuotient: return affineQuotient(instruction, operands.a)
    case .constantQuotient:
      let x = value(of: operands.a)
      return quotient(of: instruction.factor, by: x)
    case .quotientOfAffine:
      let divisor = affine(instruction, operands.a)
      return quotient(of: instruction.factor, by: divisor)
    case .squareRoot:
      let x = value(of: operands.a)
      let result = registers.free()
      assembler.apply(.squareRoot, result, x, .register(x))
      return result
    case .clamp: return clamp(instruction, operands.a)
    case .exponential, .exponentialOfQuotient, .bernoulli, .bernoulliOfQuotient:
      let isQuotient = instruction.opcode == .exponentialOfQuotient || instruction.opcode == .bernoulliOfQuotient
      let argument = isQuotient ? affineQuotient(instruction, operands.a) : affine(instruction, operands.a)
      let isExponential = instruction.opcode == .exponential || instruction.opcode == .exponentialOfQuotient
      let factor = instruction.factor
      return isExponential ? exponential(of: argument, factor: factor) : bernoulli(of: argument, factor: factor)
    default: return nil
    }
  }

  private mutating func call(_ instruction: Instruction, _ index: Int) {
    assembler.call(
      InstructionCalls.address(of: instruction.opcode), instruction: index * MemoryLayout<Instruction>.stride,
      operands: index * Operands.stride)
  }

  /// The detour of an instruction ends here: its call has stored the result, and registers are to be as they are now.
  private mutating func close(_ entry: X86Assembler.Label, _ instruction: Instruction, _ index: Int) {
    let exit = assembler.label()
    assembler.place(exit)
    detours.append(
      Detour(entry: entry, exit: exit, instruction: instruction, index: index, contents: registers.contents))
  }

  private mutating func write(_ detour: Detour) {
    assembler.place(detour.entry)
    call(detour.instruction, detour.index)
    for (register, operand) in detour.contents.enumerated() where operand.slot >= 0 {
      assembler.point(to: operand.place)
      assembler.load(Register(register), .memory)
    }
    assembler.jump(to: detour.exit)
  }

  // MARK: Operands

  /// The pointers of one instruction in the table of operands.
  struct Operands {
    let destination: Operand
    let a: Operand
    let b: Operand
    let c: Operand

    static let stride = MemoryLayout<Kernels.Operands>.stride

    /// They are four in a row.
    init(_ instruction: Instruction, _ index: Int) {
      let size = MemoryLayout<UnsafeMutablePointer<Double>>.stride
      let first = index * Self.stride
      destination = Operand(slot: instruction.destination, place: first)
      a = Operand(slot: instruction.a, place: first + size)
      b = Operand(slot: instruction.b, place: first + 2 * size)
      c = Operand(slot: instruction.c, place: first + 3 * size)
    }
  }

  /// The register of an operand's value, loaded where it is in none.
  mutating func value(of operand: Operand) -> Register {
    if let register = registers.register(of: operand.slot) { return register }
    let register = registers.free()
    assembler.point(to: operand.place)
    assembler.load(register, .memory)
    registers.hold(operand, in: register)
    return register
  }

  // MARK: Arithmetic

  private mutating func copy(of operand: Operand) -> Register {
    let x = value(of: operand)
    let result = registers.free()
    assembler.load(result, .register(x))
    return result
  }

  /// a ∘ b
  private mutating func arithmetic(_ operation: X86Assembler.Arithmetic, _ operands: Operands) -> Register {
    let x = value(of: operands.a)
    let y = value(of: operands.b)
    let result = registers.free()
    assembler.apply(operation, result, x, .register(y))
    return result
  }

  /// ±a b ± c, rounded once
  private mutating func product(
    _ operation: X86Assembler.Fused, _ a: Operand, _ b: Operand, plus source: X86Assembler.Source
  ) -> Register {
    let result = copy(of: a)
    assembler.fuse(operation, result, value(of: b), source)
    return result
  }

  /// a scale ± b
  private mutating func scaled(
    _ operation: X86Assembler.Fused, _ instruction: Instruction, _ operands: Operands
  ) -> Register {
    let y = value(of: operands.b)
    let x = value(of: operands.a)
    let result = registers.free()
    assembler.load(result, .constant(instruction.scale))
    assembler.fuse(operation, result, x, .register(y))
    return result
  }

  /// a scale + offset
  private mutating func affine(_ instruction: Instruction, _ a: Operand) -> Register {
    let x = value(of: a)
    let result = registers.free()
    assembler.load(result, .constant(instruction.scale))
    assembler.fuse(.multiplyAdd, result, x, .constant(instruction.offset))
    return result
  }

  private mutating func affineQuotient(_ instruction: Instruction, _ a: Operand) -> Register {
    let result = affine(instruction, a)
    assembler.apply(.divide, result, result, .constant(instruction.divisor))
    return result
  }

  /// a between two constants; NaN stays
  private mutating func clamp(_ instruction: Instruction, _ a: Operand) -> Register {
    let x = value(of: a)
    let raised = registers.free()
    assembler.load(raised, .constant(instruction.scale))
    assembler.apply(.maximum, raised, raised, .register(x))
    let result = registers.free()
    assembler.load(result, .constant(instruction.offset))
    assembler.apply(.minimum, result, result, .register(raised))
    return result
  }

  private mutating func quotient(of dividend: Double, by x: Register) -> Register {
    let result = registers.free()
    assembler.load(result, .constant(dividend))
    assembler.apply(.divide, result, result, .register(x))
    return result
  }
}
