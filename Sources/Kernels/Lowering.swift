package import Diagnostics
package import Expressions

/// A comparison in a running equation: its mode is 1 where `argument` > 0 (>= 0 if `includesZero`).
package struct Guard: Sendable {
  package var argument: NodeID
  package var includesZero: Bool
  package var range: SourceRange?
  /// Of a mode that remembers (a switch): the mode at first, a node over parameters. At the operating point it turns
  /// between solutions only, and `argument` may read it.
  package var start: NodeID?

  package init(argument: NodeID, includesZero: Bool, range: SourceRange?, start: NodeID? = nil) {
    self.argument = argument
    self.includesZero = includesZero
    self.range = range
    self.start = start
  }
}

/// What the names of an expression mean where it stands.
package protocol LoweringScope {
  /// The node a name stands for (a quantity's own graph, a leaf, a constant), or nil where it is unknown.
  mutating func resolve(name: String, at range: SourceRange, in context: inout LoweringContext) -> NodeID?
  /// The node a probe stands for, or nil where probes have no meaning here.
  mutating func resolve(probe: Probe, at range: SourceRange, in context: inout LoweringContext) -> NodeID?
  /// A call that only this scope understands (`ddt(x)`, `sum(...)`), or nil for the function table.
  mutating func resolve(
    call: String, _ arguments: [Expression], at range: SourceRange, in context: inout LoweringContext
  )
    -> NodeID?
  /// A user's function.
  func function(_ name: String) -> FunctionDefinition?
  /// Every name known, for suggestions.
  var names: [String] { get }
}

/// Expressions on their way into a graph: the graph, the guards their comparisons made, the complaints.
package struct LoweringContext: Sendable {
  package var graph: ExpressionGraph
  /// Guard k owns `Leaf.mode(k)`; equal arguments share a guard.
  package var guards: [Guard]
  package var diagnostics: DiagnosticBag

  /// Calls of user's functions under way, the innermost last.
  var calls: [Call] = []
  /// Above 0 inside a branch that a constant condition rules out: its domain faults are of no interest.
  var ruledOutDepth = 0
  private var depth = 0
  private var steps = 0

  /// Expressions inside one another, bodies of functions included; a chain of operators is one level.
  static let depthLimit = 400
  /// Operations of one expression before it counts as hopeless: functions that call others twice double the work at
  /// every level.
  static let stepLimit = 1_000_000

  struct Call: Sendable {
    var name: String
    var range: SourceRange
    var arguments: [String: NodeID]
    /// False while a name of the enclosing scope is being resolved: arguments are then out of sight.
    var isVisible = true
  }

  package init(graph: ExpressionGraph = ExpressionGraph(), guards: [Guard] = []) {
    self.graph = graph
    self.guards = guards
    diagnostics = DiagnosticBag()
  }

  /// The node of `expression`; `constant(nan)` after reporting a fault.
  ///
  /// A comparison of running quantities becomes a guard and its mode; one of constants and parameters is decided
  /// without a guard. `abs min max sign u floor` and the like are expressed by comparisons, `u/(exp(u)-1)` and
  /// `u/(1-exp(-u))` (in any of their printed forms, factors of u pulled apart included) by Bernoulli's function.
  package mutating func lower(_ expression: Expression, in scope: inout some LoweringScope) -> NodeID {
    if depth == 0 { steps = 0 }
    depth += 1
    steps += 1
    defer { depth -= 1 }
    if depth > Self.depthLimit { return fault(.nestedTooDeeply(expression.range, limit: Self.depthLimit)) }
    if steps > Self.stepLimit {
      // Once is enough: the rest is left out quickly.
      return steps == Self.stepLimit + 1 ? fault(.evaluationTooLong(expression.range)) : graph.constant(.nan)
    }

    switch expression {
    case .number(let value, _): return graph.constant(value)
    case .name(let name, let range): return lower(name: name, at: range, in: &scope)
    case .probe(let probe, let range): return lower(probe: probe, at: range, in: &scope)
    case .unary(let sign, let operand, let range):
      let x = lower(operand, in: &scope)
      switch sign {
      case .plus: return x
      case .minus: return graph.negate(x)
      case .not: return negation(truth(x, range))
      }
    case .binary: return lower(operators: expression, in: &scope)
    case .conditional(let condition, let then, let otherwise, let range):
      return lower(if: condition, then, otherwise, at: range, in: &scope)
    case .call(let name, let arguments, let range):
      if let function = scope.function(name) { return inline(function, arguments, at: range, in: &scope) }
      if let node = scope.resolve(call: name, arguments, at: range, in: &self) { return node }
      return lower(call: name, arguments, of: expression, in: &scope)
    case .invalid: return graph.constant(.nan)
    }
  }

  // MARK: Names

  private mutating func lower(name: String, at range: SourceRange, in scope: inout some LoweringScope) -> NodeID {
    if let call = calls.last, call.isVisible, let node = call.arguments[name] { return node }
    let node = hidingArguments { context in scope.resolve(name: name, at: range, in: &context) }
    if let node { return node }
    if let value = ConstantTable.value(of: name) { return graph.constant(value) }
    let known = scope.names + ConstantTable.names + (calls.last.map { $0.arguments.keys.sorted() } ?? [])
    return fault(.unknownName(range, name: name, suggestion: Suggestion.nearest(to: name, among: known)))
  }

  private mutating func lower(probe: Probe, at range: SourceRange, in scope: inout some LoweringScope) -> NodeID {
    let node = hidingArguments { context in scope.resolve(probe: probe, at: range, in: &context) }
    return node ?? fault(.notConstant(range, what: "\(probe)"))
  }

  /// Runs `body`, which may lower expressions that stand outside the function being called.
  private mutating func hidingArguments(_ body: (inout LoweringContext) -> NodeID?) -> NodeID? {
    guard let last = calls.indices.last else { return body(&self) }
    let wasVisible = calls[last].isVisible
    calls[last].isVisible = false
    defer { calls[last].isVisible = wasVisible }
    return body(&self)
  }

  // MARK: Functions of the user

  /// The body of `function` with `arguments` in place of its parameters.
  private mutating func inline(
    _ function: FunctionDefinition, _ arguments: [Expression], at range: SourceRange,
    in scope: inout some LoweringScope
  ) -> NodeID {
    let name = function.name.value
    let count = function.parameters.count
    guard arguments.count == count else {
      return fault(.argumentCount(range, name: name, expected: count...count, given: arguments.count))
    }
    if let first = calls.firstIndex(where: { $0.name == name }) {
      return fault(.recursiveFunction(range, chain: calls[first...].map(\.name) + [name]))
    }
    var values: [String: NodeID] = [:]
    for (parameter, argument) in zip(function.parameters, arguments) {
      values[parameter.value] = lower(argument, in: &scope)
    }
    calls.append(Call(name: name, range: range, arguments: values))
    defer { calls.removeLast() }
    return lower(function.body, in: &scope)
  }

  // MARK: Faults

  /// Reports `error` with the calls that lead to it.
  mutating func fault(_ error: ExpressionError) -> NodeID {
    var diagnostic = error.diagnostic
    diagnostic.labels += calls.reversed().prefix(5).map { Label($0.range, "in this call of \($0.name)") }
    diagnostics.report(diagnostic)
    return graph.constant(.nan)
  }

  /// `node`, made from `operands`; reported if it is a constant that has no value although its operands have.
  mutating func checked(
    _ node: NodeID, _ operation: String, from operands: [NodeID], domain: String? = nil, at range: SourceRange
  ) -> NodeID {
    guard ruledOutDepth == 0, let value = graph.constantValue(of: node), !value.isFinite else { return node }
    let values = operands.compactMap { graph.constantValue(of: $0) }
    if values.contains(where: \.isNaN) { return node }
    if value.isInfinite, values.contains(where: \.isInfinite) { return node }
    if value.isInfinite, !values.contains(0) || domain == nil { return fault(.overflow(range, values: [])) }
    return fault(.outOfDomain(range, operation: operation, operands: values, domain: domain, values: []))
  }
}
