import Diagnostics
import Netlists
import Testing

@Suite struct LineTests {
  @Test func theFirstLineIsTheTitle() {
    let parsed = ParsedNetlist("  An RC low pass \r\nR1 a 0 1k\r\n")
    #expect(parsed.netlist.title.value == "An RC low pass")
    #expect(parsed.elements.map(\.words) == [["a", "0", "1k"]])
    #expect(parsed.codes.isEmpty)
  }

  @Test(arguments: ["R1 a 0 1k", ".tran 1n 1u", "C 2 0 1n IC=0", "V1 in 0 PULSE(0 1 2n)", "B1 a 0 I={v(a)}"])
  func aTitleThatReadsLikeAStatementIsPointedOut(title: String) {
    let parsed = ParsedNetlist(title + "\nR2 a 0 1k\n")
    #expect(parsed.faults == ["title-looks-like-statement: " + title])
    #expect(!parsed.diagnostics.hasErrors)
  }

  @Test(arguments: [
    "Resistor divider with 2 sources", "Hodgkin-Huxley neuron, 6.3 C", "* RC filter", "a test",
    "neuristor A, state y=1/ln(1/u)", "",
  ])
  func proseIsATitle(title: String) {
    #expect(ParsedNetlist(title + "\nR2 a 0 1k\n").codes.isEmpty)
  }

  @Test func commentsAreTakenOff() {
    let parsed = ParsedNetlist(
      body: """
        * a comment
          * an indented one
        // another
        ; and another
        $ and one more
        R1 a 0 1k ; behind
        R2 a 0 2k // behind
        R3 a 0 3k $ behind
        R4 a$b 0 4k
        """)
    #expect(
      parsed.elements.map(\.words) == [["a", "0", "1k"], ["a", "0", "2k"], ["a", "0", "3k"], ["a$b", "0", "4k"]])
  }

  @Test func quotesProtectCommentSigns() {
    let parsed = ParsedNetlist(body: ".plot v(a) title=\"a ; b // c\" ; comment")
    #expect(parsed.directives.first?.values == ["title=\"a ; b // c\""])
  }

  @Test func continuationsJoinAcrossCommentsAndBlankLines() {
    let parsed = ParsedNetlist(body: "V1 a 0 PWL(0 0 ; start\n* comment\n\n  + 1n 1\n+2n 0)")
    #expect(parsed.elements.first?.words == ["a", "0", "PWL", "(", "0", "0", "1n", "1", "2n", "0", ")"])
    #expect(parsed.codes.isEmpty)
  }

  @Test func everyByteKeepsItsPlace() throws {
    let parsed = ParsedNetlist(body: "R1 a\n+ b 1k\n")
    let card = try #require(parsed.elements.first)
    #expect(card.fields.map { parsed.text(at: $0.range) } == ["a", "b", "1k"])
    let position = parsed.sources[card.fields[1].range.file].position(of: card.fields[1].range.start)
    #expect(position.line == 3)
    #expect(position.column == 3)
  }

  @Test func aContinuationNeedsALineAbove() {
    #expect(ParsedNetlist("title\n+ b 1k\nR1 a 0 1\n").faults == ["stray-continuation: + b 1k"])
  }

  @Test func aByteOrderMarkAndAMissingLineEndAreFine() {
    let parsed = ParsedNetlist(bytes: [0xEF, 0xBB, 0xBF] + Array("title\nR1 a 0 1k".utf8))
    #expect(parsed.netlist.title.value == "title")
    #expect(parsed.elements.first?.words == ["a", "0", "1k"])
  }

  @Test func noBreakSpacesAreBlanks() {
    let parsed = ParsedNetlist(body: "R1 a\u{A0}0\u{A0} 1k\nR2 µ 0 1k")
    #expect(parsed.elements.map(\.words) == [["a", "0", "1k"], ["µ", "0", "1k"]])
  }

  @Test(arguments: ["", "\n\n", "a title", "a title\n* only comments\n"])
  func anEmptyNetlistIsAnError(text: String) {
    let parsed = ParsedNetlist(text)
    #expect(parsed.codes == ["empty-netlist"])
    #expect(parsed.diagnostics.hasErrors)
  }

  @Test func binaryFilesAreOneError() {
    #expect(ParsedNetlist(bytes: [0x7F, 0x45, 0x4C, 0x46, 0, 0, 0, 10, 10, 0]).codes == ["binary-file"])
    let utf16 = ParsedNetlist(bytes: [0xFF, 0xFE, 0x52, 0, 0x31, 0, 10, 0])
    #expect(utf16.diagnostics.diagnostics.first?.message == "'main.cir' is UTF-16 text; a netlist is UTF-8")
  }

  @Test func bytesThatAreNotUTF8AreFoundOutsideComments() {
    let parsed = ParsedNetlist(
      bytes: Array("title\nR1 a 0 1k ; 5 ".utf8) + [0xB7] + Array("A\nR2 ".utf8) + [0xB7]
        + Array(" 0 1k\nR3 a 0 1\n".utf8))
    #expect(parsed.codes == ["invalid-utf8"])
    #expect(parsed.diagnostics.diagnostics.first?.range?.start == 26)
    #expect(!parsed.diagnostics.hasErrors)
    #expect(parsed.elements.map(\.keyword.value) == ["r1", "r2", "r3"])
  }

  @Test func otherBytesAreLettersOfLatin1() {
    let parsed = ParsedNetlist(
      bytes: Array("title\nR1 entr".utf8) + [0xE9] + Array("e 0 1k x\n+ so".utf8) + [0xFB] + Array("s\n".utf8))
    #expect(parsed.elements.first?.words == ["entrée", "0", "1k", "x", "soûs"])
    // What follows keeps its place.
    #expect(parsed.elements.first?.fields.last?.range.start == 25)
    // The last byte of a file takes two of the text, and no place behind it.
    let last = ParsedNetlist(bytes: Array("title\nR1 a 0 1k x".utf8) + [0xE9])
    #expect(last.elements.first?.fields.last?.range.end == 18)
  }

  @Test func aLineWithoutEndIsRefusedAndTheNextRead() {
    let parsed = ParsedNetlist(
      bytes: Array("title\nR1 a 0 ".utf8) + Array(repeating: UInt8(ascii: "1"), count: 9 << 20)
        + Array("\nR2 a 0 1\n".utf8))
    #expect(parsed.codes == ["line-too-long"])
    #expect(parsed.elements.count == 1)
  }

  @Test func nothingIsReadBelowEnd() {
    let parsed = ParsedNetlist(body: "R1 a 0 1\n.end\n\n* comment\nfoo bar\n")
    #expect(parsed.elements.count == 1)
    #expect(parsed.faults == ["text-after-end: foo bar"])
    #expect(!parsed.diagnostics.hasErrors)
  }
}
