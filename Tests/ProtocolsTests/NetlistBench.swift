import Analyses
import Circuits
import Devices
import Diagnostics
import Netlists
import Protocols
import TestSupport

/// A netlist as text on a test bench; a title is put before it.
struct NetlistBench {
  var diagnostics: [Diagnostic] = []
  var bench: TestBench?

  init(_ text: String) {
    self.init("title\n" + text + "\n", named: "test.cir")
  }

  /// A netlist of the gallery.
  init(gallery path: String) throws {
    self.init(try Repository.text(of: path), named: path)
  }

  private init(_ text: String, named name: String) {
    var sources = SourceMap()
    var bag = DiagnosticBag()
    let file = sources.add(name: name, bytes: Array(text.utf8))
    let netlist = NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &bag)
    let library = ModelLibrary(names: Self.models.keys.sorted()) { name in
      Self.models[name].flatMap { path in (try? Repository.text(of: path)).map { (path, Array($0.utf8)) } }
    }
    let elaboration = Elaborator.elaborate(netlist, library: library, sources: &sources, diagnostics: &bag)
    if !bag.hasErrors, let elaboration {
      let experiment = Experiment(elaboration, diagnostics: &bag)
      if !bag.hasErrors, let neuron = experiment.requests.neurons.first {
        bench = TestBench(neuron, of: experiment, isCancelled: { false }, diagnostics: &bag)
      }
    }
    diagnostics = bag.diagnostics
  }

  /// Files of the library by the names of their models.
  private static let models: [String: String] = {
    let folder = "Sources/Devices/Models"
    let files = [".memristor", ".model", ".cir"].flatMap { Repository.files(below: folder, endingWith: $0) }
    return Dictionary(
      files.map { (String($0.dropFirst(folder.count + 1).prefix { $0 != "." }), $0) }, uniquingKeysWith: { $1 })
  }()

  var codes: [String] { diagnostics.map(\.code.name) }
}

/// No other file is read.
private struct NoFiles: SourceReader {
  func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (name: String, bytes: [UInt8])
  {
    throw SourceReaderError(reason: "there are no files here")
  }
}

extension NeuronRecord {
  /// A measure by name.
  subscript(name: String) -> NeuronMeasure? { measures.first { $0.name == name } }

  /// Its value, NaN where there is none.
  func value(_ name: String) -> Double { self[name]?.value ?? .nan }
}
