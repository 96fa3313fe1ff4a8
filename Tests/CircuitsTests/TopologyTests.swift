import Circuits
import Testing

@Suite struct TopologyTests {
  @Test func aLoopOfSourcesNamesThem() {
    let text = NetlistText("V1 a 0 1\nV2 b a 1\nV3 b 0 3\nR1 b 0 1")
    #expect(text.codes == ["voltage-loop"])
    #expect(text.message("voltage-loop") == "these voltage sources form a loop: v1, v2, v3")
    #expect(NetlistText("V1 a a 1\nR1 a 0 1\nR2 a 0 1").codes == ["voltage-loop"])
  }

  /// A B source that follows the loop's own current is a resistor.
  @Test func aLoopThatFollowsItsCurrentIsNone() {
    #expect(NetlistText("V1 a 0 1\nB1 a 0 V=2*i(V1)\nR1 a 0 1").codes == [])
    #expect(NetlistText("V1 a 0 1\nB1 a 0 V=2*i(V2)\nV2 b 0 1\nR2 b 0 1").codes == ["voltage-loop"])
  }

  @Test func partsWithoutGroundAreErrors() {
    let text = NetlistText("R1 a 0 1\nR2 a 0 1\nR3 b c 1\nC3 b c 1")
    #expect(text.codes == ["floating-node"])
    #expect(text.message("floating-node") == "nodes 'b', 'c' have no path to ground")
    #expect(NetlistText("I1 0 a 1\nI2 a 0 1\nR1 b 0 1\nR2 b 0 1").codes == ["current-source-cut"])
    #expect(NetlistText("R1 a b 1\nR2 a b 2").codes == ["no-ground"])
    #expect(NetlistText(".param a=1").codes == ["no-elements"])
  }

  @Test func nodesHeldByCapacitorsAreListed() {
    let text = NetlistText("V1 a 0 1\nC1 a m 1n\nC2 m 0 1n\nR1 m k 1\nC3 k 0 1n")
    #expect(text.codes == ["no-dc-path"])
    #expect(text.circuit.capacitiveNodes.map { text.circuit.nodeNames[Int($0)] } == ["m"])
  }

  @Test func anInductorConducts() {
    #expect(NetlistText("I1 0 a 1\nL1 a 0 1m").codes == [])
  }

  @Test func anOpenEndIsANote() {
    let text = NetlistText("V1 a 0 1\nR1 a b 1")
    #expect(text.codes == ["dangling-node"])
    #expect(text.elaboration != nil)
  }
}
