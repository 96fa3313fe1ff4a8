/// Simplification on insertion.
///
/// Constants are folded by the very functions that evaluate them, so NaN and infinity come out as they would at run
/// time. The identities hold for every finite operand (and non-zero divisor): x*0 is 0 although infinity*0 is not, since
/// a running quantity that is infinite is a fault reported elsewhere. None changes a result by more than a rounding:
/// sums are never regrouped, and x/c becomes a product only where 1/c is exact.
extension ExpressionGraph {
  /// The node of `operation` after simplification.
  package mutating func insert(_ operation: Operation) -> NodeID {
    switch operation {
    case .constant, .leaf: intern(operation)
    case .unary(let function, let x): unary(function, x)
    case .binary(.add, let x, let y): sum(x, y)
    case .binary(.subtract, let x, let y): difference(x, y)
    case .binary(.multiply, let x, let y): product(x, y)
    case .binary(.divide, let x, let y): quotient(x, y)
    case .binary(.power, let x, let y): realPower(x, y)
    case .binary(let function, let x, let y): binary(function, x, y)
    case .integerPower(let x, let n): integerPower(x, n)
    case .select(let condition, let then, let otherwise): choice(condition, then, otherwise)
    }
  }

  // MARK: Functions of one operand

  private mutating func unary(_ function: UnaryFunction, _ x: NodeID) -> NodeID {
    if let value = constantValue(of: x) { return constant(function.value(value)) }
    return function == .negate ? negation(x) : intern(.unary(function, x))
  }

  private mutating func negation(_ x: NodeID) -> NodeID {
    switch self[x] {
    case .unary(.negate, let y):
      return y
    case .binary(.subtract, let y, let z):
      return difference(z, y)
    case .binary(.add, let y, let z):
      if let offset = constantValue(of: z) { return difference(constant(-offset), y) }
    case .binary(.multiply, let y, let z):
      if let factor = constantValue(of: z) { return product(y, constant(-factor)) }
    case .binary(.divide, let y, let z):
      if let numerator = constantValue(of: y) { return quotient(constant(-numerator), z) }
    default:
      break
    }
    return intern(.unary(.negate, x))
  }

  // MARK: Sums

  private mutating func sum(_ x: NodeID, _ y: NodeID) -> NodeID {
    if let left = constantValue(of: x), let right = constantValue(of: y) { return constant(left + right) }
    if constantValue(of: x) == 0 { return y }
    if constantValue(of: y) == 0 { return x }
    if case .unary(.negate, let z) = self[y] { return difference(x, z) }
    if case .unary(.negate, let z) = self[x] { return difference(y, z) }
    if x == y { return product(x, constant(2)) }
    return commutative(.add, x, y)
  }

  private mutating func difference(_ x: NodeID, _ y: NodeID) -> NodeID {
    if let right = constantValue(of: y) {
      if let left = constantValue(of: x) { return constant(left - right) }
      return sum(x, constant(-right))
    }
    if constantValue(of: x) == 0 { return unary(.negate, y) }
    if x == y { return constant(0) }
    if case .unary(.negate, let z) = self[y] { return sum(x, z) }
    if case .unary(.negate, let z) = self[x] { return unary(.negate, sum(z, y)) }
    return intern(.binary(.subtract, x, y))
  }

  // MARK: Products

  private mutating func product(_ x: NodeID, _ y: NodeID) -> NodeID {
    if let left = constantValue(of: x) {
      if let right = constantValue(of: y) { return constant(left * right) }
      return scaled(y, by: left)
    }
    if let right = constantValue(of: y) { return scaled(x, by: right) }
    if case .unary(.negate, let z) = self[x] { return unary(.negate, product(z, y)) }
    if case .unary(.negate, let z) = self[y] { return unary(.negate, product(x, z)) }
    let (left, right) = (powerForm(of: x), powerForm(of: y))
    if left.base == right.base, (left.exponent > 0) == (right.exponent > 0),
      abs(left.exponent + right.exponent) <= Operation.largestIntegerPower
    {
      return integerPower(left.base, left.exponent + right.exponent)
    }
    return commutative(.multiply, x, y)
  }

  private mutating func scaled(_ x: NodeID, by factor: Double) -> NodeID {
    if factor == 0 { return constant(0) }
    if factor == 1 { return x }
    if factor == -1 { return unary(.negate, x) }
    switch self[x] {
    case .unary(.negate, let y):
      return scaled(y, by: -factor)
    case .binary(.multiply, let y, let z):
      // Two constants in a row become one unless their product leaves the range in which it is accurate.
      if let inner = constantValue(of: z), (inner * factor).isNormal { return scaled(y, by: inner * factor) }
    default:
      break
    }
    return commutative(.multiply, x, constant(factor))
  }

  private mutating func quotient(_ x: NodeID, _ y: NodeID) -> NodeID {
    if let divisor = constantValue(of: y) {
      if let dividend = constantValue(of: x) { return constant(dividend / divisor) }
      if divisor.isNormal, divisor.significand == 1, (1 / divisor).isNormal { return scaled(x, by: 1 / divisor) }
    } else if let dividend = constantValue(of: x) {
      if dividend == 0 { return constant(0) }
      if dividend == 1 { return intern(.unary(.reciprocal, y)) }
    }
    if case .unary(.negate, let z) = self[x] { return unary(.negate, quotient(z, y)) }
    if case .unary(.negate, let z) = self[y] { return unary(.negate, quotient(x, z)) }
    return intern(.binary(.divide, x, y))
  }

  // MARK: Powers

  private mutating func realPower(_ x: NodeID, _ y: NodeID) -> NodeID {
    if let exponent = constantValue(of: y) {
      if let base = constantValue(of: x) { return constant(BinaryFunction.power.value(base, exponent)) }
      if exponent == 0.5 { return unary(.squareRoot, x) }
      if let n = Int32(exactly: exponent), abs(n) <= Operation.largestIntegerPower { return integerPower(x, n) }
    }
    if constantValue(of: x) == 1 { return x }
    return intern(.binary(.power, x, y))
  }

  private mutating func integerPower(_ x: NodeID, _ n: Int32) -> NodeID {
    if n == 0 { return constant(1) }
    if n == 1 { return x }
    if let base = constantValue(of: x) { return constant(Operation.integerPower(base, n)) }
    if n == -1 { return intern(.unary(.reciprocal, x)) }
    switch self[x] {
    case .unary(.negate, let y):
      let power = integerPower(y, n)
      return n.isMultiple(of: 2) ? power : unary(.negate, power)
    case .integerPower(let y, let m):
      let (exponent, overflow) = m.multipliedReportingOverflow(by: n)
      if !overflow, abs(exponent) <= Operation.largestIntegerPower { return integerPower(y, exponent) }
    default:
      break
    }
    return intern(.integerPower(x, n))
  }

  private func powerForm(of x: NodeID) -> (base: NodeID, exponent: Int32) {
    if case .integerPower(let base, let n) = self[x] { (base, n) } else { (x, 1) }
  }

  // MARK: Choices

  private mutating func choice(_ condition: NodeID, _ then: NodeID, _ otherwise: NodeID) -> NodeID {
    if let value = constantValue(of: condition) { return value != 0 ? then : otherwise }
    if then == otherwise { return then }
    if isTruthValue(condition), constantValue(of: then) == 1, constantValue(of: otherwise) == 0 { return condition }
    // A negated condition, made by `not`: exchange the branches instead.
    if case .select(let inner, let yes, let no) = self[condition], constantValue(of: yes) == 0,
      let value = constantValue(of: no), value != 0
    {
      return choice(inner, otherwise, then)
    }
    var (then, otherwise) = (then, otherwise)
    if case .select(condition, let inner, _) = self[then] { then = inner }
    if case .select(condition, _, let inner) = self[otherwise] { otherwise = inner }
    if then == otherwise { return then }
    return intern(.select(condition: condition, then: then, otherwise: otherwise))
  }

  // MARK: Other binary functions

  private mutating func binary(_ function: BinaryFunction, _ x: NodeID, _ y: NodeID) -> NodeID {
    if let left = constantValue(of: x), let right = constantValue(of: y) {
      return constant(function.value(left, right))
    }
    switch function {
    case .minimum, .maximum: return x == y ? x : commutative(function, x, y)
    default: return intern(.binary(function, x, y))
    }
  }

  /// Operands in one order whatever order they were written in: older first, constants last.
  private mutating func commutative(_ function: BinaryFunction, _ x: NodeID, _ y: NodeID) -> NodeID {
    let exchanged = constantValue(of: x) != nil || (constantValue(of: y) == nil && y.index < x.index)
    return exchanged ? intern(.binary(function, y, x)) : intern(.binary(function, x, y))
  }
}
