package import Diagnostics
package import Expressions

/// A comparison in a running equation: its mode is 1 where `argument` > 0 (>= 0 if `includesZero`).
package struct Guard: Sendable {
  package var argument: NodeID
  package var includesZero: Bool
  package var range: SourceRange

  package init(argument: NodeID, includesZero: Bool, range: SourceRange) {
    self.argument = argument
    self.includesZero = includesZero
    self.range = range
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
    graph.constant(.nan)  // contract
  }
}
