import Equations
import Testing

/// Trees of voltage sources lose their nodes' unknowns.
@Suite struct SourceForestTests {
  @Test func groundedTree() throws {
    let circuit = try TestCircuit("V1 a 0 5\nV2 b a 3\nV3 0 c 2\nR1 b d 1k\nR2 d c 1k")
    #expect(circuit.unknowns == ["v(d)"])
    try circuit.settle()
    #expect(circuit.values("v(a)", "v(b)", "v(c)", "v(b,c)") == [5, 8, -2, 10])
    #expect(abs(circuit.value("v(d)") - 3) < 1e-12)
    for (source, current) in [("i(v1)", -5e-3), ("i(v2)", -5e-3), ("i(v3)", -5e-3)] {
      #expect(abs(circuit.value(source) - current) < 1e-15, "\(source)")
    }
  }

  @Test func treeWithoutGroundKeepsOneUnknown() throws {
    let circuit = try TestCircuit("V1 a b 5\nV2 c b 1\nR1 a 0 1k\nR2 b 0 1k\nR3 c 0 1k")
    #expect(circuit.unknowns.count == 1)
    try circuit.settle()
    // v(b) + 5, v(b), v(b) + 1 over equal resistors add up to 0.
    for (signal, value) in [("v(a)", 3.0), ("v(b)", -2), ("v(c)", -1), ("1k*i(v1)", -3), ("1k*i(v2)", 1)] {
      #expect(abs(circuit.value(signal) - value) < 1e-12, "\(signal)")
    }
  }

  @Test func branchingTree() throws {
    // Two branches off one node: each current is that of its own subtree.
    let circuit = try TestCircuit(
      """
      V0 r 0 1
      V1 a r 1
      V2 b r 2
      V3 c b 4
      R0 r 0 1k
      R1 a 0 1k
      R2 b 0 1k
      R3 c 0 1k
      """)
    #expect(circuit.system.unknowns.isPlaceholder)
    try circuit.settle()
    for (source, current) in [("v0", -13e-3), ("v1", -2e-3), ("v2", -10e-3), ("v3", -7e-3)] {
      #expect(abs(circuit.value("i(\(source))") - current) < 1e-15, "\(source)")
    }
    #expect(circuit.value("p(v3)") == 4 * circuit.value("i(v3)"))
  }

  /// x of x = 0 stands in for the unknowns that are not there.
  @Test func circuitWithoutUnknownsHasAnOperatingPoint() throws {
    let circuit = try TestCircuit("V1 a 0 5\nR1 a 0 1k\nC1 a 0 1u")
    #expect(circuit.evaluator.count == 1)
    #expect(circuit.system.unknowns.isPlaceholder)
    #expect(circuit.system.text().contains("0  x: x = 0, for sources give every voltage"))
    try circuit.settle()
    #expect(circuit.values("v(a)", "i(v1)", "p(r1)") == [5, -5e-3, 25e-3])
  }

  @Test func longChains() throws {
    let circuit = try TestCircuit(".for k = 1 to 200\nV{k} n{k} n{k-1} 1\n.endfor\nR0 n0 0 1\nR1 n200 0 1")
    #expect(circuit.unknowns.count == 1)
    try circuit.settle()
    #expect(abs(circuit.value("v(n200)") - 100) < 1e-9)
    #expect(abs(circuit.value("i(v77)") + 100) < 1e-9)
  }
}
