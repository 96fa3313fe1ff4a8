internal import Diagnostics
internal import Expressions

extension LoweringContext {
  /// A chain of operators, `a*b/c - d ...`, from the left, however long: only operands in parentheses are a level deeper.
  mutating func lower(operators expression: Expression, in scope: inout some LoweringScope) -> NodeID {
    var links: [(sign: BinaryOperator, left: Expression, right: Expression, range: SourceRange)] = []
    var first = expression
    while case .binary(let sign, let left, let right, let range) = first {
      links.append((sign, left, right, range))
      first = left
    }
    links.reverse()

    var result = lower(first, in: &scope)
    var index = 0
    while index < links.count {
      let link = links[index]
      if link.sign == .multiply || link.sign == .divide {
        // All factors at once, so that a removable singularity among them is seen.
        var factors = [Factor(node: result)]
        var range = link.range
        while index < links.count, links[index].sign == .multiply || links[index].sign == .divide {
          let next = links[index]
          let node = lower(next.right, in: &scope)
          let isDivisor = next.sign == .divide
          if isDivisor, ruledOutDepth == 0, graph.constantValue(of: node) == 0 {
            return fault(.divisionByZero(next.range, divisor: next.right, values: []))
          }
          factors.append(Factor(node: node, isDivisor: isDivisor))
          range = next.range
          index += 1
        }
        result = checked(graph.product(of: factors), "the product", from: factors.map(\.node), at: range)
      } else {
        let isDecided = decides(link.sign, result)
        let right = lower(link.right, ruledOut: isDecided, in: &scope)
        result = lower(link.sign, result, right, operands: (link.left, link.right), at: link.range)
        index += 1
      }
    }
    return result
  }

  /// Whether the left operand of `and`, `or` alone gives the result.
  private func decides(_ sign: BinaryOperator, _ left: NodeID) -> Bool {
    guard let value = graph.constantValue(of: left) else { return false }
    return (sign == .and && value == 0) || (sign == .or && value != 0)
  }

  private mutating func lower(
    _ sign: BinaryOperator, _ x: NodeID, _ y: NodeID, operands: (left: Expression, right: Expression),
    at range: SourceRange
  ) -> NodeID {
    switch sign {
    case .add:
      return checked(graph.add(x, y), "the sum", from: [x, y], at: range)
    case .subtract:
      return checked(graph.subtract(x, y), "the difference", from: [x, y], at: range)
    case .multiply, .divide:
      return graph.product(of: [Factor(node: x), Factor(node: y, isDivisor: sign == .divide)])
    case .power:
      let power = graph.insert(.binary(.power, x, y))
      return checked(power, "the power", from: [x, y], domain: Self.powerDomain, at: range)
    case .absolutePower:
      return checked(absolutePower(x, y), "the power", from: [x, y], domain: Self.powerDomain, at: range)
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual:
      return comparison(sign, x, y, range)
    case .and:
      let (left, right) = (truth(x, operands.left.range), truth(y, operands.right.range))
      return graph.select(left, right, graph.constant(0))
    case .or:
      let (left, right) = (truth(x, operands.left.range), truth(y, operands.right.range))
      return graph.select(left, graph.constant(1), right)
    }
  }

  static let powerDomain = "a base > 0, or a whole exponent"

  /// ngspice's |x|**y.
  mutating func absolutePower(_ x: NodeID, _ y: NodeID) -> NodeID {
    if let exponent = graph.constantValue(of: y), exponent.truncatingRemainder(dividingBy: 2) == 0 {
      return graph.insert(.binary(.power, x, y))
    }
    return graph.insert(.binary(.power, magnitude(x), y))
  }

  /// |x| without a guard: a base whose side stands still within a step would be negative beyond its zero.
  private mutating func magnitude(_ x: NodeID) -> NodeID {
    graph.insert(.binary(.maximum, x, graph.negate(x)))
  }

  /// sgn(x)*|x|**y.
  mutating func signedPower(_ x: NodeID, _ y: NodeID, _ range: SourceRange) -> NodeID {
    if let exponent = graph.constantValue(of: y), abs(exponent.truncatingRemainder(dividingBy: 2)) == 1 {
      return graph.insert(.binary(.power, x, y))
    }
    let power = graph.insert(.binary(.power, magnitude(x), y))
    return graph.select(isPositive(x, includesZero: true, range), power, graph.negate(power))
  }
}
