package import Expressions
internal import Netlists

/// Parameters and functions of the top level, as its directives read them.
package struct ParameterScope: Sendable, ConstantScope {
  private var values: [String: Double]
  private var functions: [String: FunctionDefinition]

  package init(values: [String: Double] = [:], functions: [String: FunctionDefinition] = [:]) {
    self.values = values
    self.functions = functions
  }

  package func value(of name: String) -> Double? { values[name] }
  package func function(_ name: String) -> FunctionDefinition? { functions[name] }
  package var names: [String] { values.keys.filter { !ScriptParameter.isOne($0) }.sorted() }
}
