import Diagnostics
import Netlists
import Testing

@Suite struct MemristorTests {
  func block(_ lines: String, header: String = ".memristor m") throws -> MemristorBlock {
    let parsed = ParsedNetlist(body: "\(header)\n\(lines)\n.endmemristor")
    #expect(parsed.codes == [])
    return try #require(parsed.memristors.first)
  }

  @Test func linesKeepTextAndDocumentation() throws {
    let block = try block(
      """
        about class = "volatile; order 1"   ; no unit
        param gmax = 36m in [0, inf)        ; S, conductance
        * a comment
        i = gmax*v // current
      """, header: ".memristor HH_K (p n)   ; Hodgkin & Huxley 1952")
    #expect(block.name.value == "hh_k")
    #expect(block.terminals.map(\.value) == ["p", "n"])
    #expect(block.comment == "Hodgkin & Huxley 1952")
    #expect(
      block.lines.map(\.text.string) == [
        "about class = \"volatile; order 1\"", "param gmax = 36m in [0, inf)", "i = gmax*v",
      ])
    #expect(block.lines.map(\.comment) == ["no unit", "S, conductance", "current"])
  }

  @Test func openBracketsAndTrailingOperatorsContinue() throws {
    let block = try block(
      """
      i = gmax*(v -     ; A, the sum
          e)
      x = a +
          b *

          c
      y =
          3 and
          4
      z = 1
      + + 2
      """)
    #expect(block.lines.map(\.text.string) == ["i = gmax*(v - e)", "x = a + b * c", "y = 3 and 4", "z = 1  + 2"])
    #expect(block.lines.first?.comment == "A, the sum")
  }

  @Test func continuedLinesKeepTheirPlaces() throws {
    let parsed = ParsedNetlist(body: ".memristor m\ni = (v +\n  second)\n.endmemristor")
    let text = try #require(parsed.memristors.first?.lines.first?.text)
    let index = try #require(text.bytes.firstIndex(of: UInt8(ascii: "s")))
    #expect(parsed.text(at: text.range(index..<index + 6)) == "second")
  }

  @Test(arguments: [
    ("i = (v + 1\nx = 3", ["unclosed-bracket: ("]),
    ("i = (v + 1\nddt(x) = 3", ["unclosed-bracket: ("]),
    ("i = v +\nparam a = 3", ["unfinished-equation: +"]),
    ("i = v **", ["unfinished-equation: **"]),
    ("x =\n0 = y", ["unfinished-equation: ="]),
    ("i = v)", ["unopened-bracket: )"]),
    ("about doi = \"10", ["unclosed-quote: \""]),
    ("i = n\n* v", ["comment-like-factor: * v"]),
    ("i = n\n*(v - n) ; driving force", ["comment-like-factor: *(v - n)"]),
    ("i = n*v\n* rates of n", []),
    ("i = n*v\n* rates", []),
    ("i = n*v\n* see (6)", []),
  ])
  func faults(lines: String, faults: [String]) {
    let parsed = ParsedNetlist(body: ".memristor m\nstate n = 0\n\(lines)\n.endmemristor\nR1 a 0 1\n")
    #expect(parsed.faults == faults)
    #expect(parsed.elements.count == 1)
  }

  @Test func aFaultyLineDoesNotTakeTheNextWithIt() {
    let parsed = ParsedNetlist(body: ".memristor m\ni = (v + 1\nx = (2\ny = 3\n.endmemristor")
    #expect(parsed.faults == ["unclosed-bracket: (", "unclosed-bracket: ("])
    #expect(parsed.memristors.first?.lines.map(\.text.string) == ["y = 3"])
  }

  @Test(arguments: [
    (".memristor\ni = v\n.endmemristor", "malformed-directive: .memristor"),
    (".memristor m p n\n.endmemristor", "malformed-directive: p n"),
    (".memristor m ()\n.endmemristor", "malformed-directive: )"),
    (".memristor m (p p)\n.endmemristor", "duplicate-name: p"),
    (".memristor m\ni = v", "unterminated-block: .memristor"),
    (".memristor m\ni = v\n.tran 1n 1u", "unterminated-block: .memristor"),
  ])
  func headers(body: String, fault: String) {
    #expect(ParsedNetlist(body: body).faults == [fault])
  }
}
