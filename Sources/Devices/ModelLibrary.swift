package import Diagnostics
package import Netlists

/// The library of models and subcircuits: one text file per model, named after it; only what is asked for is read.
package struct ModelLibrary: Sendable {
  /// Reads the library file of a name (`hh_potassium`), nil if there is none.
  package typealias Reader = @Sendable (_ name: String) -> (name: String, bytes: [UInt8])?

  /// `names` is asked for suggestions and `neuristor models` alone, not where a model is found.
  package init(names: @autoclosure @escaping @Sendable () -> [String], reader: @escaping Reader) {
    listNames = names
    self.reader = reader
  }

  /// A library without any model.
  package static let empty = ModelLibrary(names: []) { _ in nil }

  private let listNames: @Sendable () -> [String]
  /// Every name the library has.
  package var names: [String] { listNames() }
  package var reader: Reader

  /// The statements of the file that defines `name` (a `.memristor`, a `.model` or a `.subckt`), or nil.
  package func statements(
    defining name: String, sources: inout SourceMap, diagnostics: inout DiagnosticBag
  ) -> [Statement]? {
    guard let text = reader(name.lowercased()) else { return nil }
    let file = sources.add(name: text.name, bytes: text.bytes)
    return NetlistParser.parse(
      file, in: &sources, reader: ClosedLibrary(), hasTitle: false, diagnostics: &diagnostics
    ).statements
  }

  /// A library file stands alone: it includes no other.
  private struct ClosedLibrary: SourceReader {
    func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError)
      -> (name: String, bytes: [UInt8])
    {
      throw SourceReaderError(reason: "a library model includes no other file")
    }
  }
}
