internal import Diagnostics

/// `.memristor NAME [(p n ...)]` to `.endmemristor`: the lines between are kept for the device language.
extension StatementParser {
  mutating func openMemristor(_ line: DirectiveLine) throws(NetlistError) {
    memristor = MemristorCollector(opening: line.keyword.range, comment: line.comment)
    let form = "NAME or NAME (terminal terminal ...)"
    var scanner = line.scanner
    guard let name = scanner.takeName() else { throw line.malformed(scanner, expected: form) }
    memristor?.name = name
    scanner.skipBlanks()
    if scanner.isAtEnd { return }
    guard scanner.next == UInt8(ascii: "(") else { throw line.malformed(scanner, expected: form) }
    let end = try scanner.endOfGroup(at: scanner.position)
    scanner.position += 1
    var terminals: [Located<String>] = []
    while true {
      scanner.skipSeparators()
      guard let terminal = scanner.takeHeaderWord() else { break }
      terminals.append(terminal)
    }
    guard scanner.position == end - 1, !terminals.isEmpty else { throw line.malformed(scanner, expected: form) }
    scanner.position = end
    scanner.skipBlanks()
    if !scanner.isAtEnd { throw line.malformed(scanner, expected: form) }
    checkDistinct(terminals, kind: "terminal")
    memristor?.terminals = terminals
  }

  /// Gives `line` to the open block, if there is one; false where it is for the parser itself.
  mutating func collect(_ line: LogicalLine) -> Bool {
    guard memristor != nil else { return false }
    if line.directive == "endmemristor" {
      closeMemristor(at: line.text.range)
      return true
    }
    if line.directive != nil {
      // Nothing in a block begins with a dot: its end was forgotten.
      closeBlocks(downTo: blocks.count, at: line.text.range)
      return false
    }
    memristor?.append(line, diagnostics: &diagnostics)
    return true
  }

  private mutating func closeMemristor(at end: SourceRange) {
    guard var collector = memristor else { return }
    memristor = nil
    collector.finish(diagnostics: &diagnostics)
    guard let name = collector.name, define(name, as: .model) else { return }
    add(
      .memristor(
        MemristorBlock(
          name: name, terminals: collector.terminals, lines: collector.lines, range: collector.opening.joined(to: end),
          comment: collector.comment)))
  }
}
