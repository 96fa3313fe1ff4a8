import Analyses
import Diagnostics
import Expressions
import Testing
import Waveforms

@Suite struct OutputRequestTests {
  @Test func savedSignalsAreNamedAsNgspiceNamesThem() {
    let read = requests(".save V(a) i(v1) @n1[x] b {v(a) - v(b)} v(c*) v(a)\n.save all")
    #expect(read.complaints.isEmpty)
    #expect(
      read.requests.outputs.saved.map(\.name)
        == ["v(a)", "i(v1)", "@n1[x]", "v(b)", "v(a)-v(b)"] + (1...12).map { "v(c\($0))" })
    #expect(read.requests.outputs.savesAll)
  }

  @Test func patternsAreSavedInPart() {
    func saved(_ text: String) -> [String] { requests(text).requests.outputs.saved.map(\.name) }
    #expect(saved(".save v(c*) every=5") == ["v(c1)", "v(c6)", "v(c11)"])
    #expect(saved(".save v(c*) from=3 to=5") == ["v(c3)", "v(c4)", "v(c5)"])
    #expect(saved(".save v(a) v(c*) from=3 to=12 every=4") == ["v(a)", "v(c3)", "v(c7)", "v(c11)"])
    #expect(
      requests(".save v(c*) every=0.5").complaints.map(\.message) == [
        "'every=' is a whole number from 1 on and cannot be 500m"
      ])
    #expect(
      requests(".save v(a) from=3").complaints.map(\.message) == [
        "'from=' chooses among the signals of a pattern, and this line has none"
      ])
  }

  @Test func plotsAndPrints() throws {
    let read = requests(
      ".print tran v(a) v(b)\n.plot tran v(a) v(b)\n.plot i(n1) vs v(p)\n.plot i(n1) i(n2) vs v(p) i(n3) vs v(q)")
    #expect(read.complaints.isEmpty)
    let outputs = read.requests.outputs
    #expect(outputs.prints.map { $0.signals.map(\.name) } == [["v(a)", "v(b)"]])
    #expect(outputs.plots.map(\.analysis) == [.tran, nil, nil])
    let curves = outputs.plots.map(\.curves)
    #expect(curves.map { $0.map(\.signal.name) } == [["v(a)", "v(b)"], ["i(n1)"], ["i(n1)", "i(n2)", "i(n3)"]])
    #expect(curves.map { $0.map { $0.over?.name } } == [[nil, nil], ["v(p)"], ["v(p)", "v(p)", "v(q)"]])
  }

  @Test func faultsAreNamed() {
    #expect(
      requests(".plot vs v(a)").complaints.map(\.message) == [
        "'vs' stands between the signals and one horizontal signal"
      ])
    #expect(requests(".plot i(n1) vs v(p) i(n2)").complaints.count == 1)
    #expect(requests(".plot i(n1) vs vs").complaints.count == 1)
    #expect(requests(".print v(a)").complaints.map(\.message) == ["'v(a)' is not an analysis"])
    #expect(requests(".save").complaints.map(\.message) == ["'.save' names no signal"])
  }

  @Test func theKindOfAnExpressionFollowsFromItsForm() throws {
    func kind(_ text: String) throws -> SignalKind {
      let signal = try #require(requests(".save {\(text)}").requests.outputs.saved.first)
      return SignalKind(of: signal.expression) { device, name in
        name == "ca" ? "M" : name == "p" && device == "n1" ? nil : "-"
      }
    }
    #expect(try kind("v(a) - 2*v(b)") == .voltage)
    #expect(try kind("v(a)*i(v1)") == .power)
    #expect(try kind("v(a)/i(v1)") == .other(unit: "ohm"))
    #expect(try kind("i(n1)/v(a)") == .other(unit: "S"))
    #expect(try kind("@n1[ca]") == .other(unit: "M"))
    #expect(try kind("@n1[p]") == .power)
    // A state that is called p is what the model says.
    #expect(try kind("@n2[p]") == .other(unit: "-"))
    #expect(try kind("abs(i(n1))*1e3") == .current)
    #expect(try kind("sin(v(a))") == .other(unit: ""))
  }
}
