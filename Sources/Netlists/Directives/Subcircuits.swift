internal import Diagnostics

/// `.subckt NAME node ... [params:] [name=value ...]` to `.ends [NAME]`.
extension StatementParser {
  mutating func openSubcircuit(_ line: DirectiveLine) throws(NetlistError) {
    try open(line) { (parser) throws(NetlistError) in
      let form = "NAME node ... [params: name=value ...]"
      var scanner = line.scanner
      guard let name = scanner.takeHeaderWord() else { throw line.malformed(scanner, expected: form) }
      var ports: [Located<String>] = []
      while true {
        scanner.skipSeparators()
        if scanner.isAtEnd || scanner.beginsAssignment(at: scanner.position) { break }
        guard let word = scanner.takeHeaderWord() else { throw line.malformed(scanner, expected: form) }
        if word.value == "params:" { break }
        ports.append(word)
      }
      let parameters = try scanner.takeAssignments(of: line, diagnostics: &parser.diagnostics)
      parser.checkDistinct(ports, kind: "port")
      parser.checkDistinct(parameters.map(\.name), kind: "parameter")
      return .subcircuit(name: name, ports: ports, parameters: parameters)
    }
  }

  mutating func closeSubcircuit(_ line: DirectiveLine) throws(NetlistError) {
    let block = try close("subckt", with: line)
    guard case .subcircuit(let name, let ports, let parameters) = block.kind else { return }
    if define(name, in: \.subcircuits, kind: "subcircuit") {
      add(
        .subcircuit(Subcircuit(name: name, ports: ports, parameters: parameters, statements: block.statements)))
    }
    var scanner = line.scanner
    guard let written = scanner.takeHeaderWord() else { return }
    if written.value != name.value {
      throw .mismatchedEnds(written.range, written: written.value, expected: name.value, opening: name.range)
    }
  }
}
