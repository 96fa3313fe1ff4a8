internal import Diagnostics
internal import Expressions

/// `.param a=1 b={2*a}`; like ngspice's, it also takes functions, `.param f(x)={x*x}`.
extension StatementParser {
  mutating func parseParameters(_ line: DirectiveLine) throws(NetlistError) {
    var scanner = line.scanner
    var assignments: [Assignment] = []
    scanner.skipSeparators()
    if scanner.isAtEnd { throw line.malformed(line.scanner, expected: "name = value") }
    while !scanner.isAtEnd {
      guard scanner.beginsAssignment(at: scanner.position), let name = scanner.takeName() else {
        throw line.malformed(scanner, expected: "name = value")
      }
      scanner.skipBlanks()
      if scanner.next == UInt8(ascii: "(") {
        let parameters = try takeParameterNames(from: &scanner, of: line)
        scanner.skipBlanks()
        let value = try scanner.takeValue(of: name, extent: .nextName)
        add(
          .function(
            FunctionDefinition(
              name: name, parameters: parameters, body: value.expression(diagnostics: &diagnostics))))
      } else {
        assignments.append(try scanner.takeAssignment(of: name, extent: .nextName, diagnostics: &diagnostics))
      }
      scanner.skipSeparators()
    }
    if !assignments.isEmpty { add(.parameters(assignments)) }
  }

  /// Takes `(a, b)`.
  mutating func takeParameterNames(
    from scanner: inout TextScanner, of line: DirectiveLine
  ) throws(NetlistError) -> [Located<String>] {
    let end = try scanner.endOfGroup(at: scanner.position) - 1
    scanner.position += 1
    var names: [Located<String>] = []
    while true {
      scanner.skipSeparators()
      if scanner.position >= end { break }
      guard let name = scanner.takeName() else {
        throw line.malformed(scanner, expected: "names separated by commas")
      }
      names.append(name)
    }
    scanner.position = end + 1
    checkDistinct(names, kind: "argument")
    return names
  }
}
