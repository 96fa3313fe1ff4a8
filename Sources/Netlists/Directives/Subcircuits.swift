internal import Diagnostics

/// `.subckt NAME node ... [params:] [name=value ...]` to `.ends [NAME]`; a bare name behind `params:` has no default.
extension StatementParser {
  mutating func openSubcircuit(_ line: DirectiveLine) throws(NetlistError) {
    try open(line) { (parser) throws(NetlistError) in
      let form = "NAME node ... [params: name=value ...]"
      var scanner = line.scanner
      guard let name = scanner.takeHeaderWord() else { throw line.malformed(scanner, expected: form) }
      var header = Subcircuit(name: name, ports: [], parameters: [], statements: [])
      var isBehindKeyword = false
      while true {
        scanner.skipSeparators()
        if scanner.isAtEnd { break }
        if scanner.beginsAssignment(at: scanner.position), let parameter = scanner.takeName() {
          scanner.skipBlanks()
          header.parameters.append(
            try scanner.takeAssignment(of: parameter, extent: .operands, diagnostics: &parser.diagnostics))
          continue
        }
        guard let word = scanner.takeHeaderWord() else { throw line.malformed(scanner, expected: form) }
        if word.value == "params:", !isBehindKeyword {
          isBehindKeyword = true
        } else if isBehindKeyword {
          header.requiredParameters.append(word)
        } else if header.parameters.isEmpty {
          header.ports.append(word)
        } else {
          throw line.malformed(word.range, expected: "name=value")
        }
      }
      parser.checkDistinct(header.ports, kind: "port")
      parser.checkDistinct(header.requiredParameters + header.parameters.map(\.name), kind: "parameter")
      return .subcircuit(header)
    }
  }

  mutating func closeSubcircuit(_ line: DirectiveLine) throws(NetlistError) {
    let block = try close("subckt", with: line)
    guard case .subcircuit(var subcircuit) = block.kind else { return }
    subcircuit.statements = block.statements
    let name = subcircuit.name
    if define(name, as: .subcircuit) { add(.subcircuit(subcircuit)) }
    var scanner = line.scanner
    if let written = scanner.takeHeaderWord(), written.value != name.value {
      throw .mismatchedEnds(written.range, written: written.value, expected: name.value, opening: name.range)
    }
  }
}
