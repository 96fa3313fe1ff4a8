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
    let assignments = try takeAssignments(of: line) { (parser, scanner, name) throws(NetlistError) in
      guard scanner.next == UInt8(ascii: "(") else { return name }
      let parameters = try parser.takeParameterNames(from: &scanner, of: line)
      scanner.skipBlanks()
      let value = try scanner.takeValue(of: name, extent: .nextName)
      parser.add(
        .function(
          FunctionDefinition(
            name: name, parameters: parameters, body: value.expression(diagnostics: &parser.diagnostics))))
      return nil
    }
    if !assignments.isEmpty { add(.parameters(assignments)) }
  }

  /// `.csparam a={b}`: what scripts alone read by that name, which a `.param` may have too.
  mutating func parseScriptParameters(_ line: DirectiveLine) throws(NetlistError) {
    let assignments = try takeAssignments(of: line) { (_, _, name) throws(NetlistError) in
      Located(ScriptParameter.name(of: name.value), name.range)
    }
    add(.parameters(assignments))
  }

  /// Takes `a=1 b=2`. `named` gives the name to define where the scanner stands behind a written one, or nil where it has
  /// taken what follows itself.
  private mutating func takeAssignments(
    of line: DirectiveLine,
    named: (inout StatementParser, inout TextScanner, Located<String>) throws(NetlistError) -> Located<String>?
  ) throws(NetlistError) -> [Assignment] {
    var scanner = line.scanner
    var assignments: [Assignment] = []
    scanner.skipSeparators()
    if scanner.isAtEnd { throw line.malformed(line.scanner, expected: "name = value") }
    while !scanner.isAtEnd {
      guard scanner.beginsAssignment(at: scanner.position), let written = scanner.takeName() else {
        throw line.malformed(scanner, expected: "name = value")
      }
      scanner.skipBlanks()
      if let name = try named(&self, &scanner, written) {
        assignments.append(try scanner.takeAssignment(of: name, extent: .nextName, diagnostics: &diagnostics))
      }
      scanner.skipSeparators()
    }
    return assignments
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
