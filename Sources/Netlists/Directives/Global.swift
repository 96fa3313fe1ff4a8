internal import Diagnostics

/// `.global NODE ...`: nodes that are the same in every subcircuit.
extension StatementParser {
  mutating func parseGlobal(_ line: DirectiveLine) throws(NetlistError) {
    var scanner = line.scanner
    var nodes: [Located<String>] = []
    while true {
      scanner.skipSeparators()
      if scanner.isAtEnd { break }
      guard let node = scanner.takeHeaderWord() else { throw line.malformed(scanner, expected: "names of nodes") }
      nodes.append(node)
    }
    if nodes.isEmpty { throw line.malformed(line.scanner, expected: "names of nodes") }
    add(.global(nodes))
  }
}
