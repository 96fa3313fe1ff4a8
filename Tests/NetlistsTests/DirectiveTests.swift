import Diagnostics
import Netlists
import Testing

@Suite struct DirectiveTests {
  func card(_ line: String) throws -> Card {
    let parsed = ParsedNetlist(body: line)
    #expect(parsed.codes == [])
    return try #require(parsed.directives.first)
  }

  @Test(arguments: [
    (".measure tran m find i(n1)/v(p) at=6m", ["tran", "m", "find", "i(n1)/v(p)"], ["at=6m"]),
    (".meas tran t when v(n2)=0.15 rise=1", ["tran", "t", "when"], ["v(n2)=0.15", "rise=1"]),
    (".meas tran t when {v(a) - v(b)} = 0 cross=last", ["tran", "t", "when"], ["{v(a) - v(b)}=0", "cross=last"]),
    (".measure tran a lobe i(n1) v(p) side=-", ["tran", "a", "lobe", "i(n1)", "v(p)"], ["side=-"]),
    (".expect op v(v) = -64.99m tol=1n", ["op"], ["v(v)=-64.99m", "tol=1n"]),
    (".expect s.time[c5, 1] = 1m", [], ["s.time[c5, 1]=1m"]),
    (".expect op {v(a) > 3}", ["op", "{v(a) > 3}"], []),
    (".ic v(a)=1, @n1[x]=0.3 V( b )={2 * x}", [], ["v(a)=1", "@n1[x]=0.3", "v( b )={2 * x}"]),
    (".save v(a, b) v(n*) @n1[x]", ["v(a, b)", "v(n*)", "@n1[x]"], []),
    (
      ".options reltol=1e-6 method = gear noise=on savecurrents", ["savecurrents"],
      ["reltol=1e-6", "method=gear", "noise=on"]
    ),
    (".tran 1n 60u 0 20n uic", ["1n", "60u", "0", "20n", "uic"], []),
    (".dc V1 {-v} 'v' 0.1 back", ["V1", "{-v}", "'v'", "0.1", "back"], []),
    (".plot v(a) title=\"two words\"", ["v(a)"], ["title=\"two words\""]),
  ])
  func words(line: String, words: [String], values: [String]) throws {
    let card = try card(line)
    #expect(card.words == words)
    #expect(card.values == values)
  }

  @Test func keywordsHaveOneSpelling() throws {
    #expect(try card(".MEAS tran m max v(a)").keyword.value == "measure")
    #expect(try card(".opt reltol=1").keyword.value == "options")
    #expect(try card(".option reltol=1").keyword.value == "options")
  }

  @Test(arguments: [
    (".trann 1n 1u", "unknown-directive"),
    (".pz a b c d cur pol", "refused-directive"),
    (".width out=80", "directive-without-effect"), (".tran 1n )", "unopened-bracket"),
    (".save v(a", "unclosed-bracket"),
    (".ic = 3", "malformed-directive"), (".options reltol=", "missing-value"), (".end extra", "empty"),
  ])
  func faults(line: String, code: String) {
    let codes = ParsedNetlist(body: "R1 a 0 1\n" + line).codes
    #expect(codes == (code == "empty" ? [] : [code]))
  }

  @Test func aMisspeltDirectiveIsSuggested() {
    let parsed = ParsedNetlist(body: ".measre tran m max v(a)")
    #expect(parsed.diagnostics.diagnostics.first?.fixIts.first?.message == "did you mean '.measure'?")
  }

  @Test func controlLinesStayAsTheyAre() {
    let parsed = ParsedNetlist(
      body: ".control\nrun\nset x = $y ; a comment\nmeas tran t when v(1)=0.9\n+ rise=2\n.endc\nR1 a 0 1\n.end\n")
    #expect(parsed.faults.isEmpty)
    #expect(parsed.elements.count == 1)
    guard case .script(let script) = parsed.statements.first else {
      Issue.record("no script")
      return
    }
    #expect(script.lines.map(\.string) == ["run", "set x = $y", "meas tran t when v(1)=0.9  rise=2"])
  }

  @Test func tablesAreOneCard() {
    let parsed = ParsedNetlist(body: ".data t r c\n+ 1k 1u\n2k {a}\n.enddata")
    #expect(parsed.directives.map(\.keyword.value) == ["data"])
    #expect(parsed.directives.first?.fields.map(\.text.string) == ["t", "r", "c", "1k", "1u", "2k", "{a}"])
  }

  @Test func titleReplacesTheFirstLine() {
    #expect(ParsedNetlist(body: ".title Another one\nR1 a 0 1").netlist.title.value == "Another one")
  }

  @Test func globalNamesNodes() {
    guard case .global(let nodes) = ParsedNetlist(body: ".global VDD, vss").statements.first else {
      Issue.record("no .global")
      return
    }
    #expect(nodes.map(\.value) == ["vdd", "vss"])
  }

  @Test func modelsWithAndWithoutParentheses() {
    for line in [".model M D(is=1e-14 n = {2*a})", ".model m d is=1e-14 n={2*a}", ".model m d ( is=1e-14, n={2*a} )"] {
      let parsed = ParsedNetlist(body: line)
      guard case .model(let model) = parsed.statements.first else {
        Issue.record("\(line) is no model")
        continue
      }
      #expect(model.name.value == "m")
      #expect(model.type.value == "d")
      #expect(model.assignments.map { "\($0.name.value)=\($0.value.string)" } == ["is=1e-14", "n={2*a}"])
    }
  }
}
