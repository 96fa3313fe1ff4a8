import Diagnostics
import Netlists
import Testing

@Suite struct InclusionTests {
  @Test func includedLinesStandInPlace() {
    let parsed = ParsedNetlist(
      body: ".include \"my models.inc\"\n.subckt s a\n.inc 'b.inc'\n.ends",
      files: ["my models.inc": "R1 a 0 1\n.include c.inc", "b.inc": "R2 a 0 1\n.end\nR9 a 0 1", "c.inc": "R3 a 0 1"])
    #expect(parsed.codes == ["text-after-end"])
    #expect(parsed.elements.map(\.keyword.value) == ["r1", "r3"])
    guard case .subcircuit(let subcircuit) = parsed.statements.last else {
      Issue.record("no subcircuit")
      return
    }
    #expect(subcircuit.statements.count == 1)
  }

  @Test func aMissingFileIsAnErrorWithItsReason() {
    let parsed = ParsedNetlist(body: ".include x.inc")
    #expect(parsed.faults == ["unreadable-file: x.inc"])
    #expect(parsed.diagnostics.diagnostics.first?.message == "cannot read 'x.inc': there is no such file")
  }

  @Test func circlesAreFound() {
    let parsed = ParsedNetlist(body: ".include a", files: ["a": ".include b", "b": "R1 x 0 1\n.include a"])
    #expect(parsed.codes == ["cyclic-include"])
    #expect(parsed.diagnostics.diagnostics.first?.notes == ["the circle: a -> b -> a"])
    #expect(ParsedNetlist(body: ".include main.cir", files: ["main.cir": ""]).codes == ["cyclic-include"])
  }

  @Test func doublingIncludesEnd() {
    var files: [String: String] = [:]
    for level in 0..<40 { files["f\(level)"] = ".include f\(level + 1)\n.include f\(level + 1)\n" }
    files["f40"] = "* nothing"
    let parsed = ParsedNetlist(body: ".include f0", files: files)
    #expect(parsed.codes.contains("too-many-includes"))
  }

  @Test func deepIncludesEnd() {
    var files: [String: String] = [:]
    for level in 0..<100 { files["f\(level)"] = ".include f\(level + 1)\n" }
    #expect(ParsedNetlist(body: ".include f0", files: files).codes == ["too-many-includes"])
  }

  @Test func blocksEndInTheFileThatOpensThem() {
    let parsed = ParsedNetlist(body: ".subckt s a\n.include a\n.ends", files: ["a": ".ends\n.for k = 1 to 2"])
    #expect(parsed.faults == ["unopened-block: .ends", "unterminated-block: .for"])
  }

  @Test func definitionsIncludedTwiceCountOnce() {
    let parsed = ParsedNetlist(
      body: ".include a\n.include b",
      files: ["a": ".include m", "b": ".include m", "m": ".model d1 d()\n.subckt s a\n.ends"])
    #expect(parsed.codes == [])
    #expect(parsed.statements.count == 2)
  }

  static let library = """
    R0 a 0 1
    .lib tt
    R1 a 0 1
    .lib 'corners.lib' common
    .endl tt
    .lib ff
    R2 a 0 1
    .endl
    .lib common
    R3 a 0 1
    .endl
    """

  @Test func oneSectionOfALibrary() {
    let parsed = ParsedNetlist(body: ".lib \"corners.lib\" TT", files: ["corners.lib": Self.library])
    #expect(parsed.codes == [])
    #expect(parsed.elements.map(\.keyword.value) == ["r1", "r3"])
  }

  @Test func aWholeLibrary() {
    let parsed = ParsedNetlist(body: ".lib corners.lib", files: ["corners.lib": Self.library])
    #expect(parsed.codes == ["unused-section", "unused-section", "unused-section"])
    #expect(parsed.elements.map(\.keyword.value) == ["r0"])
  }

  @Test(arguments: [
    (".lib corners.lib tf", "unknown-section: tf"), (".lib", "malformed-directive: .lib"),
    (".include", "malformed-directive: .include"),
    (".lib other", "unused-section: other"),
  ])
  func faults(line: String, fault: String) {
    let parsed = ParsedNetlist(body: line, files: ["corners.lib": Self.library])
    #expect(parsed.faults.first == fault)
  }

  @Test func sectionsAreSuggested() {
    let parsed = ParsedNetlist(body: ".lib corners.lib comon", files: ["corners.lib": Self.library])
    #expect(parsed.diagnostics.diagnostics.first?.fixIts.first?.message == "did you mean 'common'?")
  }
}
