import Circuits
import Diagnostics
import Testing

@Suite struct SubcircuitTests {
  @Test func namesAreHierarchicalAndGroundIsShared() {
    let text = NetlistText(
      """
      X1 in outer scale=2
      V1 in 0 1
      .subckt outer a params: scale=1 r={scale*10}
      X2 a m inner r={r}
      R1 m gnd {r}
      .subckt inner p q r=1
      R1 p q {r}
      .ends
      .ends
      """)
    #expect(text.codes == [])
    #expect(text.value("x1.x2.r1", "r") == 20)
    #expect(text.value("r.x1.x2.r1", "r") == 20)
    #expect(text.nodes("x1.r1") == ["x1.m", "0"])
    #expect(text.circuit.node(named: "x1.m") != nil)
    #expect(text.circuit.node(named: "gnd") == 0)
  }

  @Test func aBodyReadsWhereItIsCalled() {
    // ngspice's rule: a name the body lacks is the caller's.
    let text = NetlistText(
      """
      .param gain=1
      X1 a outer
      X2 a inner
      .subckt outer p
      .param gain=5
      X1 p inner
      .ends
      .subckt inner p
      R1 p 0 {gain}
      .ends
      """)
    #expect(text.value("x1.x1.r1", "r") == 5)
    #expect(text.value("x2.r1", "r") == 1)
  }

  @Test func nestedDefinitionsAreSeenInsideOnly() {
    let text = NetlistText(
      """
      X1 a hidden
      R1 a 0 1
      .subckt outer p
      .subckt hidden p
      R1 p 0 1
      .ends
      X1 p hidden
      .ends
      """)
    #expect(text.codes == ["unknown-subcircuit"])
  }

  @Test func recursionNamesItsChain() {
    let text = NetlistText(
      """
      X1 a one
      .subckt one p
      X1 p two
      .ends
      .subckt two p
      X1 p one
      .ends
      """)
    #expect(text.message("recursive-subcircuit") == "the subcircuit contains itself: one -> two -> one")
  }

  @Test func subcircuitsThatMultiplyWithoutEndAreSaid() {
    var text = "X0 a 0 s0\nV1 a 0 1\n"
    for level in 0..<80 { text += ".subckt s\(level) p q\nX1 p q s\(level + 1)\nX2 p q s\(level + 1)\n.ends\n" }
    text += ".subckt s80 p q\nR1 p q 1\n.ends"
    #expect(NetlistText(text).codes == ["circuit-too-large"])
  }

  @Test func faultyInstancesAreSaid() {
    let cell = "\nR0 a 0 1\n.subckt cell p q c=1\nR1 p q {c}\n.ends"
    #expect(NetlistText("X1 a cell" + cell).codes == ["port-count"])
    #expect(NetlistText("X1 a 0 cel" + cell).diagnostics.first?.fixIts.first?.message == "did you mean 'cell'?")
    #expect(NetlistText("X1 a 0 cell d=1" + cell).codes == ["unknown-subcircuit-parameter"])
    #expect(NetlistText("X1" + cell).codes == ["instance-without-subcircuit"])
    #expect(NetlistText("X1 a 0 cell\nX1 a 0 cell" + cell).codes == ["duplicate-device"])
  }

  @Test func instancesGiveValuesToParametersOfTheBody() {
    let cell = "\n.subckt cell p q c=1\n.param d=2\nR1 p q {c*d}\n.ends\nV1 a 0 1"
    let text = NetlistText("X1 a 0 cell d=5\nX2 a 0 cell c=3" + cell)
    let circuit = text.circuit
    let values = ["x1.r1", "x2.r1"].map { name in circuit.device(named: name).flatMap { circuit.value(of: "r", of: $0) }
    }
    #expect(values == [5, 6])
    #expect(text.codes.isEmpty)
    #expect(NetlistText("X1 a 0 cell e=5" + cell).codes == ["unknown-subcircuit-parameter"])
    #expect(NetlistText("X1 a 0 cell e=5" + cell).elaboration != nil)
    let plain = "\n.subckt cell p q\nR1 p q 1\n.ends\nV1 a 0 1"
    #expect(NetlistText("X1 a 0 cell e=5" + plain).elaboration == nil)
  }

  @Test func globalNodesAreOne() {
    let text = NetlistText(
      """
      .global vdd
      X1 a cell
      X2 a cell
      V1 vdd 0 1
      .subckt cell p
      R1 p vdd 1
      .ends
      """)
    #expect(text.nodes("x2.r1") == ["a", "vdd"])
  }

  @Test func aPathNamesAnInnerNode() {
    let text = NetlistText(
      """
      X1 a cell
      R2 x1.m 0 5
      V1 a 0 1
      .subckt cell p
      R1 p m 1
      .ends
      """)
    #expect(text.codes == [])
    #expect(text.nodes("r2") == ["x1.m", "0"])
    #expect(text.circuit.nodeNames.count == 3)
  }

  @Test func aPortThatNothingUsesMakesNoNode() {
    let text = NetlistText("X1 a nc cell\nV1 a 0 1\n.subckt cell p q\nR1 p 0 1\n.ends")
    #expect(text.codes == [])
    #expect(Array(text.circuit.nodeNames) == ["0", "a"])
  }

  @Test func theLibraryIsAskedForWhatIsMissing() {
    let text = NetlistText(
      "X1 a a pipe r=3\nX2 a b pipe r=4\nV1 a 0 1\nR9 b 0 1",
      library: ["pipe": ".subckt pipe p q r=1\nR1 p q {r}\nR2 q 0 {2*r}\n.ends"])
    // With both ends on one node the library's resistor is left out without a word.
    #expect(text.codes == [])
    #expect(text.circuit.device(named: "x1.r1") == nil)
    #expect(text.value("x1.r2", "r") == 6)
    #expect(text.value("x2.r1", "r") == 4)
  }

  @Test func shortedResistorsElsewhereAreNoted() {
    let text = NetlistText("R1 a a 1\nR2 a 0 1\nR3 a 0 1")
    #expect(text.codes == ["shorted-resistor"])
    #expect(text.circuit.deviceCount == 2)
  }
}
