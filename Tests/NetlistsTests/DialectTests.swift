import Diagnostics
import Expressions
import Netlists
import Testing

/// Whose netlist a text is, and what its words mean then.
@Suite struct DialectTests {
  @Test(arguments: [
    ("t\nR1 a 0 1\n.end", Dialect.ngspice, false),
    ("* C:\\drawings\\Draft1.asc\nR1 a 0 1", .ltspice, true),
    ("t\nR1 a 0 1\n.backanno", .ltspice, true),
    ("t\n.GLOBAL_PARAM a=1\nR1 a 0 1", .xyce, true),
    ("t\n.options timeint reltol=1e-3", .xyce, true),
    ("t\n.print tran format=csv v(a)", .xyce, true),
    ("t\nYMEMRISTOR m a 0 model", .xyce, true),
    ("t\n.backanno\n.options reltol=1e-4 dialect=ngspice", .ngspice, false),
    ("t\n.options dialect = xyce", .xyce, false),
  ])
  func signsAreSeen(text: String, dialect: Dialect, isSaid: Bool) {
    let parsed = ParsedNetlist(text)
    #expect(parsed.netlist.dialect == dialect)
    #expect(parsed.codes.contains("recognised-dialect") == isSaid)
  }

  @Test(arguments: [
    ("R1 a 0 3k3", "3.3k"), ("C1 a 0 4u7", "4.7u"), ("R1 a 0 1Meg5", "1.5Meg"), ("R1 a 0 33", "33"),
    ("R1 a 0 2k", "2k"), ("R1 1p8 2n2 1e3", "1e3"), ("R1 a 0 4k7 tc=1m5", "4.7k"),
  ])
  func aScaleStandsForThePoint(line: String, value: String) {
    let parsed = ParsedNetlist("t\n\(line)\n.options dialect=ltspice")
    #expect(parsed.elements.first?.fields[2].text.string == value)
    #expect(ParsedNetlist("t\n\(line)").elements.first?.fields[2].text.string == String(line.split(separator: " ")[3]))
  }

  @Test func nodesAndProbesKeepTheirNames() {
    let parsed = ParsedNetlist("t\nB1 1p8 0 V=v(1p8)*1k5\n.options dialect=ltspice")
    #expect(parsed.elements.first?.fields.first?.text.string == "1p8")
    #expect(parsed.elements.first?.assignments.first?.value.string == "v(1p8)*1.5k")
  }

  @Test func modelsKeepTheirNames() {
    let parsed = ParsedNetlist("t\nD1 a 0 1N4148 3k3\n.options dialect=ltspice")
    #expect(parsed.elements.first?.words == ["a", "0", "1N4148", "3.3k"])
  }

  @Test func placesInTheFileAreKept() throws {
    let parsed = ParsedNetlist("t\nR1 a 0 3k3 x\n.options dialect=ltspice")
    let fields = try #require(parsed.elements.first?.fields)
    #expect(fields[2].range.start == 9)
    #expect(fields[3].range.start == 13)
  }

  @Test(arguments: [("ngspice", BinaryOperator.absolutePower), ("ltspice", .power), ("xyce", .power)])
  func powersKeepTheirSign(dialect: String, sign: BinaryOperator) {
    let parsed = ParsedNetlist("t\nB1 a 0 v=v(b)**3\n.options dialect=\(dialect)")
    guard case .binary(sign, _, _, _) = parsed.elements.first?.assignments.first?.expression else {
      Issue.record("another sign")
      return
    }
  }

  @Test func aMicroSignOfLatin1IsMicro() {
    let parsed = ParsedNetlist(bytes: Array("t\nR1 a 0 10".utf8) + [0xB5] + Array("\n".utf8))
    #expect(parsed.elements.first?.words == ["a", "0", "10u"])
    #expect(parsed.codes.isEmpty)
    #expect(ParsedNetlist(bytes: Array("t\nR1 a 0 10".utf8) + [0xB6]).codes == ["invalid-utf8"])
  }
}

/// Elements that bring resistors, inductors and capacitors of their own.
@Suite struct PartsTests {
  @Test(arguments: [
    ("C1 a b 1u rser=0.1", ["c1 a c1#1 1u", "r.c1.rser c1#1 b 0.1"]),
    (
      "L1 a b 1u rser=1 lser=2n cpar=1p",
      ["l1 a l1#2 1u", "r.l1.rser l1#1 b 1", "l.l1.lser l1#2 l1#1 2n", "c.l1.cpar a b 1p"]
    ),
    ("V1 a 0 dc 5 Rser=50", ["v1 a v1#1 dc 5", "r.v1.rser v1#1 0 50"]),
    ("C1 a b 1u rpar=1meg ic=2", ["c1 a b 1u ic=2", "r.c1.rpar a b 1meg"]),
  ])
  func partsStandBesideTheElement(line: String, cards: [String]) {
    let parsed = ParsedNetlist(body: line)
    #expect(parsed.codes.isEmpty)
    let written = parsed.elements.map { ([$0.keyword.value] + $0.words + $0.values).joined(separator: " ") }
    #expect(written == cards)
  }
}
