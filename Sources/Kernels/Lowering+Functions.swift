internal import Diagnostics
internal import Expressions

/// The functions of the language as operations of the graph. What they mean for constants stands in `FunctionTable`; a
/// call of constants takes its value from there.
extension LoweringContext {
  mutating func lower(
    call name: String, _ arguments: [Expression], of expression: Expression, in scope: inout some LoweringScope
  ) -> NodeID {
    let range = expression.range
    if RandomFunction(name, argumentCount: arguments.count) != nil { return fault(.randomFunction(range, name: name)) }
    guard let function = FunctionTable.function(named: name) else {
      let known = FunctionTable.functions.map(\.name)
      return fault(.unknownFunction(range, name: name, suggestion: Suggestion.nearest(to: name, among: known)))
    }
    guard function.argumentCount.contains(arguments.count) else {
      return fault(.argumentCount(range, name: name, expected: function.argumentCount, given: arguments.count))
    }
    var nodes: [NodeID] = []
    for argument in arguments { nodes.append(lower(argument, in: &scope)) }
    let constants = nodes.compactMap { graph.constantValue(of: $0) }
    let node =
      constants.count == nodes.count && function.canonicalName != "pow"
      ? graph.constant(function.value(constants)) : apply(function.canonicalName, nodes, at: range)
    return checked(node, name, from: nodes, domain: function.domain, at: range)
  }

  /// `name` is canonical and takes as many arguments as there are.
  private mutating func apply(_ name: String, _ arguments: [NodeID], at range: SourceRange) -> NodeID {
    let x = arguments[0]
    if let function = Self.unaryFunctions[name] { return graph.apply(function, x) }
    let zero = graph.constant(0)
    switch name {
    case "abs": return absolute(x, range)
    case "sqr": return graph.power(x, 2)
    case "hypot":
      let squares = graph.add(graph.power(x, 2), graph.power(arguments[1], 2))
      return graph.apply(.squareRoot, squares)
    case "limexp": return limitedExponential(x, range)
    case "atan2": return graph.insert(.binary(.arcTangent2, x, arguments[1]))
    // The device grammar makes pow() an operator: what comes here is ngspice's, of the absolute value.
    case "pow": return absolutePower(x, arguments[1])
    case "pwr": return signedPower(x, arguments[1], range)
    case "min": return arguments.dropFirst().reduce(x) { minimum($0, $1, range) }
    case "max": return arguments.dropFirst().reduce(x) { maximum($0, $1, range) }
    case "limit":
      let below = minimum(x, arguments[2], range)
      return maximum(arguments[1], below, range)
    case "sgn": return bySign(x, below: -1, at: 0, above: 1, range)
    case "u": return bySign(x, below: 0, at: 0.5, above: 1, range)
    case "u2":
      let ramp = minimum(x, graph.constant(1), range)
      return graph.select(isPositive(x, range), ramp, zero)
    case "uramp": return graph.select(isPositive(x, range), x, zero)
    case "floor": return roundedDown(x, range)
    case "ceil": return roundedUp(x, range)
    case "int": return roundedToZero(x, range)
    case "fmod":
      let whole = roundedToZero(graph.divide(x, arguments[1]), range)
      return graph.subtract(x, graph.multiply(arguments[1], whole))
    case "nint": return nearestInteger(x, range)
    case "eq0": return comparison(.equal, x, zero, range)
    case "ne0": return comparison(.notEqual, x, zero, range)
    case "gt0": return comparison(.greater, x, zero, range)
    case "ge0": return comparison(.greaterOrEqual, x, zero, range)
    case "lt0": return comparison(.less, x, zero, range)
    case "le0": return comparison(.lessOrEqual, x, zero, range)
    case "pwl": return polyline(arguments, range)
    case "table":
      guard arguments.count > 3 else { return arguments[2] }
      let below = minimum(x, arguments[arguments.count - 2], range)
      return polyline([maximum(arguments[1], below, range)] + arguments.dropFirst(), range)
    case "stp": return comparison(.greater, x, zero, range)
    case "buf": return comparison(.greater, x, graph.constant(0.5), range)
    case "inv": return comparison(.lessOrEqual, x, graph.constant(0.5), range)
    // The table has no other function; a test goes through it.
    default: return graph.constant(.nan)
    }
  }

  private static let unaryFunctions: [String: UnaryFunction] = [
    "sqrt": .squareRoot, "exp": .exponential, "expm1": .exponentialMinusOne, "exprel": .exprel,
    "ln": .logarithm, "ln1p": .logarithmOnePlus, "log10": .logarithm10,
    "sin": .sine, "cos": .cosine, "tan": .tangent, "asin": .arcSine, "acos": .arcCosine, "atan": .arcTangent,
    "sinh": .hyperbolicSine, "cosh": .hyperbolicCosine, "tanh": .hyperbolicTangent,
    "asinh": .inverseHyperbolicSine, "acosh": .inverseHyperbolicCosine, "atanh": .inverseHyperbolicTangent,
  ]

  /// exp(x), from x = 80 on along its tangent.
  private mutating func limitedExponential(_ x: NodeID, _ range: SourceRange) -> NodeID {
    let corner = graph.constant(80)
    let tangent = graph.multiply(graph.add(x, -79), UnaryFunction.exponential.value(80))
    let isBelow = isPositive(graph.subtract(corner, x), range)
    return graph.select(isBelow, graph.apply(.exponential, x), tangent)
  }

  /// Straight lines through points (x1, y1), (x2, y2), ..., the outer ones going on; NaN where the x do not grow.
  private mutating func polyline(_ arguments: [NodeID], _ range: SourceRange) -> NodeID {
    let x = arguments[0]
    let points = stride(from: 1, to: arguments.count - 1, by: 2).map { (arguments[$0], arguments[$0 + 1]) }
    let abscissas = points.compactMap { graph.constantValue(of: $0.0) }
    guard arguments.count % 2 == 1,
      abscissas.count < points.count || zip(abscissas, abscissas.dropFirst()).allSatisfy(<)
    else {
      return graph.constant(.nan)
    }
    var result = line(points[0], points[1], at: x)
    for (left, right) in zip(points.dropFirst(), points.dropFirst(2)) {
      let isReached = isPositive(graph.subtract(x, left.0), includesZero: true, range)
      result = graph.select(isReached, line(left, right, at: x), result)
    }
    return result
  }

  /// The straight line through two points.
  private mutating func line(
    _ left: (x: NodeID, y: NodeID), _ right: (x: NodeID, y: NodeID), at x: NodeID
  ) -> NodeID {
    let slope = graph.divide(graph.subtract(right.y, left.y), graph.subtract(right.x, left.x))
    return graph.add(left.y, graph.multiply(slope, graph.subtract(x, left.x)))
  }
}
