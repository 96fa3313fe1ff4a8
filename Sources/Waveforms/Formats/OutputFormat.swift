/// A kind of waveform file; a new one is its file in this folder and a line of `FormatCatalogue`.
package protocol OutputFormat: Sendable {
  /// As the command line names it: `raw` for `--raw`.
  static var name: String { get }
  /// What a file's name ends with, without the point.
  static var suffixes: [String] { get }
  /// Opens the file at `path` (`-` is standard output) and writes what it is handed.
  static func sink(path: String) throws(SinkFailure) -> any WaveformSink
  /// The results in a file, in the order written; `path` appears in messages only.
  static func read(_ bytes: [UInt8], path: String) throws(WaveformFileError) -> [WaveformTable]
}

package enum FormatCatalogue {
  package static let formats: [any OutputFormat.Type] = [Rawfile.self, CSV.self, HDF5.self]

  /// The format that the end of `path` names.
  package static func format(of path: String) -> (any OutputFormat.Type)? {
    let name = path.lowercased()
    return formats.first { format in format.suffixes.contains { name.hasSuffix("." + $0) } }
  }

  /// Reads a waveform file, its format told by its name and else by how it begins.
  package static func read(path: String) throws(WaveformFileError) -> [WaveformTable] {
    let bytes = try FileBytes.read(path)
    if bytes.isEmpty { throw .empty(path: path) }
    if let format = format(of: path) { return try format.read(bytes, path: path) }
    if bytes.starts(with: HDF5.signature) { return try HDF5.read(bytes, path: path) }
    return bytes.starts(with: "Title:".utf8) ? try Rawfile.read(bytes, path: path) : try CSV.read(bytes, path: path)
  }
}
