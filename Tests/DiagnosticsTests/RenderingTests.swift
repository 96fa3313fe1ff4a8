import Diagnostics
import Testing

@Suite struct RenderingTests {
  private static func sources(_ text: String) -> SourceMap {
    var sources = SourceMap()
    _ = sources.add(name: "a.cir", bytes: Array(text.utf8))
    return sources
  }

  private static func range(_ start: Int, _ end: Int, file: Int32 = 0) -> SourceRange {
    SourceRange(file: FileID(index: file), start: UInt32(start), end: UInt32(end))
  }

  private static func page(_ text: String, _ diagnostic: Diagnostic) -> String {
    DiagnosticRenderer().render(diagnostic, in: sources(text))
  }

  @Test func drawsEveryPart() {
    let diagnostic = Diagnostic(
      .error, "duplicate-element", "there is another 'r1'", at: Self.range(14, 16), caption: "second of this name",
      labels: [Label(Self.range(6, 8), "the first")], notes: ["names are compared in lower case"],
      fixIts: [FixIt("give it another name", replacing: Self.range(14, 16), with: "R2")])
    #expect(
      Self.page("title\nR1 a b \nR1 b c\n", diagnostic) == """
        a.cir:3:1: error: there is another 'r1' [duplicate-element]
           2 | R1 a b
             | -- the first
           3 | R1 b c
             | ^^ second of this name
          note: names are compared in lower case
          help: give it another name: R2

        """)
  }

  @Test func withoutAPlaceThereIsTheMessageAlone() {
    #expect(Self.page("", Diagnostic(.warning, "w", "no place", at: nil)) == "warning: no place [w]\n")
    let foreign = Diagnostic(.note, "n", "not of this map", at: Self.range(0, 1, file: 9))
    #expect(Self.page("", foreign) == "note: not of this map [n]\n")
  }

  @Test func tabsAndWideTextKeepTheUnderlineAligned() {
    let tabbed = Self.page("\tR1\ta 1x", Diagnostic(.error, "e", "m", at: Self.range(6, 8)))
    #expect(tabbed == "a.cir:1:7: error: m [e]\n   1 |     R1  a 1x\n     |           ^^\n")
    let wide = Self.page("\u{6F22}\u{5B57}e\u{301} x", Diagnostic(.error, "e", "m", at: Self.range(10, 11)))
    #expect(wide == "a.cir:1:6: error: m [e]\n   1 | \u{6F22}\u{5B57}e\u{301} x\n     |       ^\n")
  }

  @Test func columnsCountCharacters() {
    let text = "\u{B5}\u{3A9}\u{6F22}\u{1F600} x and eight bytes more \u{B5} y"
    let file = SourceFile(name: "a", bytes: Array(text.utf8))
    for (column, index) in text.unicodeScalars.indices.enumerated() {
      let offset = text.utf8.distance(from: text.utf8.startIndex, to: index)
      #expect(file.position(of: UInt32(offset)).column == column + 1)
    }
    #expect(file.position(of: .max).line == 1)
  }

  @Test func bytesThatATerminalWouldObeyAreReplaced() {
    var sources = SourceMap()
    let bytes: [UInt8] = Array("R\u{1B}[31m ".utf8) + [0xFF, 0, 0x80] + Array("\u{202E}x".utf8)
    let file = sources.add(name: "b\u{7}.cir", bytes: bytes)
    let diagnostic = Diagnostic(
      .error, "e", "no '\u{1B}[2J'", at: SourceRange(file: file, start: 7, end: 10), caption: "\u{9B}1m")
    let page = DiagnosticRenderer().render(diagnostic, in: sources)
    #expect(
      page.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.properties.generalCategory != .control) })
    #expect(page.hasPrefix("b\u{FFFD}.cir:1:8: error:"))
    #expect(page.contains("R\u{FFFD}[31m \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}x\n     |        ^^^"))
  }

  @Test(arguments: [0, 1, 77, 5_000, 9_990, 9_999])
  func longLinesAreCutAroundTheSpan(start: Int) throws {
    let text = String(repeating: "0123456789", count: 1000)
    let page = Self.page(text, Diagnostic(.error, "e", "m", at: Self.range(start, start + 1)))
    let lines = page.split(separator: "\n")
    try #require(lines.count == 3)
    #expect(lines[1].count <= 160)
    let underlined = try #require(zip(lines[1], lines[2]).first { $0.1 == "^" })
    #expect(String(underlined.0) == "\(start % 10)")
  }

  @Test func aLineOfAHundredMegabytesIsNotSlow() {
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000_000)
    let clock = ContinuousClock()
    let time = clock.measure {
      var sources = SourceMap()
      let file = sources.add(name: "long.cir", bytes: bytes)
      let page = DiagnosticRenderer().render(
        Diagnostic(.error, "e", "m", at: SourceRange(file: file, start: 90_000_000, end: 95_000_000)), in: sources)
      #expect(page.hasPrefix("long.cir:1:90000001: error"))
      #expect(page.count < 400)
    }
    #expect(time < .seconds(5))
  }

  @Test func spansOverLinesUnderlineEach() {
    let page = Self.page(
      "B1 a 0\n+ I=v(a)\n+ *2x\n", Diagnostic(.error, "e", "m", at: Self.range(0, 21), caption: "here"))
    #expect(
      page == """
        a.cir:1:1: error: m [e]
           1 | B1 a 0
             | ^^^^^^
           2 | + I=v(a)
             | ^^^^^^^^
           3 | + *2x
             | ^^^^^ here

        """)
  }

  @Test func longSpansAreShortened() {
    let page = Self.page(String(repeating: "a\n", count: 100), Diagnostic(.error, "e", "m", at: Self.range(0, 199)))
    #expect(page.contains("   2 | a\n     | ^\n ...\n 100 | a\n     | ^\n"))
  }

  @Test func theEndOfTheTextIsUnderlined() {
    #expect(
      Self.page("R1 a", Diagnostic(.error, "e", "m", at: Self.range(4, 4))).hasSuffix("   1 | R1 a\n     |     ^\n"))
    #expect(Self.page("", Diagnostic(.error, "e", "m", at: Self.range(0, 0))).hasSuffix("   1 |\n     | ^\n"))
  }

  @Test func placesInOtherFilesAreNamed() {
    var sources = Self.sources("X1 a sub\n")
    let library = sources.add(name: "lib.inc", bytes: Array("* \n.subckt sub a b\n".utf8))
    let diagnostic = Diagnostic(
      .error, "e", "m", at: Self.range(3, 4),
      labels: [Label(SourceRange(file: library, start: 3, end: 10), "declared here")])
    let page = DiagnosticRenderer().render(diagnostic, in: sources)
    #expect(page.hasSuffix("  at lib.inc:2:1:\n   2 | .subckt sub a b\n     | ------- declared here\n"))
  }

  @Test func theSummaryCounts() {
    var bag = DiagnosticBag()
    let renderer = DiagnosticRenderer()
    #expect(renderer.render(bag, in: SourceMap()) == "")
    bag.report(Diagnostic(.note, "n", "a note", at: nil))
    #expect(DiagnosticRenderer.summary(of: bag.diagnostics) == "")
    for message in ["one", "two", "two"] { bag.report(Diagnostic(.error, "e", message, at: nil)) }
    bag.report(Diagnostic(.warning, "w", "three", at: nil))
    #expect(bag.hasErrors)
    #expect(DiagnosticRenderer.summary(of: bag.diagnostics) == "2 errors, 1 warning")
    #expect(
      renderer.render(bag, in: SourceMap(), limit: 1) == "note: a note [n]\n... and 3 more\n2 errors, 1 warning\n")
  }

  @Test func colourIsOnlyAddedAroundTheSameText() {
    let diagnostic = Diagnostic(.error, "e", "m", at: Self.range(0, 2), notes: ["n"], fixIts: [FixIt("f")])
    let coloured = DiagnosticRenderer(style: .colour).render(diagnostic, in: Self.sources("R1"))
    #expect(coloured.contains("\u{1B}[1;31m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == Self.page("R1", diagnostic))
  }
}
