/// Symbolic differentiation by the chain rule, node by node from the leaves up.
///
/// Every node's derivative by a leaf is made once and remembered, so the derivatives of many roots share their work.
extension ExpressionGraph {
  /// The exact partial derivative of `root` by `leaf`, all other leaves fixed; `constant(0)` where it does not depend.
  ///
  /// A choice has the derivative of the chosen branch: modes and conditions are fixed inside a step.
  package mutating func derivative(of root: NodeID, by leaf: Leaf) -> NodeID {
    guard contains(.leaf(leaf)) else { return constant(0) }
    // Taken out of the graph while it grows, so that neither is copied.
    var known = derivatives.removeValue(forKey: leaf) ?? NodeTable()
    for id in reachable(from: [root], isKnown: { known[$0] != nil }) {
      known[id] = derivative(of: id, by: leaf, known)
    }
    let result = known[root] ?? constant(0)
    derivatives[leaf] = known
    return result
  }

  private mutating func derivative(of id: NodeID, by leaf: Leaf, _ known: NodeTable<NodeID>) -> NodeID {
    let zero = constant(0)
    func slope(_ operand: NodeID) -> NodeID { known[operand] ?? zero }
    switch self[id] {
    case .constant:
      return zero
    case .leaf(let other):
      return constant(other == leaf ? 1 : 0)
    case .unary(let function, let x):
      let dx = slope(x)
      return dx == zero ? zero : chain(function, x, value: id, dx)
    case .binary(let function, let x, let y):
      let (dx, dy) = (slope(x), slope(y))
      return dx == zero && dy == zero ? zero : chain(function, x, y, value: id, dx, dy)
    case .integerPower(let x, let n):
      let dx = slope(x)
      if dx == zero { return zero }
      return multiply(multiply(power(x, n - 1), Double(n)), dx)
    case .select(let condition, let then, let otherwise):
      return select(condition, slope(then), slope(otherwise))
    }
  }

  /// f'(x) dx, with f(x) = `value` where the rule can use it.
  private mutating func chain(_ function: UnaryFunction, _ x: NodeID, value: NodeID, _ dx: NodeID) -> NodeID {
    switch function {
    case .negate:
      return negate(dx)
    case .reciprocal:
      return negate(multiply(power(value, 2), dx))
    case .squareRoot:
      return divide(dx, multiply(value, 2))
    case .exponential:
      return multiply(value, dx)
    case .exponentialMinusOne:
      return multiply(apply(.exponential, x), dx)
    case .logarithm:
      return divide(dx, x)
    case .logarithmOnePlus:
      return divide(dx, add(x, 1))
    case .logarithm10:
      return divide(dx, multiply(x, 2.302585092994046))
    case .sine:
      return multiply(apply(.cosine, x), dx)
    case .cosine:
      return negate(multiply(apply(.sine, x), dx))
    case .tangent:
      return multiply(add(power(value, 2), 1), dx)
    case .arcSine:
      return divide(dx, apply(.squareRoot, oneMinusSquare(x)))
    case .arcCosine:
      return negate(divide(dx, apply(.squareRoot, oneMinusSquare(x))))
    case .arcTangent:
      return divide(dx, add(power(x, 2), 1))
    case .hyperbolicSine:
      return multiply(apply(.hyperbolicCosine, x), dx)
    case .hyperbolicCosine:
      return multiply(apply(.hyperbolicSine, x), dx)
    case .hyperbolicTangent:
      return multiply(oneMinusSquare(value), dx)
    case .inverseHyperbolicSine:
      return divide(dx, apply(.squareRoot, add(power(x, 2), 1)))
    case .inverseHyperbolicCosine:
      return divide(dx, apply(.squareRoot, add(power(x, 2), -1)))
    case .inverseHyperbolicTangent:
      return divide(dx, oneMinusSquare(x))
    case .floor, .isPositive, .isNotNegative:
      return constant(0)
    case .exprel:
      return multiply(apply(.exprelDerivative, x), dx)
    case .exprelDerivative:
      return multiply(apply(.exprelSecondDerivative, x), dx)
    case .exprelSecondDerivative:
      return multiply(exprelThirdDerivative(x, second: value), dx)
    case .bernoulli:
      return multiply(apply(.bernoulliDerivative, x), dx)
    case .bernoulliDerivative:
      return multiply(apply(.bernoulliSecondDerivative, x), dx)
    case .bernoulliSecondDerivative:
      return multiply(bernoulliThirdDerivative(x, second: value), dx)
    }
  }

  /// The total derivative of f(x, y) = `value`.
  private mutating func chain(
    _ function: BinaryFunction, _ x: NodeID, _ y: NodeID, value: NodeID, _ dx: NodeID, _ dy: NodeID
  ) -> NodeID {
    let zero = constant(0)
    switch function {
    case .add:
      return add(dx, dy)
    case .subtract:
      return subtract(dx, dy)
    case .multiply:
      return add(multiply(dx, y), multiply(x, dy))
    case .divide:
      // (dx - value dy)/y
      if dy == zero { return divide(dx, y) }
      if dx == zero { return negate(divide(multiply(value, dy), y)) }
      return divide(subtract(dx, multiply(value, dy)), y)
    case .power:
      // y x**(y-1) dx + x**y ln(x) dy; the second term goes to 0 with x.
      let less = insert(.binary(.power, x, add(y, -1)))
      let first = dx == zero ? zero : multiply(multiply(y, less), dx)
      if dy == zero { return first }
      let growth = multiply(value, apply(.logarithm, x))
      let second = multiply(select(apply(.isPositive, x), growth, zero), dy)
      return add(first, second)
    case .arcTangent2:
      let squares = add(power(x, 2), power(y, 2))
      return divide(subtract(multiply(y, dx), multiply(x, dy)), squares)
    case .minimum:
      return select(apply(.isPositive, subtract(x, y)), dy, dx)
    case .maximum:
      return select(apply(.isPositive, subtract(y, x)), dy, dx)
    }
  }

  private mutating func oneMinusSquare(_ x: NodeID) -> NodeID { subtract(constant(1), power(x, 2)) }

  /// From 3 E'' + x E''' = exp(x), E = exprel; Taylor's series for |x| < 1.
  private mutating func exprelThirdDerivative(_ x: NodeID, second: NodeID) -> NodeID {
    let away = divide(subtract(apply(.exponential, x), multiply(second, 3)), x)
    // k (k-1) (k-2)/(k+1)! from k = 3; the term beyond the last is 1e-20.
    var coefficients: [Double] = []
    var factorial = 24.0
    for k in 3...22 {
      coefficients.append(Double(k * (k - 1) * (k - 2)) / factorial)
      factorial *= Double(k + 2)
    }
    return nearZero(x, polynomial(coefficients, x), away)
  }

  /// From x B''' + B'' = -2 B'^2 - 2 B B'' - 2 B' - x B'', B = bernoulli; Taylor's series for |x| < 1.
  private mutating func bernoulliThirdDerivative(_ x: NodeID, second: NodeID) -> NodeID {
    let value = apply(.bernoulli, x)
    let first = apply(.bernoulliDerivative, x)
    let products = multiply(add(add(multiply(value, second), power(first, 2)), first), 2)
    let away = negate(divide(add(products, multiply(add(x, 1), second)), x))
    // B(2k)/(2k-3)! from k = 2, B(2k) Bernoulli's numbers.
    let coefficients = [
      -0.03333333333333333, 0.003968253968253968, -0.0002777777777777778, 1.5031265031265032e-05,
      -6.975130983067491e-07, 2.9227459783015337e-08, -1.138932579564388e-09, 4.2037359827536324e-11,
      -1.4876101898137143e-12, 5.090318613404852e-14, -1.694630191445073e-15, 5.514142981821969e-17,
    ]
    return nearZero(x, multiply(x, polynomial(coefficients, power(x, 2))), away)
  }

  private mutating func nearZero(_ x: NodeID, _ series: NodeID, _ away: NodeID) -> NodeID {
    select(apply(.isPositive, subtract(constant(1), power(x, 2))), series, away)
  }

  /// Horner's scheme, constant term first.
  private mutating func polynomial(_ coefficients: [Double], _ x: NodeID) -> NodeID {
    var result = constant(0)
    for coefficient in coefficients.reversed() {
      result = add(multiply(result, x), coefficient)
    }
    return result
  }
}
