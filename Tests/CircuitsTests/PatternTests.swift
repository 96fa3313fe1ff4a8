import Circuits
import Diagnostics
import Netlists
import Testing

/// Elaborations of one netlist with other values: what a memory has kept never shows in a circuit.
struct PatternTests {
  private static let netlist = """
    .param a=1 b=2 c={2*a} d=0.5 unused=1
    .func twice(x) {2*x}
    .memristor leak
      param g = 1m              ; S, conductance
      state x in [0, 1] = 0.5   ; -, open fraction
      ddt(x) = (1 - x)/1ms
      i = g*x*v
    .endmemristor
    .model doubled leak g={twice(d)}
    V1 in 0 {a}
    V2 side 0 pulse(0 {c} 0 1n 1n {b*1m})
    I1 0 out {b}
    R1 in out {1k*b}
    R2 in out 2k
    R3 in out {1k*b}
    R4 out out {b}
    C1 out 0 1u ic={a/2}
    C2 side out {1u*c}
    N1 in out leak g={1m*a}
    N2 in out leak x={d/2}
    N3 in 0 doubled
    """

  /// Names that reach values of devices alone, and what they are given in turn.
  @Test(arguments: [
    ["a": 3.0], ["b": 5], ["a": 2, "b": 1], ["unused": 7], ["a": 1, "b": 2], ["a": -0.5, "b": 2],
  ])
  func valuesAreThoseOfAnElaborationAlone(_ changed: [String: Double]) throws {
    let series = Series(Self.netlist)
    let first = try #require(series.elaborated(["a": 1, "b": 2, "unused": 1]), "\(series.codes)")
    let overrides = ["a": 1, "b": 2, "unused": 1].merging(changed) { $1 }
    let repeated = try #require(series.elaborated(overrides))
    #expect(repeated.structure === first.structure)
    let alone = try #require(NetlistText(Self.netlist, overrides: overrides).elaboration)
    expectEqual(repeated, alone)
    // What comes after is not that of the last one, but of the first with its own values.
    let again = try #require(series.elaborated(["a": 1, "b": 2, "unused": 1]))
    expectEqual(again, first)
  }

  /// Where a name reaches more, the whole is elaborated anew.
  @Test(arguments: [
    (".model", ["d": 0.75]), (".ic v(out)={d}", ["d": 0.75]), (".options gmin={d}", ["d": 0.75]),
    (".temp {40*d}", ["d": 0.75]), (".if (d > 0.6)\nR9 out 0 1\n.endif", ["d": 0.75]),
    (".for k=1 to 1\nR{k+8} out 0 {d}\n.endfor", ["d": 0.75]), ("R{10*d} out 0 1", ["d": 0.7]),
    (".subckt s a b\nR1 a b {d}\n.ends\nX1 out 0 s", ["d": 0.75]), (".tran 1u {d}", ["d": 0.75]),
    ("B1 0 out i={v(in)*i(V1)}", ["d": 0.75]),
  ])
  func structureIsThatOfAnElaborationAlone(_ line: String, _ changed: [String: Double]) throws {
    let text = line == ".model" ? Self.netlist : "\(Self.netlist)\n\(line)"
    let series = Series(text)
    let first = try #require(series.elaborated(["d": 0.5]))
    let other = try #require(series.elaborated(changed))
    #expect(other.structure !== first.structure)
    let alone = try #require(NetlistText(text, overrides: changed).elaboration)
    expectEqual(other, alone)
    let again = try #require(series.elaborated(["d": 0.5]))
    expectEqual(again, first)
  }

  /// A value that cannot be is complained about as in an elaboration alone, and those after it are not touched by that.
  @Test func complaintsAreThoseOfAnElaborationAlone() throws {
    let series = Series(Self.netlist)
    let first = try #require(series.elaborated(["d": 0.5, "a": 1]))
    #expect(series.elaborated(["d": 3, "a": 1]) == nil)
    #expect(series.codes == NetlistText(Self.netlist, overrides: ["d": 3, "a": 1]).codes)
    #expect(!series.codes.isEmpty, "\(series.codes)")
    let again = try #require(series.elaborated(["d": 0.5, "a": 1]))
    expectEqual(again, first)
  }

  private func expectEqual(_ left: Elaboration, _ right: Elaboration) {
    let (a, b) = (left.circuit, right.circuit)
    #expect(a.hasEqualStructure(to: b))
    for (a, b) in zip(a.groups, b.groups) {
      #expect(a.parameters == b.parameters)
      #expect(a.origins.elementsEqual(b.origins))
      #expect(a.waveforms.map { "\($0)" } == b.waveforms.map { "\($0)" })
      #expect(a.initialConditions.map(\.value) == b.initialConditions.map(\.value))
      #expect(Array(a.heldStarts) == Array(b.heldStarts))
    }
    #expect(a.initialVoltages.map(\.value) == b.initialVoltages.map(\.value))
    #expect(left.scope.names == right.scope.names)
    for name in left.scope.names { #expect(left.scope.value(of: name) == right.scope.value(of: name)) }
    #expect(left.temperature == right.temperature)
    #expect(left.transient == right.transient)
    #expect(left.directives.map(\.text.range) == right.directives.map(\.text.range))
    #expect(left.options.mapValues(\.value) == right.options.mapValues(\.value))
    #expect(left.unusedOverrides == right.unusedOverrides)
  }
}

/// A netlist elaborated many times with one memory.
private final class Series {
  private let netlist: Netlist
  private var sources = SourceMap()
  private var memory = ElaborationMemory()
  /// Of what the last elaboration complained about.
  private(set) var codes: [String] = []

  init(_ text: String) {
    var diagnostics = DiagnosticBag()
    netlist = NetlistText.parsed(text, &sources, &diagnostics)
    memory.isForMany = true
  }

  func elaborated(_ overrides: [String: Double]) -> Elaboration? {
    var diagnostics = DiagnosticBag()
    defer { codes = diagnostics.diagnostics.map(\.code.name) }
    return Elaborator.elaborate(
      netlist, library: NetlistText.library([:]), overrides: overrides, memory: &memory, sources: &sources,
      diagnostics: &diagnostics)
  }
}
