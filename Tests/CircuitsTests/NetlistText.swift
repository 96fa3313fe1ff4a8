import Circuits
import Devices
import Diagnostics
import Netlists

/// A netlist as text, elaborated with a small library given as text too.
struct NetlistText {
  var elaboration: Elaboration?
  var diagnostics: [Diagnostic]

  init(_ text: String, library: [String: String] = [:], overrides: [String: Double] = [:], sample: Sample? = nil) {
    var sources = SourceMap()
    var bag = DiagnosticBag()
    let netlist = Self.parsed(text, &sources, &bag)
    var memory = ElaborationMemory()
    elaboration = Elaborator.elaborate(
      netlist, library: Self.library(library), overrides: overrides, sample: sample, memory: &memory, sources: &sources,
      diagnostics: &bag)
    diagnostics = bag.diagnostics
  }

  static func parsed(_ text: String, _ sources: inout SourceMap, _ diagnostics: inout DiagnosticBag) -> Netlist {
    let file = sources.add(name: "test.cir", bytes: Array(("title\n" + text).utf8))
    return NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &diagnostics)
  }

  /// A library of texts by name.
  static func library(_ texts: [String: String]) -> ModelLibrary {
    ModelLibrary(names: texts.keys.sorted()) { name in texts[name].map { (name: name, bytes: Array($0.utf8)) } }
  }

  var circuit: Circuit { elaboration?.circuit ?? Circuit() }

  /// Codes of the complaints, in the order found.
  var codes: [String] { diagnostics.map(\.code.name) }

  func message(_ code: String) -> String {
    diagnostics.first { $0.code.name == code }?.message ?? ""
  }

  /// A parameter of a device.
  func value(_ device: String, _ parameter: String) -> Double? {
    guard let reference = circuit.device(named: device) else { return nil }
    let group = circuit.groups[reference.group]
    guard let index = group.model.parameters.firstIndex(where: { $0.name == parameter }) else { return nil }
    return group.parameters[index][reference.instance]
  }

  /// The nodes of a device.
  func nodes(_ device: String) -> [String] {
    guard let reference = circuit.device(named: device) else { return [] }
    let group = circuit.groups[reference.group]
    return group.terminals.map { circuit.nodeNames[Int($0[reference.instance])] }
  }
}

private struct NoFiles: SourceReader {
  func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (name: String, bytes: [UInt8])
  {
    throw SourceReaderError(reason: "there are no files")
  }
}
