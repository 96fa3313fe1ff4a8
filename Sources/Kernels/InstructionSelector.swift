/// An instruction before it has registers: its operands are nodes.
struct SelectedInstruction {
  var instruction: Instruction
  /// a, b, c as far as the instruction has them.
  var operands: [NodeID]

  init(_ opcode: Opcode, _ operands: NodeID..., scale: Double = 1, offset: Double = -0.0) {
    instruction = Instruction(opcode)
    instruction.scale = scale
    instruction.offset = offset
    self.operands = operands
  }
}

/// Chooses the instruction that computes a node, taking operands that nothing else needs into it: sums of products,
/// products of three, constants, and the affine arguments of exponentials.
struct InstructionSelector {
  let graph: ExpressionGraph
  /// How often a node is an operand or an output.
  private var useCounts: [Int]

  init(_ graph: ExpressionGraph, outputs: [NodeID]) {
    self.graph = graph
    var counts = [Int](repeating: 0, count: graph.operations.count)
    for id in graph.reachable(from: outputs) {
      graph[id].forEachOperand { counts[Int($0.index)] += 1 }
    }
    for output in outputs { counts[Int(output.index)] += 1 }
    useCounts = counts
  }

  /// The instruction for `id`, or nil for a constant or leaf, which needs none.
  func select(_ id: NodeID) -> SelectedInstruction? {
    switch graph[id] {
    case .constant, .leaf: nil
    case .unary(let function, let x): unary(function, x, id)
    case .binary(let function, let x, let y): binary(function, x, y, id)
    // `KernelProgram` has written powers as products.
    case .integerPower(let x, _): SelectedInstruction(.copy, x)
    case .select(let condition, let then, let otherwise):
      SelectedInstruction(.select, condition, then, otherwise)
    }
  }

  func unary(_ function: UnaryFunction, _ x: NodeID, _ id: NodeID) -> SelectedInstruction {
    switch function {
    case .negate:
      return affine(id)
    case .reciprocal:
      return quotient(1, by: x)
    case .exponential:
      return exponential(.exponential, .exponentialOfQuotient, x)
    case .bernoulli:
      return exponential(.bernoulli, .bernoulliOfQuotient, x)
    case .bernoulliDerivative:
      return exponential(.bernoulliDerivative, .bernoulliDerivativeOfQuotient, x)
    default:
      return SelectedInstruction(function.opcode, x)
    }
  }

  private func binary(_ function: BinaryFunction, _ x: NodeID, _ y: NodeID, _ id: NodeID) -> SelectedInstruction {
    switch function {
    case .add:
      if graph.constantValue(of: y) != nil { return affine(id) }
      if let sum = productPlus(x, y) ?? productPlus(y, x) { return sum }
      return SelectedInstruction(.add, x, y)
    case .subtract:
      if graph.constantValue(of: x) != nil { return affine(id) }
      return difference(x, y)
    case .multiply:
      if let factor = graph.constantValue(of: y) { return scaled(x, by: factor) }
      return product(x, y) ?? product(y, x) ?? SelectedInstruction(.multiply, x, y)
    case .divide:
      if graph.constantValue(of: y) != nil { return affine(id) }
      if let dividend = graph.constantValue(of: x) { return quotient(dividend, by: y) }
      return SelectedInstruction(.divide, x, y)
    case .power:
      return SelectedInstruction(.power, x, y)
    case .arcTangent2:
      return SelectedInstruction(.arcTangent2, x, y)
    case .minimum:
      return clamp(id) ?? SelectedInstruction(.minimum, x, y)
    case .maximum:
      return clamp(id) ?? SelectedInstruction(.maximum, x, y)
    }
  }

  /// min(max(x, lower), upper) with constant bounds, or half of it.
  private func clamp(_ id: NodeID) -> SelectedInstruction? {
    func bound(_ node: NodeID, _ wanted: BinaryFunction) -> (value: Double, of: NodeID)? {
      guard case .binary(wanted, let x, let y) = graph[node] else { return nil }
      if let value = graph.constantValue(of: y), !value.isNaN { return (value, x) }
      if let value = graph.constantValue(of: x), !value.isNaN { return (value, y) }
      return nil
    }
    let upper = bound(id, .minimum)
    let inner = upper?.of ?? id
    let lower = inner == id || isSole(inner) ? bound(inner, .maximum) : nil
    guard let x = lower?.of ?? upper?.of else { return nil }
    return SelectedInstruction(.clamp, x, scale: lower?.value ?? -.infinity, offset: upper?.value ?? .infinity)
  }

  // MARK: Products and sums of products

  /// Whether only one node needs `id`.
  func isSole(_ id: NodeID) -> Bool { useCounts[Int(id.index)] == 1 }

  /// The factors of a product that only one node needs.
  func soleProduct(_ id: NodeID) -> (x: NodeID, y: NodeID)? {
    guard isSole(id), case .binary(.multiply, let x, let y) = graph[id] else { return nil }
    return (x, y)
  }

  /// `part`*`rest` where `part` is nothing but a factor of it: a sum with a constant or a product.
  private func product(_ part: NodeID, _ rest: NodeID) -> SelectedInstruction? {
    if let form = soleAffineForm(of: part) { return SelectedInstruction(.multiplyAffine, form, rest) }
    guard let (x, y) = soleProduct(part), graph.constantValue(of: y) == nil else { return nil }
    return SelectedInstruction(.multiplyThree, x, y, rest)
  }

  /// `product` + `rest` in one instruction.
  private func productPlus(_ product: NodeID, _ rest: NodeID) -> SelectedInstruction? {
    guard let (x, y) = soleProduct(product) else { return nil }
    guard let factor = graph.constantValue(of: y) else { return SelectedInstruction(.multiplyAdd, x, y, rest) }
    return SelectedInstruction(.scaleAdd, x, rest, scale: factor)
  }

  private func difference(_ x: NodeID, _ y: NodeID) -> SelectedInstruction {
    if let (p, q) = soleProduct(y) {
      guard let factor = graph.constantValue(of: q) else { return SelectedInstruction(.subtractProduct, p, q, x) }
      return SelectedInstruction(.scaleAdd, p, x, scale: -factor)
    }
    if let (p, q) = soleProduct(x) {
      guard let factor = graph.constantValue(of: q) else { return SelectedInstruction(.multiplySubtract, p, q, y) }
      return SelectedInstruction(.scaleSubtract, p, y, scale: factor)
    }
    return SelectedInstruction(.subtract, x, y)
  }
}

extension UnaryFunction {
  /// Whether its instruction multiplies the result by a constant.
  func takes(factor: Double) -> Bool {
    switch self {
    case .exponential: Exponential.takes(factor: factor)
    case .bernoulli, .bernoulliDerivative: true
    default: false
    }
  }

  /// The instruction that computes it.
  var opcode: Opcode {
    switch self {
    case .negate: .scale
    case .reciprocal: .constantQuotient
    case .squareRoot: .squareRoot
    case .exponential: .exponential
    case .exponentialMinusOne: .exponentialMinusOne
    case .logarithm: .logarithm
    case .logarithmOnePlus: .logarithmOnePlus
    case .logarithm10: .logarithm10
    case .sine: .sine
    case .cosine: .cosine
    case .tangent: .tangent
    case .arcSine: .arcSine
    case .arcCosine: .arcCosine
    case .arcTangent: .arcTangent
    case .hyperbolicSine: .hyperbolicSine
    case .hyperbolicCosine: .hyperbolicCosine
    case .hyperbolicTangent: .hyperbolicTangent
    case .inverseHyperbolicSine: .inverseHyperbolicSine
    case .inverseHyperbolicCosine: .inverseHyperbolicCosine
    case .inverseHyperbolicTangent: .inverseHyperbolicTangent
    case .floor: .floor
    case .exprel: .exprel
    case .exprelDerivative: .exprelDerivative
    case .exprelSecondDerivative: .exprelSecondDerivative
    case .bernoulli: .bernoulli
    case .bernoulliDerivative: .bernoulliDerivative
    case .bernoulliSecondDerivative: .bernoulliSecondDerivative
    case .isPositive: .isPositive
    case .isNotNegative: .isNotNegative
    }
  }
}
