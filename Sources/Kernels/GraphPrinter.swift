/// A graph as formulas, one line for every value that is used more than once or would make a line too long.
extension ExpressionGraph {
  /// `name = formula` lines for `roots` and the values they share (t1, t2, ...).
  package func text(_ roots: [(name: String, node: NodeID)], leafName: (Leaf) -> String) -> String {
    var printer = GraphPrinter(self, roots: roots.map(\.node), leafName: leafName)
    for (name, node) in roots { printer.add(name, node) }
    return printer.lines.joined(separator: "\n")
  }
}

/// Prints nodes of one graph as formulas.
package struct GraphPrinter {
  /// `t1 = ...`, a line for every value that formulas share.
  package private(set) var lines: [String] = []
  private var terms: [NodeID: Term] = [:]

  /// A formula that long gets a line and a name.
  private static let longestFormula = 72

  /// A formula and how tightly its outermost operator binds.
  private struct Term {
    var text: String
    var binding: Binding
  }

  private enum Binding: Int, Comparable {
    case choice, sum, product, power, atom

    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
  }

  /// Prepares everything that `roots` need.
  package init(_ graph: ExpressionGraph, roots: [NodeID], leafName: (Leaf) -> String) {
    let nodes = graph.reachable(from: roots)
    var useCounts: [NodeID: Int] = [:]
    for id in nodes { graph[id].forEachOperand { useCounts[$0, default: 0] += 1 } }
    for root in roots { useCounts[root, default: 0] += 1 }
    // Operands come first, so that nothing recurses however deep the graph is.
    var count = 0
    for id in nodes {
      let term = term(graph[id], leafName)
      let isAtom = term.binding == .atom && graph[id].isLeafOrConstant
      if !isAtom, useCounts[id, default: 0] > 1 || term.text.count > Self.longestFormula {
        count += 1
        lines.append("t\(count) = \(term.text)")
        terms[id] = Term(text: "t\(count)", binding: .atom)
      } else {
        terms[id] = term
      }
    }
  }

  /// The formula of one of the roots.
  package func formula(of node: NodeID) -> String { terms[node]?.text ?? "?" }

  mutating func add(_ name: String, _ node: NodeID) { lines.append("\(name) = \(formula(of: node))") }

  private func term(_ operation: Operation, _ leafName: (Leaf) -> String) -> Term {
    switch operation {
    case .constant(let bits):
      let value = Double(bitPattern: bits)
      return Term(text: value.formula, binding: value < 0 ? .sum : .atom)
    case .leaf(let leaf):
      return Term(text: leafName(leaf), binding: .atom)
    case .unary(.negate, let x):
      return Term(text: "-" + text(x, atLeast: .product), binding: .sum)
    case .unary(.reciprocal, let x):
      return Term(text: "1/" + text(x, atLeast: .power), binding: .product)
    case .unary(let function, let x):
      return Term(text: "\(function.formulaName)(\(text(x, atLeast: .choice)))", binding: .atom)
    case .binary(.add, let x, let y):
      if let value = terms[y]?.text, value.hasPrefix("-"), terms[y]?.binding == .sum, !value.contains(" ") {
        return Term(text: text(x, atLeast: .sum) + " - " + value.dropFirst(), binding: .sum)
      }
      return Term(text: text(x, atLeast: .sum) + " + " + text(y, atLeast: .product), binding: .sum)
    case .binary(.subtract, let x, let y):
      return Term(text: text(x, atLeast: .sum) + " - " + text(y, atLeast: .product), binding: .sum)
    case .binary(.multiply, let x, let y):
      return Term(text: text(x, atLeast: .product) + "*" + text(y, atLeast: .power), binding: .product)
    case .binary(.divide, let x, let y):
      return Term(text: text(x, atLeast: .product) + "/" + text(y, atLeast: .power), binding: .product)
    case .binary(.power, let x, let y):
      return Term(text: text(x, atLeast: .atom) + "**" + text(y, atLeast: .atom), binding: .power)
    case .binary(let function, let x, let y):
      let arguments = text(x, atLeast: .choice) + ", " + text(y, atLeast: .choice)
      return Term(text: "\(function.formulaName)(\(arguments))", binding: .atom)
    case .integerPower(let x, let n):
      return Term(text: text(x, atLeast: .atom) + (n < 0 ? "**(\(n))" : "**\(n)"), binding: .power)
    case .select(let condition, let then, let otherwise):
      let branches = "\(text(then, atLeast: .sum)) : \(text(otherwise, atLeast: .sum))"
      return Term(text: "\(text(condition, atLeast: .sum)) ? \(branches)", binding: .choice)
    }
  }

  /// The formula of `id`, in parentheses where its operator binds less tightly than `binding`.
  private func text(_ id: NodeID, atLeast binding: Binding) -> String {
    guard let term = terms[id] else { return "?" }
    return term.binding < binding ? "(\(term.text))" : term.text
  }
}

extension Operation {
  fileprivate var isLeafOrConstant: Bool {
    switch self {
    case .leaf, .constant: true
    case .unary, .binary, .integerPower, .select: false
    }
  }
}

extension Double {
  /// The shortest decimal that is this number, without `.0` behind a whole one.
  var formula: String {
    let text = description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension UnaryFunction {
  /// As the language spells it, where it has the function.
  package var formulaName: String {
    switch self {
    case .negate: "-"
    case .reciprocal: "1/"
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
    case .isPositive: "gt0"
    case .isNotNegative: "ge0"
    }
  }
}

extension BinaryFunction {
  /// The operator or function as the language spells it.
  package var formulaName: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power: "**"
    case .arcTangent2: "atan2"
    case .minimum: "min"
    case .maximum: "max"
    }
  }
}
