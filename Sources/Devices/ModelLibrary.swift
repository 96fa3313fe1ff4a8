package import Diagnostics
package import Netlists

/// The library of models and subcircuits: one text file per model, named after it; only what is asked for is read.
package struct ModelLibrary: Sendable {
  /// Reads the library file of a name (`hh_potassium`), nil if there is none.
  package typealias Reader = @Sendable (_ name: String) -> (name: String, bytes: [UInt8])?

  package init(names: [String], reader: @escaping Reader) {
    self.names = names
    self.reader = reader
  }

  /// Every name the library has, for suggestions and `neuristor models`.
  package var names: [String]
  package var reader: Reader

  /// The statements of the file that defines `name` (a `.memristor`, a `.model` or a `.subckt`), or nil.
  package func statements(
    defining name: String, sources: inout SourceMap, diagnostics: inout DiagnosticBag
  ) -> [Statement]? {
    nil  // contract
  }
}
