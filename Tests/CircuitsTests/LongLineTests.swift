import Circuits
import Testing

/// Lines of a hundred thousand cells: what they take must not grow with every name, and no pass may differ from one that
/// is read line by line.
@Suite struct LongLineTests {
  private static let cell = """
    .subckt cell v
    C1 v 0 1p
    R1 v m 1k
    V1 m 0 -65m
    R2 v l 2k
    V2 l 0 -54m
    .ends
    """

  private static func line(_ count: Int, in pass: String = "") -> String {
    """
    .for k = 1 to \(count)
      \(pass)
      X{k} c{k} cell
      R{k} c{k-1} c{k} 10
      .ic v(c{k})=-65m
    .endfor
    I1 0 c0 1n
    R0 c0 0 1k
    """ + "\n" + cell
  }

  @Test func namesAreComputed() {
    let count = 100_000
    let circuit = NetlistText(Self.line(count)).circuit
    #expect(circuit.deviceCount == 6 * count + 2)
    #expect(circuit.nodeNames.count == 3 * count + 2)
    // Texts and runs of numbers, for all names together.
    #expect(circuit.nodeNames.storedTextCount < 20)
    for names in [circuit.nodeNames] + circuit.groups.map(\.names) { #expect(names.storedCount < 100) }
    for node in stride(from: 0, to: circuit.nodeNames.count, by: 9_973) {
      #expect(circuit.nodeNames.firstIndex(of: circuit.nodeNames[node]) == node)
    }
    #expect(circuit.device(named: "x77777.v2") != nil)
    #expect(circuit.device(named: "v.x77777.v2") == circuit.device(named: "x77777.v2"))
    #expect(circuit.device(named: "x100001.v2") == nil)
  }

  /// A parameter inside makes every pass a level of its own.
  @Test(arguments: [1, 2, 3, 7, 40])
  func regularPassesAreLikeOthers(count: Int) {
    let regular = NetlistText(Self.line(count))
    let plain = NetlistText(Self.line(count, in: ".param unused = {k}"))
    #expect(regular.diagnostics.isEmpty && plain.diagnostics.isEmpty)
    #expect(regular.circuit.text(limit: 1000) == plain.circuit.text(limit: 1000))
  }

  @Test func passesThatDifferAreReadOneByOne() {
    let text = NetlistText(
      """
      .param base = 2
      .for k = 1 to 6
        R{k} a{2*k+base} 0 {k}
        X{k} a{2*k+base} b{k} leak
      .endfor
      .subckt leak p q
      C1 p q {1n*k}
      R1 q 0 1
      .ends
      V1 a4 0 1
      """)
    #expect(text.value("r5", "r") == 5)
    #expect(text.value("x5.c1", "c") == 5e-9)
    #expect(text.nodes("x6.c1") == ["a14", "b6"])
  }

  /// A `.for` that swallowed another one's `.endfor` is a million passes with one fault.
  @Test func netlistsWithFaultsAreLeftInTime() {
    let text = NetlistText(
      "V1 a0 0 1\n.for k = 1 to 10000\n.for k = 1 to 10000\nR{k} a{k-1} a{k} 1\n.endfor\n.endfor")
    #expect(text.codes == ["duplicate-device"])
  }

  @Test func faultsInLaterPassesAreFound() {
    let twice = NetlistText("R5 a 0 1\n.for k = 1 to 9\nR{k} a 0 1\n.endfor\nV1 a 0 1")
    #expect(twice.codes == ["duplicate-device"])
    #expect(NetlistText(".for x = 0 to 1 step 0.1\nR{x*10} a 0 1\n.endfor\n").codes.contains("fractional-name"))
    let unknown = NetlistText(".for k = 1 to 9\nR{k} a 0 1\n.ic v(b{k})=1\n.endfor\nV1 a 0 1")
    #expect(unknown.codes.allSatisfy { $0 == "unknown-node" } && unknown.codes.count == 9)
  }
}
