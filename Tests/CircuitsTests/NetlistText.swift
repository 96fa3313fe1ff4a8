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
    let file = sources.add(name: "test.cir", bytes: Array(("title\n" + text).utf8))
    let netlist = NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &bag)
    let models = ModelLibrary(names: library.keys.sorted()) { name in
      library[name].map { (name: name, bytes: Array($0.utf8)) }
    }
    var memory = ElaborationMemory()
    elaboration = Elaborator.elaborate(
      netlist, library: models, overrides: overrides, sample: sample, memory: &memory, sources: &sources,
      diagnostics: &bag)
    diagnostics = bag.diagnostics
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
