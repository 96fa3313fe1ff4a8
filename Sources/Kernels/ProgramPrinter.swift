/// A register program as text, one instruction a line.
extension KernelProgram {
  /// `r1 = exp((-x + 10)/10)` and so on: r1, r2, ... are registers, outputs bear the names given.
  package func text(outputNames: [String], leafName: (Leaf) -> String) -> String {
    let outputs = (0..<outputCount).map { $0 < outputNames.count ? outputNames[$0] : "output \($0 + 1)" }
    let registers = registerCount > 0 ? (1...registerCount).map { "r\($0)" } : []
    let slots = leaves.map(leafName) + outputs + constants.map(\.formula) + registers
    let head = "\(instructions.count) instructions, \(registerCount) registers"
    return ([head] + instructions.map { Self.text($0, slots) }).joined(separator: "\n")
  }

  private static func text(_ instruction: Instruction, _ slots: [String]) -> String {
    "\(slots[Int(instruction.destination)]) = \(formula(instruction, slots))"
  }

  private static func formula(_ instruction: Instruction, _ slots: [String]) -> String {
    func name(_ slot: Int32) -> String { slot == Instruction.none ? "" : slots[Int(slot)] }
    let (a, b, c) = (name(instruction.a), name(instruction.b), name(instruction.c))
    let scale = instruction.scale.formula
    switch instruction.opcode {
    case .copy: return a
    case .add: return "\(a) + \(b)"
    case .subtract: return "\(a) - \(b)"
    case .multiply: return "\(a)*\(b)"
    case .divide: return "\(a)/\(b)"
    case .multiplyAdd: return "\(a)*\(b) + \(c)"
    case .multiplySubtract: return "\(a)*\(b) - \(c)"
    case .subtractProduct: return "\(c) - \(a)*\(b)"
    case .multiplyThree: return "\(a)*\(b)*\(c)"
    case .scaleProduct: return "\(a)*\(b)*\(scale)"
    case .multiplyAffine: return "(\(argument(instruction, a)))*\(b)"
    case .multiplyAddConstant: return "\(a)*\(b)" + plus(instruction.offset)
    case .scaleAdd: return "\(scale)*\(a) + \(b)"
    case .scaleSubtract: return "\(scale)*\(a) - \(b)"
    case .scale, .affine, .affineQuotient: return argument(instruction, a)
    case .clamp: return clamped(instruction, a)
    case .constantQuotient: return "\(instruction.factor.formula)/\(a)"
    case .quotientOfAffine: return "\(instruction.factor.formula)/(\(argument(instruction, a)))"
    case .select: return "\(a) ? \(b) : \(c)"
    case .minimum, .maximum, .power, .arcTangent2: return "\(instruction.opcode.formulaName)(\(a), \(b))"
    case .exponential, .bernoulli, .bernoulliDerivative, .exponentialOfQuotient, .bernoulliOfQuotient,
      .bernoulliDerivativeOfQuotient:
      let factor = instruction.factor == 1 ? "" : "\(instruction.factor.formula)*"
      return "\(factor)\(instruction.opcode.formulaName)(\(argument(instruction, a)))"
    default: return "\(instruction.opcode.formulaName)(\(a))"
    }
  }

  /// (scale*a + offset)/divisor
  private static func argument(_ instruction: Instruction, _ a: String) -> String {
    let scaled =
      switch instruction.scale {
      case 1: a
      case -1: "-\(a)"
      default: "\(instruction.scale.formula)*\(a)"
      }
    let sum = scaled + plus(instruction.offset)
    if instruction.divisor == 1 { return sum }
    return (instruction.offset == 0 ? sum : "(\(sum))") + "/\(instruction.divisor.formula)"
  }

  private static func clamped(_ instruction: Instruction, _ a: String) -> String {
    let raised = instruction.scale == -.infinity ? a : "max(\(a), \(instruction.scale.formula))"
    return instruction.offset == .infinity ? raised : "min(\(raised), \(instruction.offset.formula))"
  }

  private static func plus(_ offset: Double) -> String {
    if offset == 0 { return "" }
    return offset < 0 ? " - \((-offset).formula)" : " + \(offset.formula)"
  }
}

extension Opcode {
  /// The name of the function it computes; of an operator its own.
  fileprivate var formulaName: String {
    switch self {
    case .minimum: BinaryFunction.minimum.formulaName
    case .maximum: BinaryFunction.maximum.formulaName
    case .arcTangent2: BinaryFunction.arcTangent2.formulaName
    case .power: "pow"
    case .exponentialOfQuotient: Opcode.exponential.formulaName
    case .bernoulliOfQuotient: Opcode.bernoulli.formulaName
    case .bernoulliDerivativeOfQuotient: Opcode.bernoulliDerivative.formulaName
    default: UnaryFunction.allCases.first { $0.opcode == self }?.formulaName ?? "\(self)"
    }
  }
}
