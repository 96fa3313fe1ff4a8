import Circuits
import Diagnostics
import Netlists
import Testing

/// Nodes by what subcircuits call their ports.
@Suite struct PortNameTests {
  private static let text = """
    .subckt half in out
    R1 in out 1k
    .ends
    .subckt whole a b
    X1 a m half
    X2 m b half
    .ends
    V1 p 0 1
    Xw p 0 whole
    """

  @Test(arguments: [
    ("xw:a", "p"), ("xw:b", "0"), ("xw:x1:in", "p"), ("xw:x1:out", "xw.m"), ("xw.x2.in", "xw.m"),
    ("xw:m", nil), ("xw:x3:in", nil), ("p", nil),
  ])
  func portsAreTheNodesOutside(name: String, node: String?) {
    #expect(PortNames(Self.netlist()).node(named: name) == node)
  }

  private static func netlist() -> Netlist {
    var sources = SourceMap()
    var diagnostics = DiagnosticBag()
    let file = sources.add(name: "test.cir", bytes: Array(("title\n" + text).utf8))
    return NetlistParser.parse(file, in: &sources, reader: NoFiles(), diagnostics: &diagnostics)
  }

  private struct NoFiles: SourceReader {
    func read(_ path: String, includedFrom includer: String?) throws(SourceReaderError) -> (
      name: String, bytes: [UInt8]
    ) {
      throw SourceReaderError(reason: "there are no files here")
    }
  }
}
