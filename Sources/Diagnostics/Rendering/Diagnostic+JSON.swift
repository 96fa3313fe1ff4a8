/// Complaints for a program; the schema stands in Docs/manual/json.md.
extension Diagnostic {
  package func json(in sources: SourceMap) -> JSONValue {
    [
      "severity": .string("\(severity)"),
      "code": .string(code.name),
      "message": .string(message),
      "place": range?.json(in: sources) ?? .null,
      "caption": .string(caption),
      "labels": .array(labels.map { ["place": $0.range.json(in: sources), "text": .string($0.text)] }),
      "notes": .array(notes.map(JSONValue.string)),
      "help": .array(fixIts.map { $0.json(in: sources) }),
    ]
  }
}

extension DiagnosticBag {
  package func json(in sources: SourceMap) -> JSONValue {
    .array(diagnostics.map { $0.json(in: sources) })
  }
}

extension FixIt {
  fileprivate func json(in sources: SourceMap) -> JSONValue {
    [
      "message": .string(message),
      "place": range?.json(in: sources) ?? .null,
      "replacement": replacement.map(JSONValue.string) ?? .null,
    ]
  }
}

extension SourceRange {
  /// File, line and column (from 1, in characters) of the first character and of the one behind the last.
  package func json(in sources: SourceMap) -> JSONValue {
    guard let source = sources.file(file) else { return .null }
    let first = source.position(of: start)
    let last = source.position(of: max(start, end))
    return [
      "file": .string(source.name), "line": .integer(first.line), "column": .integer(first.column),
      "endLine": .integer(last.line), "endColumn": .integer(last.column),
    ]
  }
}
