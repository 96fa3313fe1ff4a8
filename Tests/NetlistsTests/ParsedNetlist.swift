import Diagnostics
import Netlists

/// Other files of a test, by name.
struct TestFiles: SourceReader {
  var files: [String: String] = [:]

  func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (name: String, bytes: [UInt8])
  {
    guard let text = files[path] else { throw SourceReaderError(reason: "there is no such file") }
    return (path, Array(text.utf8))
  }
}

/// A netlist with all that parsing it gave.
struct ParsedNetlist {
  var netlist: Netlist
  var sources = SourceMap()
  var diagnostics = DiagnosticBag()

  init(_ text: String, files: [String: String] = [:], hasTitle: Bool = true) {
    self.init(bytes: Array(text.utf8), files: files, hasTitle: hasTitle)
  }

  init(bytes: [UInt8], files: [String: String] = [:], hasTitle: Bool = true) {
    let file = sources.add(name: "main.cir", bytes: bytes)
    netlist = NetlistParser.parse(
      file, in: &sources, reader: TestFiles(files: files), hasTitle: hasTitle, diagnostics: &diagnostics)
  }

  /// Parses `lines` below a title.
  init(body lines: String, files: [String: String] = [:]) {
    self.init("title\n" + lines, files: files)
  }

  var codes: [String] { diagnostics.diagnostics.map(\.code.name) }

  var statements: [Statement] { netlist.statements }

  var elements: [Card] {
    statements.compactMap { statement in
      if case .element(let card) = statement { card } else { nil }
    }
  }

  var directives: [Card] {
    statements.compactMap { statement in
      if case .directive(let card) = statement { card } else { nil }
    }
  }

  var memristors: [MemristorBlock] {
    statements.compactMap { statement in
      if case .memristor(let block) = statement { block } else { nil }
    }
  }

  /// What stands at `range`.
  func text(at range: SourceRange?) -> String {
    guard let range else { return "" }
    return String(decoding: sources[range.file].bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
  }

  /// Each complaint as `code: underlined text`.
  var faults: [String] {
    diagnostics.diagnostics.map { "\($0.code): \(text(at: $0.range))" }
  }
}

extension Card {
  /// Words, with expressions marked by their braces.
  var words: [String] { fields.map(\.text.string) }

  /// `name=value` of each assignment.
  var values: [String] { assignments.map { "\($0.name.value)=\($0.value.string)" } }
}
