import Circuits
import Testing

@Suite struct CircuitTests {
  @Test func nameTablesComputeNames() {
    var names: NameTable = ["0", "a"]
    names.append("x1.b")
    #expect(Array(names) == ["0", "a", "x1.b"])
    #expect(names.firstIndex(of: "x1.b") == 2)
    #expect(names.firstIndex(of: "b") == nil)
  }

  @Test func structureIsEqualWhereOnlyValuesDiffer() {
    let text = "V1 a 0 {u}\nR1 a b {r}\nC1 b 0 1n\n"
    let one = NetlistText(text + ".param u=1 r=1").circuit
    let two = NetlistText(text + ".param u=2 r=3").circuit
    #expect(one.deviceCount == 3)
    #expect(one.hasEqualStructure(to: two))
    #expect(!one.hasEqualStructure(to: NetlistText(text + "R2 b 0 1\n.param u=1 r=1").circuit))
    #expect(!one.hasEqualStructure(to: NetlistText("V1 a 0 1\nR1 b a 1\nC1 b 0 1n").circuit))
  }

  @Test func theDumpShowsDevicesAndNodes() {
    let text = NetlistText("V1 a 0 1.5\nC1 a 0 1u ic=2\n.ic v(a)=1").circuit.text()
    #expect(
      text == """
        2 devices in 2 groups, 2 nodes
        group voltage source: 1 device
          v1 a 0 dc 1.5
        group capacitor: 1 device
          c1 a 0 c=1e-06 m=1 ic=2
        nodes
          0  0
          1  a
        initial voltages
          v(a)=1

        """)
  }

  @Test func aLongLineElaborates() {
    let text = NetlistText(
      """
      .for k = 1 to 10000
      X{k} c{k-1} c{k} cell c=1u
      .endfor
      V0 c0 0 1
      .subckt cell in out c=1n
      R1 in out 1
      R2 out m 2
      R3 m 0 {1/c}
      C1 out 0 {c}
      .ends
      """)
    #expect(text.circuit.deviceCount == 40_001)
    #expect(text.circuit.nodeNames.count == 20_002)
    #expect(text.nodes("x10000.r2") == ["c10000", "x10000.m"])
  }

  @Test func aLongLineOfDifferentCompartmentsElaborates() {
    let text = NetlistText(
      """
      .for k = 1 to 2000
      X{k} c{k-1} c{k} cell c={k*1u}
      .endfor
      V0 c0 0 1
      .subckt cell in out c=1n
      R1 in out 1
      C1 out 0 {c}
      .ends
      """)
    #expect(text.value("x1234.c1", "c") == 1234 * 1e-6)
  }
}
