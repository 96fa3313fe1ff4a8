import Diagnostics
import Expressions
import Kernels

/// `a b c d` are parameters, `x y z` variables, `m` a memory, `time` time; functions are given as text.
struct TestScope: LoweringScope {
  private var functions: [String: FunctionDefinition] = [:]

  static let parameterNames = ["a", "b", "c", "d"]
  static let variableNames = ["x", "y", "z"]

  /// `f(x) = x + 1` and the like.
  init(functions texts: [String] = []) {
    for text in texts {
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      let head = sides[0].split { "(), ".contains($0) }.map { Located(String($0), Self.range) }
      functions[head[0].value] = FunctionDefinition(
        name: head[0], parameters: Array(head.dropFirst()), body: Self.parse(sides[1]))
    }
  }

  static let range = SourceRange(file: FileID(index: 0), start: 0, end: 0)

  static func parse(_ text: String, grammar: ExpressionGrammar = .device) -> Expression {
    var bag = DiagnosticBag()
    return Expression.parse(
      SourceText(file: FileID(index: 0), bytes: Array(text.utf8), origin: 0), grammar: grammar, diagnostics: &bag)
  }

  mutating func resolve(name: String, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    if let k = Self.parameterNames.firstIndex(of: name) { return context.graph.leaf(.parameter(k)) }
    if let k = Self.variableNames.firstIndex(of: name) { return context.graph.leaf(.variable(k)) }
    switch name {
    case "m": return context.graph.leaf(.memory(0))
    case "time": return context.graph.leaf(.time)
    default: return nil
    }
  }

  mutating func resolve(probe: Probe, at range: SourceRange, in context: inout LoweringContext) -> NodeID? { nil }

  mutating func resolve(
    call: String, _ arguments: [Expression], at range: SourceRange, in context: inout LoweringContext
  ) -> NodeID? {
    guard call == "ddt", arguments.count == 1 else { return nil }
    let argument = context.lower(arguments[0], in: &self)
    return argument == context.graph.leaf(.variable(0)) ? context.graph.leaf(.rate(0)) : nil
  }

  func function(_ name: String) -> FunctionDefinition? { functions[name] }

  var names: [String] { Self.parameterNames + Self.variableNames + ["m", "time"] }
}

/// An expression lowered in a `TestScope`.
struct Lowered {
  var context = LoweringContext()
  var root: NodeID

  init(_ text: String, grammar: ExpressionGrammar = .device, functions: [String] = []) {
    var scope = TestScope(functions: functions)
    root = context.lower(TestScope.parse(text, grammar: grammar), in: &scope)
  }

  var codes: [String] { context.diagnostics.diagnostics.map(\.code.name) }
  var constant: Double? { context.graph.constantValue(of: root) }

  /// Every node below the root.
  var operations: [Operation] { context.graph.reachable(from: [root]).map { context.graph[$0] } }

  func contains(_ function: UnaryFunction) -> Bool {
    operations.contains { if case .unary(function, _) = $0 { true } else { false } }
  }

  /// The value with modes as the guards give them.
  func value(_ root: NodeID? = nil, a: Double = 0.7, b: Double = 1.3, x: Double = 0, y: Double = 0, z: Double = 0)
    -> Double
  {
    let arguments = context.guards.map(\.argument)
    func leaf(_ leaf: Leaf) -> Double {
      switch leaf {
      case .parameter(0): a
      case .parameter(1): b
      case .variable(0): x
      case .variable(1): y
      case .variable(2): z
      default: 0
      }
    }
    // A guard's argument may itself hold modes of earlier guards.
    var modes: [Double] = []
    for (k, argument) in arguments.enumerated() {
      let value = context.graph.value(of: argument) {
        if case .mode(let index) = $0 { modes[index] } else { leaf($0) }
      }
      modes.append(value > 0 || (value == 0 && context.guards[k].includesZero) ? 1 : 0)
    }
    return context.graph.value(of: root ?? self.root) {
      if case .mode(let index) = $0 { modes[index] } else { leaf($0) }
    }
  }
}
