internal import CVectorMath

extension KernelRunner {
  /// Runs every instruction over `count` instances, at least eight.
  func executeEights(_ count: Int) {
    Self.execute(SIMD8<Double>.self, instructions, instructionCount, operandTable.operands, count)
  }

  /// Runs every instruction over one instance.
  func executeOne() { single.run(instructions, instructionCount, operandTable.operands) }

  /// Runs every instruction over two or three instances, one by one.
  func executeFew(_ count: Int) {
    Self.execute(Double.self, instructions, instructionCount, operandTable.operands, count)
  }

  /// Runs instructions over one instance: where the count is a constant there are no loops.
  static func executeOne(
    _ instructions: UnsafePointer<Instruction>, _ instructionCount: Int, _ operands: UnsafePointer<Operands>
  ) {
    execute(Double.self, instructions, instructionCount, operands, 1)
  }

  @inline(__always)
  private static func execute<L: Lanes>(
    _: L.Type, _ instructions: UnsafePointer<Instruction>, _ instructionCount: Int,
    _ operands: UnsafePointer<Operands>, _ count: Int
  ) {
    let end = instructions + instructionCount
    var instruction = instructions
    var operands = operands
    func third() -> UnsafePointer<Double> { UnsafePointer(operands.pointee.c) }
    while instruction < end {
      let z = operands.pointee.destination
      let x = UnsafePointer(operands.pointee.a)
      let y = UnsafePointer(operands.pointee.b)
      switch instruction.pointee.opcode {
      case .copy: Copy<L>().sweep(x, into: z, count: count)
      case .add: Sum<L>().sweep(x, y, into: z, count: count)
      case .subtract: Difference<L>().sweep(x, y, into: z, count: count)
      case .multiply: Product<L>().sweep(x, y, into: z, count: count)
      case .divide: Quotient<L>().sweep(x, y, into: z, count: count)

      case .multiplyAdd: ProductPlus<L>().sweep(x, y, third(), into: z, count: count)
      case .multiplySubtract: ProductMinus<L>().sweep(x, y, third(), into: z, count: count)
      case .subtractProduct: MinusProduct<L>().sweep(x, y, third(), into: z, count: count)
      case .multiplyThree: ProductOfThree<L>().sweep(x, y, third(), into: z, count: count)
      case .scaleProduct:
        ScaledProduct(scale: L(broadcast: instruction.pointee.scale)).sweep(x, y, into: z, count: count)
      case .multiplyAffine: AffineProduct(affine: Affine<L>(instruction)).sweep(x, y, into: z, count: count)
      case .multiplyAddConstant:
        ProductPlusConstant(offset: L(broadcast: instruction.pointee.offset)).sweep(x, y, into: z, count: count)
      case .scaleAdd:
        ScaledPlus(scale: L(broadcast: instruction.pointee.scale)).sweep(x, y, into: z, count: count)
      case .scaleSubtract:
        ScaledMinus(scale: L(broadcast: instruction.pointee.scale)).sweep(x, y, into: z, count: count)
      case .scale: Scaled(scale: L(broadcast: instruction.pointee.scale)).sweep(x, into: z, count: count)
      case .affine: Affine<L>(instruction).sweep(x, into: z, count: count)
      case .affineQuotient: AffineQuotient<L>(instruction).sweep(x, into: z, count: count)
      case .constantQuotient:
        ConstantQuotient(dividend: L(broadcast: instruction.pointee.factor)).sweep(x, into: z, count: count)
      case .quotientOfAffine:
        QuotientOfAffine(dividend: L(broadcast: instruction.pointee.factor), affine: Affine<L>(instruction))
          .sweep(x, into: z, count: count)

      case .minimum: Minimum<L>().sweep(x, y, into: z, count: count)
      case .maximum: Maximum<L>().sweep(x, y, into: z, count: count)
      case .clamp: Clamp<L>(instruction).sweep(x, into: z, count: count)
      case .isPositive: IsPositive<L>().sweep(x, into: z, count: count)
      case .isNotNegative: IsNotNegative<L>().sweep(x, into: z, count: count)
      case .select: Selection<L>().sweep(x, y, third(), into: z, count: count)
      case .floor: Floor<L>().sweep(x, into: z, count: count)

      case .exponential: ExponentialOperation<Affine<L>>(instruction).sweepFast(x, into: z, count: count)
      case .exponentialOfQuotient:
        ExponentialOperation<AffineQuotient<L>>(instruction).sweepFast(x, into: z, count: count)
      case .bernoulli: BernoulliOperation<Affine<L>>(instruction).sweepFast(x, into: z, count: count)
      case .bernoulliOfQuotient:
        BernoulliOperation<AffineQuotient<L>>(instruction).sweepFast(x, into: z, count: count)
      case .bernoulliDerivative: BernoulliDerivativeOperation<Affine<L>>(instruction).sweep(x, into: z, count: count)
      case .bernoulliDerivativeOfQuotient:
        BernoulliDerivativeOperation<AffineQuotient<L>>(instruction).sweep(x, into: z, count: count)
      case .bernoulliSecondDerivative: BernoulliSecondDerivativeOperation<L>().sweep(x, into: z, count: count)
      case .exponentialMinusOne: ExponentialMinusOne<L>().sweep(x, into: z, count: count)
      case .exprel: Exprel<L>().sweep(x, into: z, count: count)
      case .exprelDerivative: ExprelDerivative<L>().sweep(x, into: z, count: count)
      case .exprelSecondDerivative: ExprelSecondDerivative<L>().sweep(x, into: z, count: count)

      case .squareRoot: vector_sqrt(x, z, count)
      case .logarithm: vector_log(x, z, count)
      case .logarithmOnePlus: vector_log1p(x, z, count)
      case .logarithm10: vector_log10(x, z, count)
      case .sine: vector_sin(x, z, count)
      case .cosine: vector_cos(x, z, count)
      case .tangent: vector_tan(x, z, count)
      case .arcSine: vector_asin(x, z, count)
      case .arcCosine: vector_acos(x, z, count)
      case .arcTangent: vector_atan(x, z, count)
      case .hyperbolicSine: vector_sinh(x, z, count)
      case .hyperbolicCosine: vector_cosh(x, z, count)
      case .hyperbolicTangent: vector_tanh(x, z, count)
      case .inverseHyperbolicSine: vector_asinh(x, z, count)
      case .inverseHyperbolicCosine: vector_acosh(x, z, count)
      case .inverseHyperbolicTangent: vector_atanh(x, z, count)
      case .power: vector_pow(x, y, z, count)
      case .arcTangent2: vector_atan2(x, y, z, count)
      }
      instruction += 1
      operands += 1
    }
  }
}
