import Diagnostics
import Netlists
import Testing

@Suite struct ElementCardTests {
  func card(_ line: String) throws -> Card {
    let parsed = ParsedNetlist(body: line)
    #expect(parsed.codes == [])
    return try #require(parsed.elements.first)
  }

  @Test func parenthesesStandAlone() throws {
    let card = try card("V1 IN 0 DC 1 PULSE(0 1 , 2n)")
    #expect(card.keyword.value == "v1")
    #expect(card.words == ["IN", "0", "DC", "1", "PULSE", "(", "0", "1", "2n", ")"])
    #expect(card.fields[0].name.plain == "in")
  }

  @Test func bracesAndQuotesAreExpressions() throws {
    let card = try card("R1 a b {2 * r} 'tc + 1'")
    #expect(card.words == ["a", "b", "{2 * r}", "'tc + 1'"])
    for field in card.fields.suffix(2) {
      guard case .expression = field.kind else {
        Issue.record("\(field.text.string) is no expression")
        continue
      }
    }
  }

  @Test(arguments: [
    ("B1 a 0 I = v(a)*2 + 3", ["i=v(a)*2 + 3"], ["a", "0"]),
    ("B1 a 0 I=if(v(a, b) > 0, 1, 2) m=3", ["i=if(v(a, b) > 0, 1, 2)", "m=3"], ["a", "0"]),
    ("B1 a 0 V = v(a) >= 1 and not (v(b) == 2)", ["v=v(a) >= 1 and not (v(b) == 2)"], ["a", "0"]),
    ("B1 a 0 I = {g}*v(a) - i (v1)", ["i={g}*v(a) - i (v1)"], ["a", "0"]),
    ("N5 d k kca ca=v(ca) gmax=3", ["ca=v(ca)", "gmax=3"], ["d", "k", "kca"]),
    ("N5 d k kca ca = @n3[ca] x= -1", ["ca=@n3[ca]", "x=-1"], ["d", "k", "kca"]),
    ("C 2 0 1n IC=-0.0049482", ["ic=-0.0049482"], ["2", "0", "1n"]),
    ("X1 a b seg params: l=1u w={2 * l}", ["l=1u", "w={2 * l}"], ["a", "b", "seg", "params:"]),
    ("V1 a 0 DC=5 PULSE(0 1)", ["dc=5"], ["a", "0", "PULSE", "(", "0", "1", ")"]),
    ("T1 a 0 b 0 z0=50 ic=0.1,0.2", ["z0=50", "ic=0.1"], ["a", "0", "b", "0", "0.2"]),
    (
      "E1 a 0 TABLE {v(b)} = (0,0) (1,2)", [],
      ["a", "0", "TABLE", "{v(b)}", "=", "(", "0", "0", ")", "(", "1", "2", ")"]
    ),
    ("S1 2 0 2 0 swm OFF", [], ["2", "0", "2", "0", "swm", "OFF"]),
    ("R1 a 0 1k tc1=1e-3 tc2=1e+5", ["tc1=1e-3", "tc2=1e+5"], ["a", "0", "1k"]),
  ])
  func assignmentsAndWords(line: String, values: [String], words: [String]) throws {
    let card = try card(line)
    #expect(card.values == values)
    #expect(card.words == words)
  }

  @Test func namesHoldPlaceholders() throws {
    let card = try card("N{k} n{k+1} out {k} hh_potassium")
    #expect(card.keyword.value == "n{k}")
    #expect(card.name.plain == nil)
    #expect(card.name.parts.count == 2)
    #expect(card.fields.map(\.name.parts.count) == [2, 1, 1, 1])
    #expect(card.words == ["n{k+1}", "out", "{k}", "hh_potassium"])
    #expect(card.fields[1].name.plain == "out")
  }

  @Test(arguments: ["n{i}{j}", "n{i}1{j}"])
  func placeholdersNeedASeparator(name: String) {
    #expect(ParsedNetlist(body: "R1 \(name) 0 1").faults == ["adjacent-placeholders: " + name.dropFirst()])
  }

  @Test func separatedPlaceholdersAreFine() throws {
    #expect(try card("R1 n{i}_{j} 0 1").fields[0].name.parts.count == 4)
  }

  @Test func itemsKeepTheirOrder() {
    let parsed = ParsedNetlist(body: ".measure tran d trig v(a) val=1 rise=1 targ v(b) val=2")
    let items = parsed.directives.first?.items.map { parsed.text(at: $0.range) }
    #expect(items == ["tran", "d", "trig", "v(a)", "val", "rise", "targ", "v(b)", "val"])
  }

  @Test(arguments: [
    ("R1 a 0 (1", "unclosed-bracket: ("),
    ("R1 a 0 1)", "unopened-bracket: )"),
    ("R1 a 0 {1 + (2}", "unopened-bracket: }"),
    ("R1 a 0 {1", "unclosed-bracket: {"),
    ("R1 a 0 1}", "unopened-bracket: }"),
    ("R1 a 0 'r", "unclosed-quote: '"),
    ("B1 a 0 I=f(v(a)", "unclosed-bracket: ("),
    ("R1 a 0 1k tc1=", "missing-value: tc1="),
    ("R1 a 0 1k tc1= tc2=3", "missing-value: tc1="),
    ("x = 3", "stray-equation: x"),
    ("3 a b", "not-a-statement: 3"),
    ("é1 a b", "not-a-statement: \u{C3}"),
  ])
  func faults(line: String, fault: String) {
    let parsed = ParsedNetlist(body: line)
    #expect(parsed.codes == [String(fault.prefix { $0 != ":" })])
    if !line.hasPrefix("é") { #expect(parsed.faults == [fault]) }
  }
}
