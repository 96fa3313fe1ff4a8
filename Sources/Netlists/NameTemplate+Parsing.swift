package import Diagnostics
internal import Expressions

extension NameTemplate {
  /// Reads a name as written, `n{k+1}`; a fault is reported and its placeholder is `.invalid`.
  package init(parsing text: SourceText, diagnostics: inout DiagnosticBag) {
    guard text.bytes.contains(UInt8(ascii: "{")) else {
      self.init([.text(text.bytes.lowercasedString)])
      return
    }
    do {
      self.init(try Self.parts(of: text, diagnostics: &diagnostics))
    } catch {
      diagnostics.report(error)
      self.init([.placeholder(.invalid(text.range))])
    }
  }

  /// Reads a name that stood at `range`, such as a probe's: `v(n{k})` keeps `n{k}`.
  package init(parsing name: String, at range: SourceRange, diagnostics: inout DiagnosticBag) {
    self.init(
      parsing: SourceText(file: range.file, bytes: Array(name.utf8), origin: range.start), diagnostics: &diagnostics)
  }

  private static func parts(
    of text: SourceText, diagnostics: inout DiagnosticBag
  ) throws(NetlistError) -> [Part] {
    var scanner = TextScanner(text)
    var parts: [Part] = []
    var lastPlaceholder: Int?
    var textStart = 0
    while let byte = scanner.next {
      guard byte == UInt8(ascii: "{") else {
        scanner.position += 1
        continue
      }
      let open = scanner.position
      let end = try scanner.endOfGroup(at: open)
      if let start = lastPlaceholder, text.bytes[textStart..<open].allSatisfy(\.isDigit) {
        throw .adjacentPlaceholders(text.range(start..<end))
      }
      if open > textStart { parts.append(.text(text.bytes[textStart..<open].lowercasedString)) }
      let content = text.slice(open + 1..<end - 1)
      parts.append(.placeholder(Expression.parse(content, diagnostics: &diagnostics)))
      lastPlaceholder = open
      scanner.position = end
      textStart = end
    }
    if textStart < text.bytes.count { parts.append(.text(text.bytes[textStart...].lowercasedString)) }
    return parts
  }
}
