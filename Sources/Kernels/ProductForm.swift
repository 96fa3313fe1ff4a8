/// One factor of a product as written, or, as a divisor, of its denominator.
struct Factor {
  var node: NodeID
  var isDivisor = false
}

/// A product taken apart: (-1 if `isNegative`) * numerators / denominators, none of them a product or quotient itself.
struct ProductForm {
  var numerators: [NodeID] = []
  var denominators: [NodeID] = []
  var isNegative = false

  /// Longer products are not taken apart: nobody prints them, and the search would be slow.
  private static let longest = 64

  /// nil for a product of too many factors.
  init?(_ factors: [Factor], in graph: ExpressionGraph) {
    var stack = Array(factors.reversed())
    while let factor = stack.popLast() {
      guard numerators.count + denominators.count + stack.count < Self.longest else { return nil }
      switch graph[factor.node] {
      case .unary(.negate, let x):
        isNegative.toggle()
        stack.append(Factor(node: x, isDivisor: factor.isDivisor))
      case .unary(.reciprocal, let x):
        stack.append(Factor(node: x, isDivisor: !factor.isDivisor))
      case .binary(.multiply, let x, let y):
        stack.append(Factor(node: y, isDivisor: factor.isDivisor))
        stack.append(Factor(node: x, isDivisor: factor.isDivisor))
      case .binary(.divide, let x, let y):
        stack.append(Factor(node: y, isDivisor: !factor.isDivisor))
        stack.append(Factor(node: x, isDivisor: factor.isDivisor))
      case .constant, .leaf, .unary, .binary, .integerPower, .select:
        if factor.isDivisor { denominators.append(factor.node) } else { numerators.append(factor.node) }
      }
    }
  }
}

extension ExpressionGraph {
  /// The product of `factors` in the order written, with removable singularities removed.
  ///
  /// Where parameters take part, they and the constants are multiplied first: that is done once per instance
  /// (`ParameterHoisting`).
  mutating func product(of factors: [Factor]) -> NodeID {
    guard var form = ProductForm(factors, in: self) else { return productAsWritten(factors) }
    if removeSingularities(of: &form) {
      let numerators = form.numerators.map { Factor(node: $0) }
      let product = groupedProduct(numerators + form.denominators.map { Factor(node: $0, isDivisor: true) })
      return form.isNegative ? negate(product) : product
    }
    let fixed = factors.filter { !isRunning($0.node) }
    let isWorthGrouping =
      fixed.count > 1 && fixed.count < factors.count && fixed.contains { constantValue(of: $0.node) == nil }
    return isWorthGrouping ? groupedProduct(factors) : productAsWritten(factors)
  }

  private mutating func productAsWritten(_ factors: [Factor]) -> NodeID {
    var result: NodeID?
    for factor in factors {
      if let left = result {
        result = factor.isDivisor ? divide(left, factor.node) : multiply(left, factor.node)
      } else {
        result = factor.isDivisor ? divide(constant(1), factor.node) : factor.node
      }
    }
    return result ?? constant(1)
  }

  /// What is constant in a run, times what is not.
  private mutating func groupedProduct(_ factors: [Factor]) -> NodeID {
    let fixed = productAsWritten(numeratorsFirst(factors.filter { !isRunning($0.node) }))
    var running = numeratorsFirst(factors.filter { isRunning($0.node) })
    guard let first = running.first else { return fixed }
    if constantValue(of: fixed) != nil, let place = running.firstIndex(where: takesFactor) {
      running[place].node = multiply(running[place].node, fixed)
      return productAsWritten(running)
    }
    if first.isDivisor { return productAsWritten([Factor(node: fixed)] + running) }
    return multiply(fixed, productAsWritten(running))
  }

  /// Whether `factor` is an exponential, whose instruction multiplies it by a constant for nothing.
  private func takesFactor(_ factor: Factor) -> Bool {
    guard !factor.isDivisor, case .unary(let function, _) = self[factor.node] else { return false }
    return function == .bernoulli || function == .exponential
  }

  private func numeratorsFirst(_ factors: [Factor]) -> [Factor] {
    factors.filter { !$0.isDivisor } + factors.filter(\.isDivisor)
  }
}
