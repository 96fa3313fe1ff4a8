/// u/(exp(u) - 1), u/(1 - exp(-u)) and their reciprocals are 0/0 at u = 0, where a rate constant of an ion channel is
/// perfectly smooth. In a product with a factor k u and a factor p (exp(u) - 1) on opposite sides of the fraction bar
/// both give way to Bernoulli's function or to exprel times a constant.
extension ExpressionGraph {
  /// Rewrites every such pair in `form`; false if there is none.
  mutating func removeSingularities(of form: inout ProductForm) -> Bool {
    var found = false
    // Denominators p (exp(u) - 1): k u/(p (exp(u) - 1)) = k/p bernoulli(u).
    var index = 0
    while index < form.denominators.count {
      guard let exponential = exponentialMinusOne(form.denominators[index]),
        let (place, multiple) = firstMultiple(of: exponential.argument, in: form.numerators)
      else {
        index += 1
        continue
      }
      form.denominators.remove(at: index)
      form.replaceNumerator(at: place, by: multiple.rest)
      form.numerators += [apply(.bernoulli, exponential.argument), multiple.factor]
      form.denominators.append(constant(exponential.factor))
      found = true
    }
    // Numerators p (exp(u) - 1) above k u: p/k exprel(u).
    index = 0
    while index < form.numerators.count {
      guard let exponential = exponentialMinusOne(form.numerators[index]),
        let (place, multiple) = firstMultiple(of: exponential.argument, in: form.denominators)
      else {
        index += 1
        continue
      }
      form.numerators.remove(at: index)
      form.replaceDenominator(at: place, by: multiple.rest)
      form.numerators += [apply(.exprel, exponential.argument), constant(exponential.factor)]
      form.denominators.append(multiple.factor)
      found = true
    }
    return found
  }

  // MARK: exp(u) - 1

  /// p and running u where `id` is p (exp(u) - 1), written in whatever order.
  private mutating func exponentialMinusOne(_ id: NodeID) -> (factor: Double, argument: NodeID)? {
    switch self[id] {
    case .unary(.exponentialMinusOne, let u):
      return isRunning(u) ? (1, u) : nil
    case .binary(.add, let x, let y):
      guard let offset = constantValue(of: y), let (factor, u) = exponential(x), factor == -offset else { return nil }
      return (factor, u)
    case .binary(.subtract, let x, let y):
      guard let offset = constantValue(of: x), let (factor, u) = exponential(y), factor == offset else { return nil }
      return (-factor, u)
    default:
      return nil
    }
  }

  /// p and running u where `id` is p exp(u), p not 0.
  private mutating func exponential(_ id: NodeID) -> (factor: Double, argument: NodeID)? {
    switch self[id] {
    case .unary(.exponential, let u):
      return isRunning(u) ? (1, u) : nil
    case .unary(.reciprocal, let x):
      guard case .unary(.exponential, let u) = self[x], isRunning(u) else { return nil }
      return (1, negate(u))
    case .binary(.multiply, let x, let y):
      guard case .unary(.exponential, let u) = self[x], isRunning(u), let p = constantValue(of: y) else { return nil }
      return (p, u)
    case .binary(.divide, let x, let y):
      guard case .unary(.exponential, let u) = self[y], isRunning(u), let p = constantValue(of: x) else { return nil }
      return (p, negate(u))
    default:
      return nil
    }
  }

  // MARK: Multiples of u

  /// What is left of a factor f = k u `rest`: k, fixed in a run, and `rest` (nil for nothing).
  private struct Multiple {
    var factor: NodeID
    var rest: NodeID?
  }

  private mutating func firstMultiple(of u: NodeID, in factors: [NodeID]) -> (Int, Multiple)? {
    for (place, factor) in factors.enumerated() where isRunning(factor) {
      if let k = ratio(factor, u) { return (place, Multiple(factor: k)) }
      // (k u)**n above exp(u) - 1 keeps (k u)**(n - 1).
      if case .integerPower(let base, let n) = self[factor], n > 1, let k = ratio(base, u) {
        return (place, Multiple(factor: k, rest: power(base, n - 1)))
      }
    }
    return nil
  }

  /// x/u where that is fixed in a run.
  private mutating func ratio(_ x: NodeID, _ u: NodeID) -> NodeID? {
    if x == u { return constant(1) }
    if let ratio = coreRatio(x, u) { return ratio }
    guard let left = AffineSum(x, in: &self), let right = AffineSum(u, in: &self) else { return nil }
    return left.ratio(to: right, in: &self)
  }

  /// x/u where both are the same node times something fixed.
  private mutating func coreRatio(_ x: NodeID, _ u: NodeID) -> NodeID? {
    guard let above = ProductForm([Factor(node: x)], in: self), let below = ProductForm([Factor(node: u)], in: self)
    else { return nil }
    let aboveRunning = above.numerators.filter(isRunning) == below.numerators.filter(isRunning)
    let belowRunning = above.denominators.filter(isRunning) == below.denominators.filter(isRunning)
    guard aboveRunning, belowRunning else { return nil }
    var result = constant(above.isNegative == below.isNegative ? 1 : -1)
    for node in (above.numerators + below.denominators) where !isRunning(node) { result = multiply(result, node) }
    for node in (above.denominators + below.numerators) where !isRunning(node) { result = divide(result, node) }
    return result
  }
}

extension ProductForm {
  fileprivate mutating func replaceNumerator(at place: Int, by rest: NodeID?) {
    numerators.remove(at: place)
    if let rest { numerators.append(rest) }
  }

  fileprivate mutating func replaceDenominator(at place: Int, by rest: NodeID?) {
    denominators.remove(at: place)
    if let rest { denominators.append(rest) }
  }
}
