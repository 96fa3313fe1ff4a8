package import Diagnostics

/// Everything that was said about a netlist: errors, warnings and notes in the order they were found.
public struct Report: Sendable {
  private let sources: SourceMap
  private let bag: DiagnosticBag

  package init(_ bag: DiagnosticBag, in sources: SourceMap) {
    self.bag = bag
    self.sources = sources
  }

  /// Whether nothing was said.
  public var isEmpty: Bool { bag.diagnostics.isEmpty }

  /// Whether something was wrong, so that no simulation could begin.
  public var hasErrors: Bool { bag.hasErrors }

  /// Every complaint by itself.
  public var complaints: [Complaint] { bag.diagnostics.map { Complaint($0, in: sources) } }

  var complaintsJSON: JSONValue { bag.json(in: sources) }

  /// The page that people read: each complaint with its line, the place underlined, and what would be right.
  public func text(coloured: Bool = false) -> String {
    DiagnosticRenderer(style: coloured ? .colour : .plain).render(bag, in: sources)
  }

  /// The page of one complaint that is about no text.
  package static func text(of diagnostic: Diagnostic) -> String {
    DiagnosticRenderer().render(diagnostic, in: SourceMap())
  }
}

/// One thing that was said about a netlist.
public struct Complaint: Sendable, Hashable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable {
    case note, warning, error
  }

  /// Where in a text it is about; lines and columns count from 1.
  public struct Place: Sendable, Hashable {
    /// The name of the source or of the file that it includes.
    public let file: String
    /// Line from 1.
    public let line: Int
    /// Byte of the line from 1.
    public let column: Int
  }

  /// How bad it is.
  public let severity: Severity
  /// A stable name such as `foreign-element`; `neuristor explain` and `Docs/errors` have its page.
  public let code: String
  /// What is the matter, in one sentence.
  public let message: String
  /// Where; nil where it is about no text.
  public let place: Place?

  package init(_ diagnostic: Diagnostic, in sources: SourceMap) {
    severity =
      switch diagnostic.severity {
      case .note: .note
      case .warning: .warning
      case .error: .error
      }
    code = diagnostic.code.name
    message = diagnostic.message
    place = diagnostic.range.map { range in
      let file = sources[range.file]
      let (line, column) = file.position(of: range.start)
      return Place(file: file.name, line: line, column: column)
    }
  }

  /// One line: `file:line:column: error: message [code]`.
  public var description: String {
    let prefix = place.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
    return "\(prefix)\(severity.rawValue): \(message) [\(code)]"
  }
}
