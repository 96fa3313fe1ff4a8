/// What machine code calls for instructions that it does not write out.
enum InstructionCalls {
  /// The instruction and its operands.
  private typealias Call = @convention(c) (UnsafeRawPointer, UnsafeRawPointer) -> Void

  static func address(of opcode: Opcode) -> Int {
    let call: Call =
      switch opcode {
      case .bernoulliDerivative: bernoulliDerivative
      case .bernoulliDerivativeOfQuotient: bernoulliDerivativeOfQuotient
      default: interpreted
      }
    return unsafeBitCast(call, to: Int.self)
  }

  // Jacobians are made of them; what else is called is rare, or takes long itself.
  private static let bernoulliDerivative: Call = { instruction, operands in
    perform(BernoulliDerivativeOperation<Affine<Double>>(bound(instruction)), operands)
  }
  private static let bernoulliDerivativeOfQuotient: Call = { instruction, operands in
    perform(BernoulliDerivativeOperation<AffineQuotient<Double>>(bound(instruction)), operands)
  }
  /// Any instruction.
  private static let interpreted: Call = { instruction, operands in
    KernelRunner.executeOne(bound(instruction), 1, bound(operands))
  }

  @inline(__always)
  private static func bound(_ instruction: UnsafeRawPointer) -> UnsafePointer<Instruction> {
    instruction.assumingMemoryBound(to: Instruction.self)
  }

  @inline(__always)
  private static func bound(_ operands: UnsafeRawPointer) -> UnsafePointer<Operands> {
    operands.assumingMemoryBound(to: Operands.self)
  }

  @inline(__always)
  private static func perform(_ operation: some UnaryLaneOperation, _ operands: UnsafeRawPointer) {
    let operands: UnsafePointer<Operands> = bound(operands)
    operation.sweep(operands.pointee.a, into: operands.pointee.destination, count: 1)
  }
}
