internal import Diagnostics

/// Makes a `ComplexProgram` out of expressions: functions of the user unfolded, names looked up, inputs numbered.
struct ComplexReader {
  typealias Node = ComplexProgram.Node

  /// A part, and whether it is real whatever the inputs are.
  struct Part {
    var node: Node
    var isReal: Bool

    static let invalid = Part(node: .constant(.nan), isReal: true)
  }

  let scope: any ConstantScope
  let isComplex: (String) -> Bool?
  let matches: (Probe) -> [Probe]
  private(set) var inputs: [ComplexProgram.Input] = []
  private(set) var phaseCount = 0
  private var places: [ComplexProgram.Input: Int] = [:]
  /// Calls of user's functions inside one another.
  private static let callLimit = 64
  /// Functions of the user that are being unfolded.
  private var calls: [String] = []

  init(scope: any ConstantScope, isComplex: @escaping (String) -> Bool?, matches: @escaping (Probe) -> [Probe]) {
    self.scope = scope
    self.isComplex = isComplex
    self.matches = matches
  }

  mutating func read(_ expression: Expression, _ diagnostics: inout DiagnosticBag) -> Part {
    do throws(ExpressionError) { return try part(expression) } catch {
      diagnostics.report(error.diagnostic)
      return .invalid
    }
  }

  private mutating func input(_ input: ComplexProgram.Input) -> Node {
    if let place = places[input] { return .input(place) }
    places[input] = inputs.count
    inputs.append(input)
    return .input(inputs.count - 1)
  }

  private mutating func part(_ expression: Expression) throws(ExpressionError) -> Part {
    switch expression {
    case .invalid: return .invalid
    case .number(let value, _): return Part(node: .constant(value), isReal: true)
    case .name(let name, let range): return try named(name, at: range)
    case .probe(let probe, _): return Part(node: input(.probe(probe)), isReal: false)
    case .unary(let sign, let operand, let range):
      let part = try self.part(operand)
      switch sign {
      case .plus: return part
      case .minus: return Part(node: .negated(part.node), isReal: part.isReal)
      case .not: return Part(node: .inverted(try real(part, of: range)), isReal: true)
      }
    case .binary(let sign, let left, let right, _):
      let (a, b) = (try part(left), try part(right))
      switch sign {
      case .add, .subtract, .multiply, .divide, .power, .absolutePower:
        return Part(node: .binary(sign, a.node, b.node), isReal: a.isReal && b.isReal)
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .and, .or:
        return Part(node: .binary(sign, try real(a, of: left.range), try real(b, of: right.range)), isReal: true)
      }
    case .conditional(let condition, let then, let otherwise, _):
      let decided = try real(part(condition), of: condition.range)
      let (a, b) = (try part(then), try part(otherwise))
      return Part(node: .conditional(decided, a.node, b.node), isReal: a.isReal && b.isReal)
    case .call(let name, let arguments, let range): return try call(name, arguments, at: range)
    }
  }

  private func real(_ part: Part, of range: SourceRange) throws(ExpressionError) -> Node {
    if part.isReal { return part.node }
    throw .complexOperand(range)
  }

  private mutating func named(_ name: String, at range: SourceRange) throws(ExpressionError) -> Part {
    if let isComplex = isComplex(name) { return Part(node: input(.name(name)), isReal: !isComplex) }
    if name == "frequency" || name == "hertz" { return Part(node: .frequency, isReal: true) }
    if let value = scope.value(of: name) ?? ConstantTable.value(of: name) {
      return Part(node: .constant(value), isReal: true)
    }
    let known = scope.names + ConstantTable.names + ["frequency", "hertz"]
    throw .unknownName(range, name: name, suggestion: Suggestion.nearest(to: name, among: known))
  }

  private mutating func call(
    _ name: String, _ arguments: [Expression], at range: SourceRange
  ) throws(ExpressionError) -> Part {
    if let function = scope.function(name) { return try unfold(function, arguments, at: range) }
    if name == "sum" { return try sum(arguments) }
    if name == "cph" || name == "ddt" || ComplexFunction(named: name) != nil {
      guard arguments.count == 1 else {
        throw .argumentCount(range, name: name, expected: 1...1, given: arguments.count)
      }
      let argument = try part(arguments[0])
      if name == "ddt" { return Part(node: .rate(argument.node), isReal: false) }
      if name == "cph" {
        phaseCount += 1
        return Part(node: .continuousPhase(memory: phaseCount - 1, argument.node), isReal: true)
      }
      if let function = ComplexFunction(named: name), function.isReal || !argument.isReal {
        return Part(
          node: .function(function, argument.node), isReal: function.isReal)
      }
    }
    guard let function = FunctionTable.function(named: name) else {
      let known = FunctionTable.functions.map(\.name) + ComplexFunction.names
      throw .unknownFunction(range, name: name, suggestion: Suggestion.nearest(to: name, among: known))
    }
    guard function.argumentCount.contains(arguments.count) else {
      throw .argumentCount(range, name: name, expected: function.argumentCount, given: arguments.count)
    }
    var nodes: [Node] = []
    for argument in arguments { nodes.append(try real(part(argument), of: argument.range)) }
    return Part(node: .realFunction(function.value, nodes), isReal: true)
  }

  /// The body of a user's function with the arguments in place of its parameters.
  private mutating func unfold(
    _ function: FunctionDefinition, _ arguments: [Expression], at range: SourceRange
  ) throws(ExpressionError) -> Part {
    let name = function.name.value
    let count = function.parameters.count
    guard arguments.count == count else {
      throw .argumentCount(range, name: name, expected: count...count, given: arguments.count)
    }
    if calls.count >= Self.callLimit { throw .recursiveFunction(range, chain: calls + [name]) }
    calls.append(name)
    defer { calls.removeLast() }
    let given = Dictionary(zip(function.parameters.map(\.value), arguments), uniquingKeysWith: { first, _ in first })
    return try part(function.body.substituting { given[$0] })
  }

  private mutating func sum(_ arguments: [Expression]) throws(ExpressionError) -> Part {
    var total = Part(node: .constant(0), isReal: true)
    for argument in arguments {
      var parts: [Part] = []
      if case .probe(let probe, _) = argument {
        let found = matches(probe)
        for match in found.isEmpty ? [probe] : found { parts.append(Part(node: input(.probe(match)), isReal: false)) }
      } else {
        parts.append(try part(argument))
      }
      for part in parts {
        total = Part(node: .binary(.add, total.node, part.node), isReal: total.isReal && part.isReal)
      }
    }
    return total
  }
}
