package import Diagnostics

/// SPICE text to statements.
package enum NetlistParser {
  /// Parses the netlist in `file` of `sources`; `.include` and `.lib` read through `reader` and join `sources`.
  ///
  /// Every fault is reported and the next line read on. `hasTitle` is false for library files.
  package static func parse(
    _ file: FileID, in sources: inout SourceMap, reader: some SourceReader, hasTitle: Bool = true,
    diagnostics: inout DiagnosticBag
  ) -> Netlist {
    var parser = StatementParser(file, in: sources, reader: reader, isLibrary: !hasTitle)
    parser.read(file, hasTitle: hasTitle)
    sources = parser.sources
    for diagnostic in parser.diagnostics.diagnostics where parser.dialect == .ngspice || !diagnostic.speaksOfNgspice {
      diagnostics.report(diagnostic)
    }
    let written = Netlist(title: parser.title, statements: parser.blocks[0].statements, dialect: parser.dialect)
    let netlist = (written.dialect == .xyce ? written.withFrequenciesOfParameters : written).withoutRunningParameters
    switch netlist.dialect {
    case .ngspice, .ltspice: return netlist.declaringOpenParameters
    case .xyce: return netlist.declaringOpenParameters.holdingCapacitors.withFrequencyTables
    }
  }
}

extension Diagnostic {
  /// Whether it warns of what ngspice alone makes of an operator: other dialects read the operator otherwise.
  fileprivate var speaksOfNgspice: Bool { code == "absolute-power" }
}
