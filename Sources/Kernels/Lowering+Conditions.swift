internal import Diagnostics
internal import Expressions

/// Comparisons and what follows from them. Truth is 1 and 0; `and`, `or`, `not` are choices between them.
///
/// A comparison of running quantities reads a stored mode, frozen inside a step, so that a step never sees both sides of
/// a kink; `guards` says when modes flip. What depends on parameters alone is decided by value, and so is what depends on
/// a random number, which an event draws and uses at one instant.
extension LoweringContext {
  /// 1 where `x` > 0, or >= 0 if `includesZero`.
  mutating func isPositive(_ x: NodeID, includesZero: Bool = false, _ range: SourceRange) -> NodeID {
    guard needsGuard(x) else { return graph.apply(includesZero ? .isNotNegative : .isPositive, x) }
    if let k = guards.firstIndex(where: { $0.argument == x && $0.includesZero == includesZero }) {
      return graph.leaf(.mode(k))
    }
    // x >= 0 is what -x > 0 is not.
    let opposite = graph.negate(x)
    if let k = guards.firstIndex(where: { $0.argument == opposite && $0.includesZero != includesZero }) {
      return negation(graph.leaf(.mode(k)))
    }
    guards.append(Guard(argument: x, includesZero: includesZero, range: range))
    return graph.leaf(.mode(guards.count - 1))
  }

  func needsGuard(_ x: NodeID) -> Bool {
    graph.isRunning(x) && !graph.leaves(of: [x]).contains { if case .draw = $0 { true } else { false } }
  }

  mutating func comparison(_ sign: BinaryOperator, _ x: NodeID, _ y: NodeID, _ range: SourceRange) -> NodeID {
    // Constants directly: the difference of two infinities would be NaN.
    if let left = graph.constantValue(of: x), let right = graph.constantValue(of: y) {
      return graph.constant(Self.holds(sign, left, right) ? 1 : 0)
    }
    // Of truth values the modes themselves tell: their difference jumps onto 0 and crosses it nowhere.
    if sign == .equal || sign == .notEqual, graph.isTruthValue(x), graph.isTruthValue(y) {
      let other = negation(y)
      return sign == .equal ? graph.select(x, y, other) : graph.select(x, other, y)
    }
    switch sign {
    case .less: return isPositive(graph.subtract(y, x), range)
    case .lessOrEqual: return isPositive(graph.subtract(y, x), includesZero: true, range)
    case .greater: return isPositive(graph.subtract(x, y), range)
    case .greaterOrEqual: return isPositive(graph.subtract(x, y), includesZero: true, range)
    case .equal: return isZero(graph.subtract(x, y), range)
    default: return negation(isZero(graph.subtract(x, y), range))
    }
  }

  private static func holds(_ sign: BinaryOperator, _ x: Double, _ y: Double) -> Bool {
    switch sign {
    case .less: x < y
    case .lessOrEqual: x <= y
    case .greater: x > y
    case .greaterOrEqual: x >= y
    case .equal: x == y
    default: x != y
    }
  }

  private mutating func isZero(_ x: NodeID, _ range: SourceRange) -> NodeID {
    if let value = graph.constantValue(of: x) { return graph.constant(value == 0 ? 1 : 0) }
    let notBelow = isPositive(x, includesZero: true, range)
    let notAbove = isPositive(graph.negate(x), includesZero: true, range)
    return graph.select(notBelow, notAbove, graph.constant(0))
  }

  // MARK: Truth values

  /// 1 where `x` is not 0, else 0; a truth value itself.
  mutating func truth(_ x: NodeID, _ range: SourceRange) -> NodeID {
    graph.isTruthValue(x) ? x : negation(isZero(x, range))
  }

  mutating func negation(_ truth: NodeID) -> NodeID {
    graph.select(truth, graph.constant(0), graph.constant(1))
  }

  // MARK: Choices

  mutating func lower(
    if condition: Expression, _ then: Expression, _ otherwise: Expression, at range: SourceRange,
    in scope: inout some LoweringScope
  ) -> NodeID {
    let condition = truth(lower(condition, in: &scope), condition.range)
    let known = graph.constantValue(of: condition)
    let yes = lower(then, ruledOut: known == 0, in: &scope)
    let no = lower(otherwise, ruledOut: known == 1, in: &scope)
    return graph.select(condition, yes, no)
  }

  /// `expression` in a place that a constant may rule out: names are checked all the same.
  mutating func lower(_ expression: Expression, ruledOut: Bool, in scope: inout some LoweringScope) -> NodeID {
    if ruledOut { ruledOutDepth += 1 }
    defer { if ruledOut { ruledOutDepth -= 1 } }
    return lower(expression, in: &scope)
  }

  mutating func absolute(_ x: NodeID, _ range: SourceRange) -> NodeID {
    graph.select(isPositive(x, includesZero: true, range), x, graph.negate(x))
  }

  mutating func minimum(_ x: NodeID, _ y: NodeID, _ range: SourceRange) -> NodeID {
    let difference = graph.subtract(y, x)
    if !needsGuard(difference) { return graph.insert(.binary(.minimum, x, y)) }
    return graph.select(isPositive(difference, range), x, y)
  }

  mutating func maximum(_ x: NodeID, _ y: NodeID, _ range: SourceRange) -> NodeID {
    let difference = graph.subtract(x, y)
    if !needsGuard(difference) { return graph.insert(.binary(.maximum, x, y)) }
    return graph.select(isPositive(difference, range), x, y)
  }

  /// `above` where `x` > 0, `below` where `x` < 0, `at` where it is 0.
  mutating func bySign(_ x: NodeID, below: Double, at: Double, above: Double, _ range: SourceRange) -> NodeID {
    let isAbove = isPositive(x, range)
    let isBelow = isPositive(graph.negate(x), range)
    let otherwise = graph.select(isBelow, graph.constant(below), graph.constant(at))
    return graph.select(isAbove, graph.constant(above), otherwise)
  }
}
