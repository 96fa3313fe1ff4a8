/// A node of one `ExpressionGraph`; equal operations have equal ids.
package struct NodeID: Hashable, Sendable {
  package var index: Int32

  package init(index: Int32) {
    self.index = index
  }
}

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
  /// Work on parameters alone, done once per instance (`ParameterHoisting`).
  case derived(Int)
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
  /// 1 where x > 0, else 0 (1 where x >= 0 for `isNotNegative`): only where the result is constant in a run.
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
}

/// A hash-consed directed acyclic graph of operations; operands always precede their users.
///
/// Inserting folds constants and applies the identities that hold for every finite operand (`Simplifier`).
package struct ExpressionGraph: Sendable {
  package private(set) var operations: [Operation] = []
  private var ids: [Operation: NodeID] = [:]

  package init() {}

  package subscript(id: NodeID) -> Operation { operations[Int(id.index)] }

  /// The node of `operation` exactly as given, shared with any equal one.
  package mutating func intern(_ operation: Operation) -> NodeID {
    if let id = ids[operation] { return id }
    let id = NodeID(index: Int32(operations.count))
    operations.append(operation)
    ids[operation] = id
    return id
  }

  /// The node of `operation` after simplification.
  package mutating func insert(_ operation: Operation) -> NodeID {
    intern(operation)  // contract: Simplifier.swift
  }

  package mutating func constant(_ value: Double) -> NodeID { intern(.constant(value.bitPattern)) }
  package mutating func leaf(_ leaf: Leaf) -> NodeID { intern(.leaf(leaf)) }

  /// The value of a constant node.
  package func constantValue(of id: NodeID) -> Double? {
    if case .constant(let bits) = self[id] { Double(bitPattern: bits) } else { nil }
  }
}
