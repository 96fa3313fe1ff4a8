import Circuits
import Devices
import Diagnostics
import Equations
import Netlists
import Testing

/// What `inspect --stage system` and `--stage kernels` print.
@Suite struct InspectionTests {
  static func system(_ text: String) throws -> EquationSystem {
    var sources = SourceMap()
    var diagnostics = DiagnosticBag()
    let file = sources.add(name: "test.cir", bytes: Array("title\n\(text)\n".utf8))
    let netlist = NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &diagnostics)
    let elaboration = Elaborator.elaborate(
      netlist, library: ModelLibrary(names: []) { _ in nil }, sources: &sources,
      diagnostics: &diagnostics)
    #expect(!diagnostics.hasErrors, "\(diagnostics.diagnostics)")
    return EquationSystem(try #require(elaboration).circuit)
  }

  private struct NoFiles: SourceReader {
    func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (
      name: String, bytes: [UInt8]
    ) {
      throw SourceReaderError(reason: "there are no files")
    }
  }

  static let lag = """
    .memristor lag
      param tau = 1m in (0, inf)   ; s, time constant
      state x in [0, 1] = v        ; -, delayed voltage
      ddt(x) = (v - x)/(2*tau)
      i      = x*v
    .endmemristor
    """

  @Test func systemOfAMemristor() throws {
    let system = try Self.system(
      """
      \(Self.lag)
      V1 a 0 1
      R1 a b 1k
      N1 b 0 lag
      N2 b 0 lag tau=2m
      C1 b 0 1u
      """)
    #expect(
      system.text() == """
        3 unknowns: 1 in the border, 2 in devices
        eliminated nodes
          v(a) = v(0) + v1
        border
          0  v(b): Kirchhoff's current law of node b
        in devices
          lag: 2 devices, x: unknowns 1 to 2
        linear groups, entered once as constants
          resistor: 1 device
          capacitor: 1 device
        groups evaluated by kernels
          lag: 2 devices
            i(p,n) by v x
            0 (x) by v x
        matrix
          condensed per device: 2 blocks of 1 x 1
          eliminated as a tree: order 1, entries 1

        """)
  }

  @Test func treeWithoutGroundKeepsItsRoot() throws {
    let system = try Self.system(
      """
      V1 b a 1
      V2 b c 2
      R1 a 0 1k
      R2 c 0 1k
      """)
    let text = system.text()
    #expect(text.hasPrefix("1 unknown: 1 in the border, 0 in devices\n"))
    #expect(text.contains("  v(a) = v(b) - v1\n  v(c) = v(b) - v2\n"), "\(text)")
  }

  @Test func unknownsThatADerivativeDetermines() throws {
    let system = try Self.system(
      """
      I1 0 a SIN(0 1m 1k)
      L1 a b 1m
      R1 b 0 1k
      """)
    let text = system.text()
    #expect(text.contains("  1  i(l1): the branch equation of l1\n") || text.contains("  2  i(l1)"), "\(text)")
    #expect(text.contains("left out of the error test\n  v(a)\n"), "\(text)")
  }

  @Test func programsOfAMemristor() throws {
    let system = try Self.system(
      """
      \(Self.lag)
      V1 a 0 1
      R1 a b 1k
      N1 b 0 lag
      """)
    let text = system.kernelText()
    #expect(text.contains("group resistor: 1 device, linear\n"))
    #expect(text.contains("group lag: 1 device\n  once per device\n"), "\(text)")
    for part in [
      "    derived0 = ", "  residual\n", "  derivatives\n", "    i(p,n) = v*", "    0 (x) = ", "    0 (x) by x = ",
      "cj",
    ] {
      #expect(text.contains(part), "\(part) is missing in\n\(text)")
    }
    // Every leaf has a name.
    #expect(!text.split(separator: "group lag")[1].contains("?"), "\(text)")
  }

  @Test func longListsAreCutShort() throws {
    let system = try Self.system(
      """
      .for k = 1 to 300
      R{k} n{k-1} n{k} 1k
      .endfor
      R0 n0 0 1k
      """)
    let lines = system.text(limit: 20).split(separator: "\n")
    #expect(lines.contains("  ... 281 more"), "\(lines)")
    #expect(lines.count < 40)
  }
}
