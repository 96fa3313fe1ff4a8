internal import Diagnostics
internal import Expressions

/// How `.csparam`s are told from `.param`s, in whose scope they are kept.
package enum ScriptParameter {
  private static let mark = "csparam#"

  package static func name(of written: String) -> String { mark + written }
  package static func isOne(_ name: String) -> Bool { name.hasPrefix(mark) }
}

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

  /// `.csparam a={b}`: what scripts alone read by that name, which a `.param` may have too.
  mutating func parseScriptParameters(_ line: DirectiveLine) throws(NetlistError) {
    var scanner = line.scanner
    var assignments: [Assignment] = []
    scanner.skipSeparators()
    if scanner.isAtEnd { throw line.malformed(line.scanner, expected: "name = value") }
    while !scanner.isAtEnd {
      guard scanner.beginsAssignment(at: scanner.position), var name = scanner.takeName() else {
        throw line.malformed(scanner, expected: "name = value")
      }
      name.value = ScriptParameter.name(of: name.value)
      scanner.skipBlanks()
      assignments.append(try scanner.takeAssignment(of: name, extent: .nextName, diagnostics: &diagnostics))
      scanner.skipSeparators()
    }
    add(.parameters(assignments))
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
