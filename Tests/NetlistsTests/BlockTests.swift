import Diagnostics
import Netlists
import Testing

@Suite struct BlockTests {
  @Test func subcircuitsNest() throws {
    let parsed = ParsedNetlist(
      body: """
        .subckt Outer a b params: l=1u w = {2*l}
        R1 a b 1k
        .subckt inner p
        C1 p 0 1p
        .ends inner
        .model m d(is=1)
        .ends
        """)
    #expect(parsed.codes == [])
    guard case .subcircuit(let outer) = try #require(parsed.statements.first) else {
      Issue.record("no subcircuit")
      return
    }
    #expect(outer.name.value == "outer")
    #expect(outer.ports.map(\.value) == ["a", "b"])
    #expect(outer.parameters.map(\.name.value) == ["l", "w"])
    #expect(outer.statements.count == 3)
  }

  @Test func parametersWithoutDefaultAreRequired() throws {
    let parsed = ParsedNetlist(body: ".subckt seg in out params: d l ra=1 + 2 cm\n.ends")
    #expect(parsed.codes == [])
    guard case .subcircuit(let subcircuit) = try #require(parsed.statements.first) else {
      Issue.record("no subcircuit")
      return
    }
    #expect(subcircuit.ports.map(\.value) == ["in", "out"])
    #expect(subcircuit.requiredParameters.map(\.value) == ["d", "l", "cm"])
    #expect(subcircuit.parameters.map(\.value.string) == ["1 + 2"])
  }

  @Test func whatFollowsAnUnclosedBlockIsNotMisplaced() {
    #expect(ParsedNetlist(body: ".subckt s a\nR1 a 0 1\n.tran 1n 1u\n").codes == ["unterminated-block"])
  }

  @Test func repetitionsNestAndTakeAnyBounds() throws {
    let parsed = ParsedNetlist(
      body: ".for k = 1 to {2*n} step max(1, 2)\n.for j=k to n\nR{k}_{j} a 0 1\n.endfor\n.endfor")
    #expect(parsed.codes == [])
    guard case .repetition(let outer) = try #require(parsed.statements.first),
      case .repetition(let inner) = try #require(outer.statements.first)
    else {
      Issue.record("no repetition")
      return
    }
    #expect(outer.variable.value == "k")
    #expect(outer.step != nil)
    #expect(inner.step == nil)
    #expect(inner.statements.count == 1)
  }

  @Test func conditionalsKeepTheirBranches() throws {
    let parsed = ParsedNetlist(body: ".if (a > 1)\nR1 a 0 1\n.elseif (a)\n.model m d()\n.else\n.model m d()\n.endif")
    #expect(parsed.codes == [])
    guard case .conditional(let conditional) = try #require(parsed.statements.first) else {
      Issue.record("no conditional")
      return
    }
    #expect(conditional.branches.map { $0.condition != nil } == [true, true, false])
    #expect(conditional.branches.map(\.statements.count) == [1, 1, 1])
  }

  @Test(arguments: [
    (".subckt s a\nR1 a 0 1", ["unterminated-block: .subckt"]),
    (".for k = 1 to 2\nR1 a 0 1\n.end", ["unterminated-block: .for"]),
    (".subckt s a\n.if (1)\n.ends", ["unterminated-block: .if"]),
    (".control\nrun", ["unterminated-block: .control"]), (".data t a\n1 2", ["unterminated-block: .data"]),
    (".ends", ["unopened-block: .ends"]), (".endfor", ["unopened-block: .endfor"]),
    (".else", ["unopened-block: .else"]),
    (".endmemristor", ["unopened-block: .endmemristor"]), (".endl", ["unopened-block: .endl"]),
    (".subckt s a\n.ends t", ["mismatched-ends: t"]),
    (".if (1)\n.else\n.elseif (2)\n.endif", ["branch-after-else: .elseif"]),
    (".if\n.endif", ["malformed-directive: .if"]),
    (".if (1)\n.else if (2)\n.endif", ["malformed-directive: if (2)"]),
    (".for k in 1\nR1 a 0 1\n.endfor", ["malformed-directive: in 1"]),
    (".for k = 1\nR1 a 0 1\n.endfor", ["malformed-directive: k = 1"]),
    (".for k = 1 to\n.endfor", ["malformed-directive: k = 1 to"]),
    (".for k = 1 to 2\n.tran 1n 1u\n.endfor", ["misplaced-directive: .tran"]),
    (".for k = 1 to 2\n.subckt s a\nR1 a 0 1\n.ends\n.endfor", ["misplaced-directive: .subckt"]),
    (".for k = 1 to 2\n.memristor s\ni = v\n.endmemristor\n.endfor", ["misplaced-directive: .memristor"]),
    (".subckt s a\n.save v(a)\n.ends", ["misplaced-directive: .save"]),
    (".subckt s a\n.for k = 1 to 3\n.spikes t v(a)\n.endfor\n.ends", ["misplaced-directive: .spikes"]),
    (".subckt s a a\n.ends", ["duplicate-name: a"]), (".subckt s a b=1 c\n.ends", ["malformed-directive: c"]),
    (".subckt\n.ends", ["malformed-directive: .subckt"]),
    (".subckt s a\n.ends\n.subckt S b\n.ends", ["duplicate-definition: S"]),
    (".model m d()\n.memristor m\ni = v\n.endmemristor", ["duplicate-definition: m"]),
  ])
  func faults(body: String, faults: [String]) {
    #expect(ParsedNetlist(body: body).faults == faults)
  }

  @Test func theSameNameInTwoSubcircuitsIsFine() {
    #expect(ParsedNetlist(body: ".subckt a p\n.model m d()\n.ends\n.subckt b p\n.model m d()\n.ends").codes == [])
  }

  @Test func unterminatedBlocksShowWhereTheyOpened() throws {
    let parsed = ParsedNetlist(body: ".subckt s a\n.for k = 1 to 2\nR1 a 0 1\n.ends")
    let diagnostic = try #require(parsed.diagnostics.diagnostics.first)
    #expect(parsed.text(at: diagnostic.range) == ".for")
    #expect(diagnostic.labels.map { parsed.text(at: $0.range) } == [".ends"])
  }

  @Test func deepNestingIsOneError() {
    let depth = 100_000
    let open = String(repeating: ".for k = 1 to 2\n", count: depth)
    let close = String(repeating: ".endfor\n", count: depth)
    #expect(ParsedNetlist(body: open + "R1 a 0 1\n" + close).codes == ["nesting-too-deep"])
  }

  @Test func deepBracketsNeverOverflow() {
    let depth = 100_000
    let open = String(repeating: "(", count: depth)
    let close = String(repeating: ")", count: depth)
    #expect(ParsedNetlist(body: "R1 a 0 " + open + close).codes == [])
    #expect(ParsedNetlist(body: "R1 a 0 {" + open).codes == ["unclosed-bracket"])
    _ = ParsedNetlist(body: "B1 a 0 I=" + open + "1" + close)
    _ = ParsedNetlist(body: ".save v" + open + close)
    for operand in ["-", "1+", "1-", "2**", "x<", "a?b:", "a?", "not ", "f(", "1 and ", "{", "v("] {
      let expression = String(repeating: operand, count: depth / 5) + "1"
      for start in [
        "B1 a 0 I=", ".param x=", ".if (", ".for k = 1 to ", ".func f(x) = ", ".options a=", "R1 n", "R1 n{",
      ] {
        _ = ParsedNetlist(body: start + expression).netlist.description
      }
    }
  }
}
