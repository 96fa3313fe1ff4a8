/// An instruction before it has registers: its operands are nodes.
struct SelectedInstruction {
  var instruction: Instruction
  /// a, b, c as far as the instruction has them.
  var operands: [NodeID]

  init(_ opcode: Opcode, _ operands: NodeID...) {
    instruction = Instruction(opcode)
    self.operands = operands
  }
}

/// Chooses the instruction that computes a node, taking operands that nothing else needs into it: sums of products,
/// constants, and the affine arguments of exponentials.
///
/// A constant divisor stays a division (x/3 is not x*(1/3)), unless it is a unit: v/1mV is 1000 v, exactly. Inside an
/// exponential a division costs nothing: the divider works while the polynomial is summed.
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

  private func unary(_ function: UnaryFunction, _ x: NodeID, _ id: NodeID) -> SelectedInstruction {
    switch function {
    case .negate:
      return affine(id)
    case .reciprocal:
      var result = SelectedInstruction(.constantQuotient, x)
      result.instruction.offset = 1
      return result
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
      return SelectedInstruction(.multiply, x, y)
    case .divide:
      if graph.constantValue(of: y) != nil { return affine(id) }
      if let dividend = graph.constantValue(of: x) {
        var result = SelectedInstruction(.constantQuotient, y)
        result.instruction.offset = dividend
        return result
      }
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
    let lower = inner == id || useCounts[Int(inner.index)] == 1 ? bound(inner, .maximum) : nil
    guard let x = lower?.of ?? upper?.of else { return nil }
    var result = SelectedInstruction(.clamp, x)
    result.instruction.scale = lower?.value ?? -.infinity
    result.instruction.offset = upper?.value ?? .infinity
    return result
  }

  // MARK: Sums of products

  /// The factors of a product that only one node needs.
  private func soleProduct(_ id: NodeID) -> (x: NodeID, y: NodeID)? {
    guard useCounts[Int(id.index)] == 1, case .binary(.multiply, let x, let y) = graph[id] else { return nil }
    return (x, y)
  }

  /// `product` + `rest` in one instruction.
  private func productPlus(_ product: NodeID, _ rest: NodeID) -> SelectedInstruction? {
    guard let (x, y) = soleProduct(product) else { return nil }
    guard let factor = graph.constantValue(of: y) else { return SelectedInstruction(.multiplyAdd, x, y, rest) }
    var result = SelectedInstruction(.scaleAdd, x, rest)
    result.instruction.scale = factor
    return result
  }

  private func difference(_ x: NodeID, _ y: NodeID) -> SelectedInstruction {
    if let (p, q) = soleProduct(y) {
      guard let factor = graph.constantValue(of: q) else { return SelectedInstruction(.subtractProduct, p, q, x) }
      var result = SelectedInstruction(.scaleAdd, p, x)
      result.instruction.scale = -factor
      return result
    }
    if let (p, q) = soleProduct(x) {
      guard let factor = graph.constantValue(of: q) else { return SelectedInstruction(.multiplySubtract, p, q, y) }
      var result = SelectedInstruction(.scaleSubtract, p, y)
      result.instruction.scale = factor
      return result
    }
    return SelectedInstruction(.subtract, x, y)
  }

  // MARK: Constants

  /// (base*scale + offset)/divisor.
  private struct AffineForm {
    var base: NodeID
    var scale = 1.0
    var offset = -0.0
    var divisor = 1.0
  }

  /// `id` as an affine form; only operands that `mayTake` allows are taken into it.
  private func affineForm(of id: NodeID, mayTake: (NodeID) -> Bool) -> AffineForm {
    var form = AffineForm(base: id)
    func isOpen(_ base: NodeID) -> Bool { base == id || mayTake(base) }
    // -(a/d) is (-a)/d.
    var sign = 1.0
    if case .unary(.negate, let x) = graph[id], mayTake(x), case .binary(.divide, _, let y) = graph[x],
      graph.constantValue(of: y) != nil
    {
      sign = -1
      form.base = x
    }
    if isOpen(form.base), case .binary(.divide, let x, let y) = graph[form.base],
      let divisor = graph.constantValue(of: y)
    {
      form.divisor = divisor
      form.base = x
    }
    if isOpen(form.base) {
      if case .binary(.add, let x, let y) = graph[form.base], let offset = graph.constantValue(of: y) {
        form.offset = offset
        form.base = x
      } else if case .binary(.subtract, let x, let y) = graph[form.base], let offset = graph.constantValue(of: x) {
        form.offset = offset
        form.scale = -1
        form.base = y
      }
    }
    if isOpen(form.base) {
      if case .binary(.multiply, let x, let y) = graph[form.base], let scale = graph.constantValue(of: y) {
        form.scale *= scale
        form.base = x
      } else if case .unary(.negate, let x) = graph[form.base] {
        form.scale = -form.scale
        form.base = x
      }
    }
    form.scale *= sign
    if form.offset != 0 { form.offset *= sign }
    if let inverse = form.divisor.decimalInverse {
      form.scale *= inverse
      form.offset *= inverse
      form.divisor = 1
    }
    return form
  }

  private func affine(_ id: NodeID) -> SelectedInstruction {
    let form = affineForm(of: id) { useCounts[Int($0.index)] == 1 }
    // a*b + offset
    if form.divisor == 1, form.scale == 1, let (x, y) = soleProduct(form.base) {
      var result = SelectedInstruction(.multiplyAddConstant, x, y)
      result.instruction.offset = form.offset
      return result
    }
    if form.divisor == 1, form.offset == 0 { return scaled(form.base, by: form.scale) }
    return with(form, form.divisor == 1 ? .affine : .affineQuotient)
  }

  private func with(_ form: AffineForm, _ opcode: Opcode) -> SelectedInstruction {
    var result = SelectedInstruction(opcode, form.base)
    result.instruction.scale = form.scale
    result.instruction.offset = form.offset
    result.instruction.divisor = form.divisor
    return result
  }

  /// An exponential takes its affine argument along, whoever else needs that.
  private func exponential(_ opcode: Opcode, _ ofQuotient: Opcode, _ x: NodeID) -> SelectedInstruction {
    let form = affineForm(of: x) { _ in true }
    return with(form, form.divisor == 1 ? opcode : ofQuotient)
  }

  private func scaled(_ x: NodeID, by factor: Double) -> SelectedInstruction {
    if useCounts[Int(x.index)] == 1, case .unary(let function, let argument) = graph[x], function.takesFactor {
      var result = unary(function, argument, x)
      result.instruction.factor = factor
      return result
    }
    var result = SelectedInstruction(.scale, x)
    result.instruction.scale = factor
    return result
  }
}

extension Double {
  /// 1000 for 0.001, and so on for every negative power of ten whose inverse is exact.
  fileprivate var decimalInverse: Double? {
    var power = 1.0
    for _ in 1...22 {
      power *= 10
      if self == 1 / power { return power }
    }
    return nil
  }
}

extension UnaryFunction {
  /// Whether its instruction multiplies the result by a constant.
  fileprivate var takesFactor: Bool {
    switch self {
    case .exponential, .bernoulli, .bernoulliDerivative: true
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
