internal import Kernels

/// Prints nodes of a graph as formulas; what several formulas share, or what would grow long, becomes a line `#k = ...`.
struct GraphPrinter {
  private let graph: ExpressionGraph
  private let leafName: (Leaf) -> String
  /// Text and binding strength of every node needed, by index.
  private var texts: [Int: (text: String, strength: Strength)] = [:]
  private(set) var sharedLines: [String] = []

  /// How tightly the outermost operator of a text binds.
  private enum Strength: Int, Comparable {
    case sum, product, power, atom

    static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
  }

  /// Prepares everything that `roots` need. Works through the nodes in their order, operands before users.
  init(_ graph: ExpressionGraph, roots: [NodeID], leafName: @escaping (Leaf) -> String) {
    self.graph = graph
    self.leafName = leafName
    var uses: [Int: Int] = [:]
    var pending = roots
    while let node = pending.popLast() {
      let count = uses[Int(node.index), default: 0]
      uses[Int(node.index)] = count + 1
      if count == 0 { graph[node].forEachOperand { pending.append($0) } }
    }
    for index in uses.keys.sorted() {
      var (text, strength) = print(graph[NodeID(index: Int32(index))])
      let isLeaf = if case .leaf = graph[NodeID(index: Int32(index))] { true } else { false }
      let isConstant = graph.constantValue(of: NodeID(index: Int32(index))) != nil
      if !isLeaf, !isConstant, (uses[index] ?? 0) > 1 || text.utf8.count > 160 {
        let name = "#\(sharedLines.count + 1)"
        sharedLines.append("\(name) = \(text)")
        (text, strength) = (name, .atom)
      }
      texts[index] = (text, strength)
    }
  }

  func text(of node: NodeID) -> String { texts[Int(node.index)]?.text ?? "?" }

  private func operand(_ node: NodeID, atLeast strength: Strength) -> String {
    guard let (text, own) = texts[Int(node.index)] else { return "?" }
    return own < strength ? "(\(text))" : text
  }

  private func print(_ operation: Operation) -> (String, Strength) {
    switch operation {
    case .constant(let bits):
      let value = Double(bitPattern: bits)
      return ("\(value)", value.sign == .minus ? .sum : .atom)
    case .leaf(let leaf): return (leafName(leaf), .atom)
    case .unary(.negate, let x): return ("-\(operand(x, atLeast: .product))", .sum)
    case .unary(.reciprocal, let x): return ("1/\(operand(x, atLeast: .power))", .product)
    case .unary(let function, let x): return ("\(Self.name(of: function))(\(text(of: x)))", .atom)
    case .binary(.add, let x, let y):
      if let value = graph.constantValue(of: y), value < 0 {
        return ("\(operand(x, atLeast: .sum)) - \(-value)", .sum)
      }
      return ("\(operand(x, atLeast: .sum)) + \(operand(y, atLeast: .product))", .sum)
    case .binary(.subtract, let x, let y):
      return ("\(operand(x, atLeast: .sum)) - \(operand(y, atLeast: .product))", .sum)
    case .binary(.multiply, let x, let y):
      return ("\(operand(x, atLeast: .product))*\(operand(y, atLeast: .power))", .product)
    case .binary(.divide, let x, let y):
      return ("\(operand(x, atLeast: .product))/\(operand(y, atLeast: .power))", .product)
    case .binary(.power, let x, let y): return ("\(operand(x, atLeast: .atom))**\(operand(y, atLeast: .atom))", .power)
    case .binary(.arcTangent2, let x, let y): return ("atan2(\(text(of: x)), \(text(of: y)))", .atom)
    case .binary(.minimum, let x, let y): return ("min(\(text(of: x)), \(text(of: y)))", .atom)
    case .binary(.maximum, let x, let y): return ("max(\(text(of: x)), \(text(of: y)))", .atom)
    case .integerPower(let x, let n): return ("\(operand(x, atLeast: .atom))**\(n)", .power)
    case .select(let condition, let then, let otherwise):
      return ("if(\(text(of: condition)), \(text(of: then)), \(text(of: otherwise)))", .atom)
    }
  }

  private static func name(of function: UnaryFunction) -> String {
    switch function {
    case .negate, .reciprocal: ""
    case .squareRoot: "sqrt"
    case .exponential: "exp"
    case .exponentialMinusOne: "expm1"
    case .logarithm: "ln"
    case .logarithmOnePlus: "ln1p"
    case .logarithm10: "log10"
    case .sine: "sin"
    case .cosine: "cos"
    case .tangent: "tan"
    case .arcSine: "asin"
    case .arcCosine: "acos"
    case .arcTangent: "atan"
    case .hyperbolicSine: "sinh"
    case .hyperbolicCosine: "cosh"
    case .hyperbolicTangent: "tanh"
    case .inverseHyperbolicSine: "asinh"
    case .inverseHyperbolicCosine: "acosh"
    case .inverseHyperbolicTangent: "atanh"
    case .floor: "floor"
    case .exprel: "exprel"
    case .exprelDerivative: "exprel'"
    case .exprelSecondDerivative: "exprel''"
    case .bernoulli: "bernoulli"
    case .bernoulliDerivative: "bernoulli'"
    case .bernoulliSecondDerivative: "bernoulli''"
    case .isPositive: "positive"
    case .isNotNegative: "notnegative"
    }
  }
}
