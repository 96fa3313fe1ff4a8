internal import Diagnostics

/// `.lib "path" section` reads one section of a library; like LTspice's, `.lib "path"` reads the whole file.
extension StatementParser {
  mutating func includeSection(_ line: DirectiveLine) throws(NetlistError) {
    var scanner = line.scanner
    let path = scanner.take(to: try scanner.endOfWord(at: scanner.position)).unquoted
    if path.bytes.isEmpty { throw line.malformed(line.scanner, expected: "\"path\" SECTION") }
    scanner.skipBlanks()
    let section = scanner.takeHeaderWord()
    scanner.skipBlanks()
    if !scanner.isAtEnd { throw line.malformed(scanner, expected: "\"path\" SECTION") }
    let sections: [String]
    do throws(NetlistError) {
      sections = try readFile(Located(path.string, path.range), section: section?.value)
    } catch {
      // LTspice writes where its own library lies on its machine whether anything of it is used or not.
      guard dialect == .ltspice, case .unreadableFile(let range, let path, _) = error else { throw error }
      return diagnostics.report(NetlistError.missingLibrary(range, path: path))
    }
    if let section, !sections.contains(section.value) {
      throw .unknownSection(
        section.range, name: section.value, file: path.string,
        suggestion: Suggestion.nearest(to: section.value, among: sections))
    }
  }
}

/// Lets through the lines of a library that are wanted: those of one section, or those outside all sections.
///
/// A section is `.lib NAME` to `.endl`; a name has no dot, slash or quote, which tells it from a path.
struct SectionFilter {
  let wanted: String?
  /// Every section seen.
  private(set) var names: [String] = []
  private var open: Located<String>?

  init(wanted: String?) {
    self.wanted = wanted
  }

  mutating func admits(_ line: LogicalLine, diagnostics: inout DiagnosticBag) -> Bool {
    if let section = open {
      if line.directive == "endl" {
        open = nil
        return false
      }
      return section.value == wanted
    }
    guard line.directive == "lib", let name = Self.sectionName(line) else { return wanted == nil }
    open = name
    names.append(name.value)
    if wanted == nil { diagnostics.report(NetlistError.unusedSection(name.range, name: name.value)) }
    return false
  }

  func finish(at end: SourceRange, diagnostics: inout DiagnosticBag) {
    guard let section = open else { return }
    diagnostics.report(
      NetlistError.unterminatedBlock(
        opening: section.range, keyword: "lib", closer: OpenBlock.closer(of: "lib"), end: end, followsEnd: false))
  }

  private static func sectionName(_ line: LogicalLine) -> Located<String>? {
    guard var scanner = DirectiveLine(line)?.scanner, let name = scanner.takeHeaderWord() else { return nil }
    scanner.skipBlanks()
    guard scanner.isAtEnd, !name.value.utf8.contains(where: { "./\\\"'".utf8.contains($0) }) else { return nil }
    return name
  }
}
