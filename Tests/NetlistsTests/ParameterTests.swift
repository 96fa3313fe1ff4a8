import Diagnostics
import Expressions
import Netlists
import Testing

@Suite struct ParameterTests {
  @Test(arguments: [
    (".param a=1 b={a*2} c='x'", ["a=1", "b={a*2}", "c='x'"]),
    (".param a = 1 + 2 b = 3", ["a=1 + 2", "b=3"]),
    (".param a=b==c ? 1 : 2, d=max(1, 2)", ["a=b==c ? 1 : 2", "d=max(1, 2)"]),
    (".param\n+ a=1\n+ b=2", ["a=1", "b=2"]),
  ])
  func values(line: String, values: [String]) {
    let parsed = ParsedNetlist(body: line)
    #expect(parsed.codes == [])
    guard case .parameters(let assignments) = parsed.statements.first else {
      Issue.record("no parameters")
      return
    }
    #expect(assignments.map { "\($0.name.value)=\($0.value.string)" } == values)
  }

  @Test func functionsAmongParameters() {
    let parsed = ParsedNetlist(body: ".param a=1 f(x, y)={x*y} b=2\n.func g(X) {x**2}\n.func h() = 3\n.func k(a) '2*a'")
    #expect(parsed.codes == [])
    var signatures: [String] = []
    for statement in parsed.statements {
      if case .function(let function) = statement {
        signatures.append("\(function.name.value)(\(function.parameters.map(\.value).joined(separator: ",")))")
      }
    }
    #expect(signatures == ["f(x,y)", "g(x)", "h()", "k(a)"])
  }

  @Test(arguments: [
    (".param", "malformed-directive: .param"), (".param a", "malformed-directive: a"),
    (".param a=1, 2", "malformed-directive: 2"),
    (".param a= b=2", "missing-value: a="), (".func f x", "malformed-directive: x"),
    (".func f(x)", "malformed-directive: f(x)"),
    (".func f(x, x) {x}", "duplicate-name: x"), (".model m", "malformed-directive: m"),
    (".model m d(3)", "malformed-directive: 3"),
    (".model m d(is=1", "unclosed-bracket: ("), (".global", "malformed-directive: .global"),
  ])
  func faults(line: String, fault: String) {
    #expect(ParsedNetlist(body: line).faults == [fault])
  }
}
