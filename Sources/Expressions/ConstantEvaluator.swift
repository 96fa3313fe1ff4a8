internal import Glibc
package import Diagnostics

/// What names mean where a constant is wanted: parameters, loop variables, `.func`s.
package protocol ConstantScope {
  /// The value of `name` (lower case), or nil if the scope does not know it.
  func value(of name: String) -> Double?
  func function(_ name: String) -> FunctionDefinition?
  /// Every name known, for suggestions.
  var names: [String] { get }
  /// A random number for the call at `range`; nil where nothing is varied and nominal values count.
  func draw(_ distribution: RandomFunction.Distribution, at range: SourceRange) -> Double?
}

extension ConstantScope {
  package func draw(_ distribution: RandomFunction.Distribution, at range: SourceRange) -> Double? { nil }
}

/// No parameter, no function.
package struct EmptyScope: ConstantScope {
  package init() {}

  package var names: [String] { [] }
  package func value(of name: String) -> Double? { nil }
  package func function(_ name: String) -> FunctionDefinition? { nil }
}

extension Expression {
  /// The value of a constant expression; nil after reporting an unknown name, a probe or a domain fault with its place.
  ///
  /// A conditional evaluates its chosen branch alone, a user's function those arguments alone that it reads.
  package func constant(in scope: some ConstantScope, diagnostics: inout DiagnosticBag) -> Double? {
    var evaluator = ConstantEvaluator(scope: scope)
    do throws(ExpressionError) {
      let value = try evaluator.value(of: self)
      if evaluator.metInvalid { return nil }
      for warning in evaluator.warnings { diagnostics.report(warning.diagnostic) }
      return value
    } catch {
      if evaluator.metInvalid { return nil }
      var diagnostic = error.diagnostic
      diagnostic.labels += evaluator.callSites.map { Label($0.range, "in this call of \($0.name)") }
      diagnostics.report(diagnostic)
      return nil
    }
  }
}

/// Works out one constant, function calls and all.
struct ConstantEvaluator {
  /// Operations before a constant counts as hopeless; functions that call each other can double the work at each level.
  static let stepLimit = 200_000
  /// Expressions and calls inside one another, bodies of functions included.
  static let depthLimit = 2000

  let scope: any ConstantScope
  private(set) var warnings: [ExpressionError] = []
  /// Whether a part was `.invalid`: its fault was reported where it was read, and no value means anything.
  private(set) var metInvalid = false
  private var frames: [Frame] = []
  private var steps = 0
  private var depth = 0

  /// One call of a user's function that is under way.
  private struct Frame {
    var name: String
    var callSite: SourceRange
    var arguments: [String: Argument]
    /// The frame in which the arguments were written; nil: outside every function.
    var caller: Int?
  }

  /// An argument, worked out when it is first read.
  private enum Argument {
    case written(Expression)
    case value(Double)
  }

  init(scope: any ConstantScope) {
    self.scope = scope
  }

  /// The calls under way, the innermost first.
  var callSites: [(name: String, range: SourceRange)] {
    frames.reversed().prefix(5).map { ($0.name, $0.callSite) }
  }

  mutating func value(of expression: Expression) throws(ExpressionError) -> Double {
    try value(of: expression, in: nil)
  }

  /// The value of `expression` where the names of frame `frame` are known.
  private mutating func value(of expression: Expression, in frame: Int?) throws(ExpressionError) -> Double {
    steps += 1
    depth += 1
    defer { depth -= 1 }
    if steps > Self.stepLimit { throw .evaluationTooLong(expression.range) }
    if depth > Self.depthLimit { throw .nestedTooDeeply(expression.range, limit: Self.depthLimit) }

    switch expression {
    case .number(let number, _):
      return number
    case .name(let name, let range):
      return try value(ofName: name, at: range, in: frame)
    case .probe(let probe, let range):
      throw .notConstant(range, what: probe.description)
    case .invalid:
      metInvalid = true
      return .nan
    case .unary(let sign, let operand, _):
      let operand = try value(of: operand, in: frame)
      switch sign {
      case .plus: return operand
      case .minus: return -operand
      case .not: return operand == 0 ? 1 : 0
      }
    case .binary(let sign, let left, let right, _):
      return try binary(sign, left, right, of: expression, in: frame)
    case .conditional(let condition, let then, let otherwise, _):
      return try value(of: value(of: condition, in: frame) != 0 ? then : otherwise, in: frame)
    case .call(let name, let arguments, let range):
      if let function = scope.function(name) { return try call(function, arguments, at: range, in: frame) }
      return try call(name, arguments, of: expression, in: frame)
    }
  }

  // MARK: Names

  private mutating func value(
    ofName name: String, at range: SourceRange, in frame: Int?
  ) throws(ExpressionError) -> Double {
    if let frame, let argument = frames[frame].arguments[name] {
      switch argument {
      case .value(let value):
        return value
      case .written(let expression):
        let value = try value(of: expression, in: frames[frame].caller)
        frames[frame].arguments[name] = .value(value)
        return value
      }
    }
    if let value = scope.value(of: name) ?? ConstantTable.value(of: name) { return value }
    if Expression.runningNames.contains(name) { throw .notConstant(range, what: name) }
    let known = scope.names + ConstantTable.names + (frame.map { Array(frames[$0].arguments.keys).sorted() } ?? [])
    throw .unknownName(range, name: name, suggestion: Suggestion.nearest(to: name, among: known))
  }

  /// The names in `expression` that have a value already, for the note below a fault.
  private func values(in expression: Expression, frame: Int?) -> [(name: String, value: Double)] {
    expression.names.sorted().prefix(6).compactMap { name in
      if let frame, let argument = frames[frame].arguments[name] {
        if case .value(let value) = argument { return (name, value) }
        return nil
      }
      return scope.value(of: name).map { (name, $0) }
    }
  }

  // MARK: Operators

  private mutating func binary(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression, of expression: Expression, in frame: Int?
  ) throws(ExpressionError) -> Double {
    let a = try value(of: left, in: frame)
    if sign == .and, a == 0 { return 0 }
    if sign == .or, a != 0 { return 1 }
    let b = try value(of: right, in: frame)
    switch sign {
    case .add: return try checked(a + b, "the sum", [a, b], expression, frame)
    case .subtract: return try checked(a - b, "the difference", [a, b], expression, frame)
    case .multiply: return try checked(a * b, "the product", [a, b], expression, frame)
    case .divide:
      if b == 0 {
        throw .divisionByZero(expression.range, divisor: right, values: values(in: expression, frame: frame))
      }
      return try checked(a / b, "the quotient", [a, b], expression, frame)
    case .power:
      return try checked(pow(a, b), "the power", [a, b], domain: Self.powerDomain(a), expression, frame)
    case .absolutePower:
      if a < 0, b.truncatingRemainder(dividingBy: 2) != 0 {
        warnings.append(.absolutePower(expression.range, base: left, value: a))
      }
      return try checked(pow(abs(a), b), "the power", [a, b], domain: Self.powerDomain(a), expression, frame)
    case .less: return a < b ? 1 : 0
    case .lessOrEqual: return a <= b ? 1 : 0
    case .greater: return a > b ? 1 : 0
    case .greaterOrEqual: return a >= b ? 1 : 0
    case .equal: return a == b ? 1 : 0
    case .notEqual: return a != b ? 1 : 0
    case .and, .or: return b != 0 ? 1 : 0
    }
  }

  private static func powerDomain(_ base: Double) -> String {
    base == 0 ? "an exponent that is not negative" : "a base that is not negative or a whole exponent"
  }

  /// `result` unless it is NaN, or infinite although no operand is.
  private func checked(
    _ result: Double, _ operation: String, _ operands: [Double], domain: String? = nil, _ expression: Expression,
    _ frame: Int?
  ) throws(ExpressionError) -> Double {
    if result.isFinite || (result.isInfinite && operands.contains { !$0.isFinite }) { return result }
    let values = values(in: expression, frame: frame)
    if result.isInfinite, !operands.contains(0) || domain == nil { throw .overflow(expression.range, values: values) }
    throw .outOfDomain(expression.range, operation: operation, operands: operands, domain: domain, values: values)
  }

  // MARK: Calls

  private mutating func call(
    _ function: FunctionDefinition, _ arguments: [Expression], at range: SourceRange, in frame: Int?
  ) throws(ExpressionError) -> Double {
    let name = function.name.value
    let count = function.parameters.count
    guard arguments.count == count else {
      throw .argumentCount(range, name: name, expected: count...count, given: arguments.count)
    }
    if let chain = chain(from: name, to: frame) { throw .recursiveFunction(range, chain: chain) }
    let bound = zip(function.parameters.map(\.value), arguments.map(Argument.written))
    frames.append(
      Frame(name: name, callSite: range, arguments: Dictionary(bound) { first, _ in first }, caller: frame))
    let result = try value(of: function.body, in: frames.count - 1)
    frames.removeLast()
    return result
  }

  /// The calls that lead from `name` to the body of `frame` and to `name` again; nil where they do not.
  ///
  /// Only the frames around a call count: in `f(f(1))` the inner call is an argument, not part of the outer one's body.
  private func chain(from name: String, to frame: Int?) -> [String]? {
    var chain = [name]
    var next = frame
    while let index = next {
      chain.insert(frames[index].name, at: 0)
      if frames[index].name == name { return chain }
      next = frames[index].caller
    }
    return nil
  }

  private mutating func call(
    _ name: String, _ arguments: [Expression], of expression: Expression, in frame: Int?
  ) throws(ExpressionError) -> Double {
    let range = expression.range
    if let function = RandomFunction(name, argumentCount: arguments.count) {
      return try draw(function, arguments, of: expression, in: frame)
    }
    guard let function = FunctionTable.function(named: name) else {
      if Self.runningFunctions.contains(name) { throw .notConstant(range, what: name) }
      let known = FunctionTable.functions.map(\.name)
      throw .unknownFunction(range, name: name, suggestion: Suggestion.nearest(to: name, among: known))
    }
    guard function.argumentCount.contains(arguments.count) else {
      throw .argumentCount(range, name: name, expected: function.argumentCount, given: arguments.count)
    }
    var values: [Double] = []
    for argument in arguments { values.append(try value(of: argument, in: frame)) }
    return try checked(function.value(values), name, values, domain: function.domain, expression, frame)
  }

  private mutating func draw(
    _ function: RandomFunction, _ arguments: [Expression], of expression: Expression, in frame: Int?
  ) throws(ExpressionError) -> Double {
    let (range, count) = (expression.range, function.argumentCount)
    guard arguments.count == count else {
      throw .argumentCount(range, name: function.rawValue, expected: count...count, given: arguments.count)
    }
    var values: [Double] = []
    for argument in arguments { values.append(try value(of: argument, in: frame)) }
    guard let number = scope.draw(function.distribution, at: range) else { return values[0] }
    return try checked(
      function.value(values, drawn: number), function.rawValue, values, domain: "a number of sigmas that is not 0",
      expression, frame)
  }

  /// Calls that only a running circuit or an event of a device can answer.
  private static let runningFunctions: Set<String> = ["ddt", "sum", "normal", "uniform"]
}
