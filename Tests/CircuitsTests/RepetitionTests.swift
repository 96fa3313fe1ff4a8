import Circuits
import Testing

@Suite struct RepetitionTests {
  @Test func arithmeticIsRealAndNamesAreIntegers() {
    let text = NetlistText(
      """
      .param n=4
      .for k = 1 to n
      R{k} c{int(k/2)} c{k} {k/2}
      .endfor
      R0 c0 0 1
      """)
    #expect(text.value("r1", "r") == 0.5)
    #expect(text.nodes("r3") == ["c1", "c3"])
    #expect(NetlistText("R0 a 0 1\n.for k = 1 to 2\nR{k/2} a 0 1\n.endfor").codes.contains("fractional-name"))
  }

  @Test func passesAreNeighboursInOrder() throws {
    let text = NetlistText(
      """
      .for k = 1 to 5
      X{k} c{k-1} c{k} cell
      .endfor
      V0 c0 0 1
      .subckt cell in out
      R1 in m 1
      R2 m out 2
      C1 out 0 1u
      .ends
      """)
    let circuit = text.circuit
    let resistors = try #require(circuit.groups.first)
    #expect(Array(resistors.names.prefix(4)) == ["x1.r1", "x1.r2", "x2.r1", "x2.r2"])
    #expect(Array(circuit.nodeNames.prefix(6)) == ["0", "c0", "c1", "x1.m", "c2", "x2.m"])
    #expect(resistors.parameters[0] == .values([1, 2, 1, 2, 1, 2, 1, 2, 1, 2]))
    #expect(circuit.groups[1].parameters[0] == .uniform(1e-6))
  }

  @Test func parametersInsideAreLocalToAPass() {
    let text = NetlistText(
      """
      .param r=7
      .for k = 1 to 2
      .param r={10*k}
      R{k} a 0 {r}
      .endfor
      R3 a 0 {r}
      """)
    #expect(text.value("r2", "r") == 20)
    #expect(text.value("r3", "r") == 7)
  }

  @Test func loopsNestAndBoundsReadOuterVariables() {
    let text = NetlistText(
      """
      .for i = 1 to 3
      .for j = i to 3
      R{i}_{j} a 0 {10*i + j}
      .endfor
      .endfor
      """)
    #expect(text.circuit.deviceCount == 6)
    #expect(text.value("r2_3", "r") == 23)
  }

  @Test func stepsDownwardsAndByFractions() {
    #expect(NetlistText(".for k = 3 to 1 step -1\nR{k} a 0 {k}\n.endfor").circuit.groups[0].names[0] == "r3")
    // 0.1 is not a binary fraction: the last value is reached all the same.
    #expect(NetlistText(".for x = 0 to 1 step 0.1\nR{x*10} a 0 1\n.endfor\n").codes.contains("fractional-name"))
    #expect(NetlistText(".for x = 0 to 1 step 0.1\nR{int(x*10+0.5)} a 0 1\n.endfor\n").circuit.deviceCount == 11)
  }

  @Test func emptyEndlessAndZeroStepsAreSaid() {
    let rest = "\nR{k} a 0 1\n.endfor\nRx a 0 1\nRy a 0 1"
    #expect(NetlistText(".for k = 2 to 1" + rest).codes == ["empty-repetition"])
    #expect(NetlistText(".for k = 1 to 2 step 0" + rest).codes == ["zero-step"])
    #expect(NetlistText(".for k = 1 to 1e30" + rest).codes == ["endless-repetition"])
    #expect(
      NetlistText(".for i = 1 to 1e6\n.for j = 1 to 1e8\nR{i}_{j} a 0 1\n.endfor\n.endfor\nR0 a 0 1").codes
        == ["endless-repetition"])
    #expect(NetlistText(".for k = 1 to inf" + rest).codes.contains { $0 != "dangling-node" })
  }

  @Test func aLineOfManyPassesComplainsOnce() {
    let text = NetlistText("R0 a 0 1\n.for k = 1 to 99 step 2\nR{k} n{k/2} 0 1\n.endfor")
    #expect(text.codes == ["fractional-name"])
  }

  @Test func aNameWithoutItsVariableIsADuplicate() {
    let text = NetlistText(".for k = 1 to 2\nR1 a 0 1\n.endfor")
    #expect(text.codes == ["duplicate-device"])
  }
}
