/// Short forms of `insert`.
extension ExpressionGraph {
  package mutating func add(_ x: NodeID, _ y: NodeID) -> NodeID { insert(.binary(.add, x, y)) }
  package mutating func subtract(_ x: NodeID, _ y: NodeID) -> NodeID { insert(.binary(.subtract, x, y)) }
  package mutating func multiply(_ x: NodeID, _ y: NodeID) -> NodeID { insert(.binary(.multiply, x, y)) }
  package mutating func divide(_ x: NodeID, _ y: NodeID) -> NodeID { insert(.binary(.divide, x, y)) }
  package mutating func negate(_ x: NodeID) -> NodeID { insert(.unary(.negate, x)) }
  package mutating func power(_ x: NodeID, _ n: Int32) -> NodeID { insert(.integerPower(x, n)) }

  package mutating func apply(_ function: UnaryFunction, _ x: NodeID) -> NodeID { insert(.unary(function, x)) }

  package mutating func select(_ condition: NodeID, _ then: NodeID, _ otherwise: NodeID) -> NodeID {
    insert(.select(condition: condition, then: then, otherwise: otherwise))
  }

  package mutating func add(_ x: NodeID, _ y: Double) -> NodeID { add(x, constant(y)) }
  package mutating func multiply(_ x: NodeID, _ y: Double) -> NodeID { multiply(x, constant(y)) }
}
