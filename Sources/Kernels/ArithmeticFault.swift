/// Why an operation has no finite value although its operands have.
package enum ArithmeticFault: Sendable {
  case divisionByZero
  case rootOfNegative
  case logarithmOfNonpositive
  case powerOfNegative
  /// An inverse function of a number that it never takes.
  case inverseOutOfRange
  case overflow

  fileprivate init(_ operation: Operation, _ value: (NodeID) -> Double) {
    self =
      switch operation {
      case .unary(.reciprocal, let x) where value(x) == 0: .divisionByZero
      case .binary(.divide, _, let y) where value(y) == 0: .divisionByZero
      case .integerPower(let x, let n) where n < 0 && value(x) == 0: .divisionByZero
      case .binary(.power, let x, let y) where value(x) == 0 && value(y) < 0: .divisionByZero
      case .binary(.power, let x, _) where value(x) < 0: .powerOfNegative
      case .unary(.squareRoot, _): .rootOfNegative
      case .unary(.logarithm, _), .unary(.logarithm10, _), .unary(.logarithmOnePlus, _): .logarithmOfNonpositive
      case .unary(.arcSine, _), .unary(.arcCosine, _), .unary(.inverseHyperbolicCosine, _),
        .unary(.inverseHyperbolicTangent, _):
        .inverseOutOfRange
      default: .overflow
      }
  }
}

extension ExpressionGraph {
  /// The first operation below `roots` without a finite value whose operands have one; branches not chosen are no
  /// faults. Nil where there is none, or a leaf itself is not finite.
  package func firstFault(below roots: [NodeID], leaves: (Leaf) -> Double) -> (node: NodeID, fault: ArithmeticFault)? {
    let nodes = reachable(from: roots)
    let values = Dictionary(uniqueKeysWithValues: zip(nodes, self.values(of: nodes, leaves: leaves)))
    func value(_ node: NodeID) -> Double { values[node] ?? .nan }
    var isRead = Set(roots)
    for node in nodes.reversed() where isRead.contains(node) {
      if case .select(let condition, let then, let otherwise) = self[node] {
        isRead.formUnion([condition, value(condition) != 0 ? then : otherwise])
      } else {
        self[node].forEachOperand { isRead.insert($0) }
      }
    }
    for node in nodes where isRead.contains(node) && !value(node).isFinite {
      switch self[node] {
      case .leaf, .constant: return nil
      // Its chosen branch is a fault already.
      case .select: continue
      case let operation: return (node, ArithmeticFault(operation, value))
      }
    }
    return nil
  }
}
