package import Devices
package import Diagnostics
package import Netlists

/// What a netlist means: the flat circuit, and the directives with the scope their expressions are read in.
package struct Elaboration: Sendable {
  package var title: Located<String>
  package var circuit: Circuit
  /// The top level's parameters and functions.
  package var scope: ParameterScope
  /// Analyses, outputs, measures in the order written, after `.if` and `.for` (whose variables are substituted).
  package var directives: [Card]
  /// `.options` by name (lower case), later ones winning; flags have no value.
  package var options: [String: Located<OptionValue>]
  /// Degrees Celsius.
  package var temperature: Double
  package var dialect = Dialect.ngspice
  /// Nodes by what subcircuits call their ports.
  package var ports = PortNames()
  /// The sample of `.mc` that random parameters were drawn for.
  package var sample: Sample?
  /// Names among the overrides that no `.param` of the top level has, sorted.
  package var unusedOverrides: [String]
  /// The step of `.tran` and its end (s), which shapes of sources take for times that they leave out.
  package var transient = (step: 0.0, stop: Double.infinity)
  /// The same object in elaborations that differ in values of devices and parameters alone.
  package let structure = Structure()

  package final class Structure: Sendable {}

  package init(title: Located<String>) {
    self.title = title
    circuit = Circuit()
    scope = ParameterScope()
    directives = []
    options = [:]
    temperature = 27
    unusedOverrides = []
  }
}

extension Elaboration {
  /// To be said where a circuit without elements shall run.
  package func reportNoElements(_ diagnostics: inout DiagnosticBag) {
    diagnostics.report(CircuitError.noElements(title.range))
  }
}

package enum OptionValue: Sendable, Equatable {
  case flag
  case number(Double)
  case word(String)
}

package enum Elaborator {
  /// Flattens `netlist`; nil after reporting what is wrong with it, all faults in one go.
  ///
  /// `overrides` (`--set`, names in lower case) win over `.param`s of the top level; the names among them that no
  /// `.param` has are left to the options; `modelValues` win likewise over models. Random parameters are drawn for
  /// `sample`, without one they have their nominal values. `transient` are step and end (s) of a transient that the
  /// netlist does not ask for itself. `library` finds models and subcircuits that the netlist does
  /// not define. `memory` is what earlier elaborations of the same netlist have left.
  package static func elaborate(
    _ netlist: Netlist, library: ModelLibrary, overrides: [String: Double] = [:], modelValues: [ModelValue] = [],
    sample: Sample? = nil, transient: (step: Double, stop: Double)? = nil, memory: inout ElaborationMemory,
    sources: inout SourceMap, diagnostics: inout DiagnosticBag
  ) -> Elaboration? {
    let (given, kept) = (memory, sources)
    func begin() -> Flattener {
      var flattener = Flattener(library: library, overrides: overrides, sample: sample, memory: given, sources: kept)
      flattener.modelValues = modelValues
      flattener.requestedTransient = transient
      if let transient { flattener.transient = transient }
      return flattener
    }
    if let pattern = memory.pattern {
      var repeating = begin()
      if let elaboration = repeating.elaboration(like: pattern) {
        diagnostics.append(pattern.complaints)
        return elaboration
      }
    }
    // One that began to repeat has left its traces in scopes.
    var flattener = begin()
    if memory.isForMany, memory.pattern == nil { flattener.recorder = PatternRecorder() }
    let circuit = flattener.flatten(netlist)
    sources = flattener.sources
    diagnostics.append(flattener.diagnostics)
    // What was complained about once must be complained about again.
    guard let circuit else { return nil }
    memory = flattener.memoryLeft
    var elaboration = Elaboration(title: netlist.title)
    elaboration.circuit = circuit
    elaboration.scope = flattener.parameterScope
    elaboration.directives = flattener.directives
    elaboration.ports = flattener.ports
    elaboration.dialect = netlist.dialect
    elaboration.options = flattener.options
    elaboration.sample = sample
    elaboration.transient = flattener.transient
    elaboration.temperature = flattener.temperature
    elaboration.unusedOverrides = flattener.unusedOverrides
    if let pattern = flattener.pattern(for: elaboration) { memory.pattern = pattern }
    return elaboration
  }

  /// The same without a memory.
  package static func elaborate(
    _ netlist: Netlist, library: ModelLibrary, sources: inout SourceMap, diagnostics: inout DiagnosticBag
  ) -> Elaboration? {
    var memory = ElaborationMemory()
    return elaborate(netlist, library: library, memory: &memory, sources: &sources, diagnostics: &diagnostics)
  }

  /// The directives called by one of `keywords` at the top level that no `.if` leaves out, and the scope they are read in; no
  /// device is made, and what is wrong is left to `elaborate` to say.
  package static func directives(
    called keywords: Set<String>, in netlist: Netlist, library: ModelLibrary, overrides: [String: Double],
    sources: SourceMap
  ) -> (cards: [Card], scope: ParameterScope) {
    var flattener = Flattener(library: library, overrides: overrides, sources: sources)
    return (flattener.directives(called: keywords, in: netlist), flattener.parameterScope)
  }
}
