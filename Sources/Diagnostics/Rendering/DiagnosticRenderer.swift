/// Draws complaints for a person: place and message, the source line with the span underlined, notes, what would be right.
///
///     hh.cir:7:9: error: 'x' behind a number is neither a scale suffix nor a unit [unknown-number-tail]
///        7 | R1 a b {2x}
///          |         ^^
///       note: suffixes are f p n u m mil k meg g t, units such as V A Ohm F H s Hz may follow
///       help: write a product with '*': 2*x
package struct DiagnosticRenderer: Sendable {
  package var style: RenderingStyle
  /// Columns that source lines may fill; longer ones are cut around the span.
  package var width: Int

  package init(style: RenderingStyle = .plain, width: Int = 160) {
    self.style = style
    self.width = max(40, width)
  }

  /// Every complaint in the order found, and a closing summary; past `limit` complaints only their number is told.
  package func render(_ bag: DiagnosticBag, in sources: SourceMap, limit: Int = 100) -> String {
    var page = ""
    for diagnostic in bag.diagnostics.prefix(limit) { page += render(diagnostic, in: sources) }
    let hidden = bag.diagnostics.count - limit
    if hidden > 0 { page += "... and \(hidden) more\n" }
    let summary = Self.summary(of: bag.diagnostics)
    return summary.isEmpty ? page : page + summary + "\n"
  }

  package func render(_ diagnostic: Diagnostic, in sources: SourceMap) -> String {
    let severity = RenderingStyle.Role.severity(diagnostic.severity)
    var page = heading(of: diagnostic, in: sources)
    let own = diagnostic.range.map {
      [SnippetRenderer.Mark(range: $0, text: diagnostic.caption, sign: "^", role: severity)]
    }
    let labels = diagnostic.labels.map {
      SnippetRenderer.Mark(range: $0.range, text: $0.text, sign: "-", role: .label)
    }
    page += snippets((own ?? []) + labels, headedBy: diagnostic.range?.file, in: sources)
    for note in diagnostic.notes {
      page += "  " + style.paint("note:", as: .severity(.note)) + " \(note.displayed)\n"
    }
    for fixIt in diagnostic.fixIts {
      page += "  " + style.paint("help:", as: .help) + " \(Self.words(of: fixIt).displayed)\n"
    }
    return page
  }

  /// "2 errors, 1 warning"; empty where there is neither.
  package static func summary(of diagnostics: [Diagnostic]) -> String {
    [(Severity.error, "error"), (.warning, "warning")].compactMap { severity, name in
      let count = diagnostics.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(name)\(count == 1 ? "" : "s")"
    }
    .joined(separator: ", ")
  }

  private func heading(of diagnostic: Diagnostic, in sources: SourceMap) -> String {
    let place = diagnostic.range.flatMap { Self.place(of: $0, in: sources) }.map {
      style.paint($0 + ":", as: .place) + " "
    }
    let severity = style.paint("\(diagnostic.severity):", as: .severity(diagnostic.severity))
    let message = style.paint(diagnostic.message.displayed, as: .message)
    return (place ?? "") + "\(severity) \(message) [\(diagnostic.code)]\n"
  }

  /// The marked lines file by file, each file but the heading's under its name.
  private func snippets(_ marks: [SnippetRenderer.Mark], headedBy first: FileID?, in sources: SourceMap) -> String {
    let snippet = SnippetRenderer(style: style, width: width)
    var page = ""
    var drawn: Set<FileID> = []
    for mark in marks where drawn.insert(mark.range.file).inserted {
      guard let file = sources.file(mark.range.file) else { continue }
      if mark.range.file != first, let place = Self.place(of: mark.range, in: sources) {
        page += "  " + style.paint("at \(place):", as: .place) + "\n"
      }
      page += snippet.render(marks.filter { $0.range.file == mark.range.file }, of: file)
    }
    return page
  }

  /// `file:line:column`.
  private static func place(of range: SourceRange, in sources: SourceMap) -> String? {
    guard let file = sources.file(range.file) else { return nil }
    let position = file.position(of: range.start)
    return "\(file.name.displayed):\(position.line):\(position.column)"
  }

  /// The advice with the text to write, unless its words say it already.
  private static func words(of fixIt: FixIt) -> String {
    guard let replacement = fixIt.replacement, !fixIt.message.contains(replacement) else { return fixIt.message }
    return fixIt.message + ": " + replacement
  }
}
