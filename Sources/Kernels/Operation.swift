/// A quantity that enters a graph from outside.
package enum Leaf: Hashable, Sendable {
  /// s.
  case time
  /// Constant during a run, one value per instance.
  case parameter(Int)
  /// A running quantity of the device (branch voltage, current, signal, state, ...), by its place in the model's list.
  case variable(Int)
  /// The time derivative of `variable`.
  case rate(Int)
  /// A stored mode of guard k: 1 where its comparison holds, else 0; frozen inside a step.
  case mode(Int)
  /// Discrete memory, changed only by events.
  case memory(Int)
  /// A random number that an event draws.
  case draw(Int)
  /// Work on parameters alone, done once per instance (`ParameterHoisting`).
  case derived(Int)

  /// Whether it can change during a run.
  package var isRunning: Bool {
    switch self {
    case .parameter, .derived: false
    case .time, .variable, .rate, .mode, .memory, .draw: true
    }
  }

  /// Its kind, 0 to 7, and its place among those of the kind.
  package var key: (kind: Int, place: Int) {
    switch self {
    case .time: (0, 0)
    case .parameter(let place): (1, place)
    case .variable(let place): (2, place)
    case .rate(let place): (3, place)
    case .mode(let place): (4, place)
    case .memory(let place): (5, place)
    case .draw(let place): (6, place)
    case .derived(let place): (7, place)
    }
  }
}

package enum UnaryFunction: UInt8, Hashable, Sendable, CaseIterable {
  case negate, reciprocal, squareRoot
  case exponential, exponentialMinusOne, logarithm, logarithmOnePlus, logarithm10
  case sine, cosine, tangent, arcSine, arcCosine, arcTangent
  case hyperbolicSine, hyperbolicCosine, hyperbolicTangent
  case inverseHyperbolicSine, inverseHyperbolicCosine, inverseHyperbolicTangent
  /// Largest integer not above; its derivative is 0. Running comparisons make modes instead (see `Lowering`).
  case floor
  /// (exp(x) - 1)/x, 1 at 0, and its first, second derivatives, by series near 0.
  case exprel, exprelDerivative, exprelSecondDerivative
  /// x/(exp(x) - 1), 1 at 0 (Bernoulli's function), and its first, second derivatives, by series near 0.
  case bernoulli, bernoulliDerivative, bernoulliSecondDerivative
  /// 1 where x > 0, else 0 (1 where x >= 0 for `isNotNegative`): only where the result is constant in a run, or where
  /// it chooses between two formulas of one smooth function.
  case isPositive, isNotNegative
}

package enum BinaryFunction: UInt8, Hashable, Sendable, CaseIterable {
  case add, subtract, multiply, divide
  /// x**y of mathematics: a negative base with a non-integer exponent is NaN, a domain fault.
  case power
  case arcTangent2
  case minimum, maximum
}

package enum Operation: Hashable, Sendable {
  /// The value's bit pattern, so that equality is exact and NaN equals itself.
  case constant(UInt64)
  case leaf(Leaf)
  case unary(UnaryFunction, NodeID)
  case binary(BinaryFunction, NodeID, NodeID)
  /// x**n for an integer n (|n| <= 64), by repeated multiplication.
  case integerPower(NodeID, Int32)
  /// `then` where `condition` is not 0, else `otherwise`: value, derivative and faults of the chosen branch alone.
  case select(condition: NodeID, then: NodeID, otherwise: NodeID)

  /// Largest |n| of `integerPower`.
  package static let largestIntegerPower: Int32 = 64

  /// Calls `body` with every operand, in order.
  package func forEachOperand(_ body: (NodeID) -> Void) {
    switch self {
    case .constant, .leaf:
      break
    case .unary(_, let x), .integerPower(let x, _):
      body(x)
    case .binary(_, let x, let y):
      body(x)
      body(y)
    case .select(let condition, let then, let otherwise):
      body(condition)
      body(then)
      body(otherwise)
    }
  }

  /// The same operation on other operands.
  package func mapOperands(_ transform: (NodeID) -> NodeID) -> Operation {
    switch self {
    case .constant, .leaf: self
    case .unary(let function, let x): .unary(function, transform(x))
    case .binary(let function, let x, let y): .binary(function, transform(x), transform(y))
    case .integerPower(let x, let n): .integerPower(transform(x), n)
    case .select(let condition, let then, let otherwise):
      .select(condition: transform(condition), then: transform(then), otherwise: transform(otherwise))
    }
  }
}
