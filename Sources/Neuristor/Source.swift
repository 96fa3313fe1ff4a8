/// A netlist as text, with the name that complaints about it give and its includes are sought beside.
public struct Source: Sendable {
  /// A file's path, or whatever tells it apart; it stands before every complaint: `hh_neuron.cir:12:5:`.
  public var name: String
  /// UTF-8, as read.
  public var bytes: [UInt8]

  /// A netlist out of a program's own text.
  public init(_ text: String, name: String = "netlist") {
    self.name = name
    bytes = Array(text.utf8)
  }

  /// The netlist in the file at `path`; `-` is standard input.
  public init(contentsOf path: String) throws(UnreadableFile) {
    name = path == "-" ? "standard input" : path
    bytes = try FileSourceReader.contents(of: path)
  }
}

/// A file that could not be read, and why.
public struct UnreadableFile: Error, Sendable, CustomStringConvertible {
  /// As it was asked for.
  public let path: String
  /// Finishes the sentence "cannot read 'x': ...".
  public let reason: String

  /// The whole sentence.
  public var description: String { "cannot read '\(path)': \(reason)" }
}
