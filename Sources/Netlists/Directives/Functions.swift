internal import Diagnostics
internal import Expressions

/// `.func f(a, b) {body}`, `= body`, `'body'`.
extension StatementParser {
  mutating func parseFunction(_ line: DirectiveLine) throws(NetlistError) {
    let form = "name(arguments) = expression"
    var scanner = line.scanner
    guard let name = scanner.takeName() else { throw line.malformed(scanner, expected: form) }
    scanner.skipBlanks()
    guard scanner.next == UInt8(ascii: "(") else { throw line.malformed(scanner, expected: form) }
    let parameters = try takeParameterNames(from: &scanner, of: line)
    scanner.skipBlanks()
    if scanner.isAssignmentSign(at: scanner.position) {
      scanner.position += 1
      scanner.skipBlanks()
    }
    guard !scanner.isAtEnd else { throw line.malformed(scanner, expected: form) }
    let body = scanner.take(to: scanner.bytes.count).expression(diagnostics: &diagnostics)
    add(.function(FunctionDefinition(name: name, parameters: parameters, body: body)))
  }
}
