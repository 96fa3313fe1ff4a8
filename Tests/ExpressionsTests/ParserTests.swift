import Diagnostics
import Expressions
import Testing

@Suite struct ParserTests {
  @Test(arguments: [
    ("1 + 2*3", "1 + 2*3"), ("(1 + 2)*3", "(1 + 2)*3"), ("1 - (2 - 3)", "1 - (2 - 3)"), ("1-2-3", "1 - 2 - 3"),
    ("-a**b", "-a**b"), ("(-a)**b", "(-a)**b"), ("a^b", "a**b"), ("2**-1", "2**(-1)"),
    ("a && b || c", "a and b or c"), ("a and (b or not c)", "a and (b or !c)"), ("a<>b", "a != b"),
    ("A ? B : c ? d : e", "a ? b : c ? d : e"), ("(a ? b : c) ? d : e", "(a ? b : c) ? d : e"),
    ("if(a, b, c)", "a ? b : c"), ("ternary_fcn(a,b,c)", "a ? b : c"), ("{a}*'b + c'", "a*(b + c)"),
    ("V(A, X1.n#2)", "v(a,x1.n#2)"), ("v( n{k+1} )", "v(n{k+1})"), ("i(v.x1.v8)", "i(v.x1.v8)"),
    ("@N1[ x ]", "@n1[x]"), ("@n.x1.n1[x]", "@n.x1.n1[x]"), ("sum(p(v*))", "sum(p(v*))"),
    ("ddt(v(a/b))", "ddt(v(a/b))"),
    ("s.time[ c5, 1 ]*2", "s.time[c5,1]*2"), ("s.count[v(c5)]", "s.count[v(c5)]"), ("r{k}/2", "r{k}/2"),
    ("v", "v"), ("i*p", "i*p"), ("normal()", "normal()"),
  ])
  func reads(text: String, tree: String) throws {
    #expect(try parsed(text).description == tree)
  }

  @Test func powerAssociatesToTheLeftOutsideDevices() throws {
    #expect(try parsed("a**b**c").hasSameStructure(as: parsed("(a**b)**c")))
    #expect(try parsed("a**-b**c").hasSameStructure(as: parsed("a**(-(b**c))")))
    #expect(codes("a**b**c", .device) == ["chained-power"])
    #expect(codes("a**-b**c", .device) == ["chained-power"])
    #expect(codes("a**(b**c) + (a**b)**c + a**-(b**c)", .device) == [])
  }

  @Test func powerDependsOnTheGrammar() throws {
    guard case .binary(.absolutePower, _, _, _) = try parsed("a**b"),
      case .binary(.power, _, _, _) = try parsed("a**b", .device),
      case .binary(.power, _, _, _) = try parsed("pow(a, b)", .device),
      case .call("pow", _, _) = try parsed("pow(a, b)")
    else {
      Issue.record("a power has the wrong kind")
      return
    }
  }

  @Test(arguments: [
    ("", "empty-expression"), ("1 +", "expected-operand"), ("*2", "expected-operand"), ("f(,1)", "expected-operand"),
    ("(1", "unclosed-bracket"), ("1)", "unopened-bracket"), ("{1)", "unclosed-bracket"), ("f(1", "unclosed-bracket"),
    ("v(a", "unclosed-bracket"), ("a b", "missing-operator"), ("2 (3)", "missing-operator"),
    ("(a)(b)", "missing-operator"),
    ("a = b", "single-equals"), ("a, b", "stray-comma"), ("a : b", "stray-colon"), ("a ? b", "unfinished-conditional"),
    ("if(a, b)", "wrong-argument-count"), ("v()", "malformed-probe"), ("v(a,b,c)", "malformed-probe"),
    ("v(a b)", "malformed-probe"), ("i(a,b)", "malformed-probe"), ("v(v(a))", "malformed-probe"),
    ("@n1", "malformed-probe"),
    ("@[x]", "malformed-probe"), ("a ` b", "unexpected-character"), ("2 \u{D7} 3", "unexpected-character"),
  ])
  func reportsOneFault(text: String, code: String) {
    #expect(codes(text) == [code])
  }

  @Test func placesTheFault() throws {
    let fault = try #require(parse("a + b c").1.diagnostics.first)
    #expect(fault.range == SourceRange(file: FileID(index: 0), start: 4, end: 7))
    #expect(fault.fixIts.first?.range == SourceRange(file: FileID(index: 0), start: 5, end: 6))
  }

  @Test func operandsAcrossAContinuationBlameThePlus() throws {
    var text = sourceText("gna*m**3 ")
    text.append("gk*n**4".utf8, origin: 12)
    var diagnostics = DiagnosticBag()
    _ = Expression.parse(text, diagnostics: &diagnostics)
    let fault = try #require(diagnostics.diagnostics.first)
    #expect(fault.code.name == "missing-operator")
    #expect(fault.notes.contains { $0.contains("begins a line") })
  }

  @Test func partsSpanTheirParentheses() throws {
    #expect(try parsed(" (a + b)*c ").range == SourceRange(file: FileID(index: 0), start: 1, end: 10))
  }

  @Test func warnsOfWhatReadsOtherwise() {
    #expect(codes("0 < x < 1") == ["chained-comparison"])
    #expect(codes("(0 < x) < 1") == [])
    #expect(codes("not x > 1") == ["not-binds-tighter"])
    #expect(codes("not (x > 1)") == [])
  }

  @Test(arguments: [
    ("v(a)**3", true), ("v(a)**2", false), ("v(a)**-4", false), ("v(a)**2.5", true), ("(v(a) - 1)**x", true),
    ("abs(v(a))**3", false), ("exp(v(a))**x", false), ("3**v(a)", false), ("x**1.5", false), ("(-2)**3", true),
    ("(1 + sqrt(v(a)))**0.3", false), ("time**0.5", false), ("max(v(a), 0)**0.5", false),
  ])
  func warnsOfAbsolutePowers(text: String, warns: Bool) {
    #expect(codes(text) == (warns ? ["absolute-power"] : []))
    #expect(codes(text, .device) == [])
  }

  @Test func depthIsLimitedWithoutATrap() {
    let deep = String(repeating: "(", count: 100_000)
    #expect(codes(deep) == ["expression-too-deep"])
    #expect(codes(String(repeating: "-", count: 100_000) + "1") == ["expression-too-deep"])
    #expect(codes(String(repeating: "f(", count: 100_000)) == ["expression-too-deep"])
    #expect(codes(String(repeating: "1+", count: 100_000) + "1") == ["expression-too-deep"])
    #expect(codes(String(repeating: "a ? b : ", count: 100_000) + "1") == ["expression-too-deep"])
    #expect(codes(String(repeating: "a ? ", count: 100_000) + "1") == ["expression-too-deep"])
    #expect(codes(String(repeating: "1+", count: 900) + "1") == [])
    #expect(codes(String(repeating: "(", count: 150) + "1" + String(repeating: ")", count: 150)) == [])
  }

  @Test func aSingleEqualsComparesInConditionsAlone() throws {
    var diagnostics = DiagnosticBag()
    let condition = Expression.parse(sourceText("mode = 2"), grammar: .condition, diagnostics: &diagnostics)
    let expected = try parsed("mode == 2")
    #expect("\(condition)" == "\(expected)")
    #expect(diagnostics.diagnostics.map(\.code.name) == ["single-equals"])
    #expect(!diagnostics.hasErrors)
  }

  @Test func anyBytesAreAnErrorAtMost() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      var diagnostics = DiagnosticBag()
      let text = SourceText(file: FileID(index: 0), bytes: bytes, origin: 0)
      let expression = Expression.parse(text, diagnostics: &diagnostics)
      #expect(diagnostics.hasErrors == expression.isInvalid)
    }
  }
}
