package import Devices
package import Diagnostics
package import Expressions
package import Netlists

/// What a netlist means: the flat circuit, and the directives with the scope their expressions are read in.
package struct Elaboration: Sendable {
  package var title: String
  package var circuit: Circuit
  /// The top level's parameters and functions.
  package var scope: ParameterScope
  /// Analyses, outputs, measures in the order written, after `.if` and `.for` (whose variables are substituted).
  package var directives: [Card]
  /// `.options` by name (lower case), later ones winning; flags have no value.
  package var options: [String: Located<OptionValue>]
  /// Degrees Celsius.
  package var temperature: Double

  package init(title: String) {
    self.title = title
    circuit = Circuit()
    scope = ParameterScope()
    directives = []
    options = [:]
    temperature = 27
  }
}

package enum OptionValue: Sendable, Equatable {
  case flag
  case number(Double)
  case word(String)
}

/// Parameters and functions of one level, each visible in the levels below unless shadowed.
package struct ParameterScope: Sendable, ConstantScope {
  package init() {}

  package func value(of name: String) -> Double? { nil }  // contract
  package func function(_ name: String) -> FunctionDefinition? { nil }  // contract
  package var names: [String] { [] }  // contract
}

package enum Elaborator {
  /// Flattens `netlist`. `overrides` (`--set`) win over `.param`s of the top level; the names among them that no
  /// `.param` has are left to the options. `library` finds models and subcircuits that the netlist does not define.
  package static func elaborate(
    _ netlist: Netlist, library: ModelLibrary, overrides: [String: Double] = [:], sources: inout SourceMap,
    diagnostics: inout DiagnosticBag
  ) -> Elaboration? {
    nil  // contract
  }
}
