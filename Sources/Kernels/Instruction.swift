/// What one step of a `KernelProgram` does to every instance. a, b, c are its operands; `scale`, `offset`, `divisor`,
/// `factor` its immediate constants.
package enum Opcode: UInt8, Sendable, CaseIterable {
  /// a
  case copy
  /// a + b, a - b, a*b, a/b
  case add, subtract, multiply, divide
  /// a*b + c, a*b - c, c - a*b
  case multiplyAdd, multiplySubtract, subtractProduct
  /// a*b*c, a*b*scale
  case multiplyThree, scaleProduct
  /// (a*scale + offset)*b
  case multiplyAffine
  /// a*b + offset
  case multiplyAddConstant
  /// a*scale + b, a*scale - b
  case scaleAdd, scaleSubtract
  /// a*scale
  case scale
  /// a*scale + offset
  case affine
  /// (a*scale + offset)/divisor
  case affineQuotient
  /// factor/a, factor/(a*scale + offset)
  case constantQuotient, quotientOfAffine
  case squareRoot, floor, minimum, maximum, isPositive, isNotNegative
  /// a, but at least `scale`, and at most `offset`
  case clamp
  /// b where a is not 0, else c
  case select
  /// factor*f(a*scale + offset)
  case exponential, bernoulli, bernoulliDerivative
  /// factor*f((a*scale + offset)/divisor)
  case exponentialOfQuotient, bernoulliOfQuotient, bernoulliDerivativeOfQuotient
  case exponentialMinusOne, exprel, exprelDerivative, exprelSecondDerivative, bernoulliSecondDerivative
  case logarithm, logarithmOnePlus, logarithm10
  case sine, cosine, tangent, arcSine, arcCosine, arcTangent
  case hyperbolicSine, hyperbolicCosine, hyperbolicTangent
  case inverseHyperbolicSine, inverseHyperbolicCosine, inverseHyperbolicTangent
  /// a**b, atan2(a, b)
  case power, arcTangent2
}

/// One step of a `KernelProgram`: operands and destination are slots of the program.
package struct Instruction: Sendable {
  package var opcode: Opcode
  package var destination: Int32 = 0
  /// As many as it has operands; `none` for the others.
  package var a = none
  package var b = none
  package var c = none
  package var factor = 1.0
  package var scale = 1.0
  /// -0, the number that changes no other when added.
  package var offset = -0.0
  package var divisor = 1.0

  static let none: Int32 = -1

  init(_ opcode: Opcode) {
    self.opcode = opcode
  }
}
