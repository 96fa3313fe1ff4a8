import Equations
import Glibc
import Solvers
import Testing

/// Currents that other devices read: a source's current becomes an unknown whose row is its subtree's Kirchhoff law.
@Suite struct ReadCurrentTests {
  @Test func ammeterInABSource() throws {
    let circuit = try TestCircuit(
      """
      V1 in 0 6
      R1 in a 1k
      Vm a b 0
      R2 b 0 2k
      B1 0 out I=3*i(vm)
      R3 out 0 1k
      """)
    #expect(circuit.unknowns.contains("i(vm)"))
    try circuit.settle()
    #expect(abs(circuit.value("i(vm)") - 2e-3) < 1e-15)
    #expect(abs(circuit.value("v(out)") - 6) < 1e-12)
    #expect(abs(circuit.value("i(v1)") + 2e-3) < 1e-15)
  }

  /// Every source of a branching tree, whichever end hangs on it, against its recovered current in the same circuit.
  @Test(arguments: ["v0", "v1", "v2", "v3"]) func readAndRecoveredCurrentsAgree(source: String) throws {
    let tree = "V0 r 0 1\nV1 r a 1\nV2 b r 2\nV3 c b 4\nR1 a 0 1k\nR2 b x 1k\nR3 c 0 2k\nR4 x 0 3k\nR5 r x 7k\n"
    let plain = try TestCircuit(tree)
    let read = try TestCircuit(tree + "B1 0 out I=i(\(source))\nR9 out 0 1k")
    try plain.settle()
    try read.settle()
    #expect(read.unknowns.contains("i(\(source))"))
    let expected = plain.value("i(\(source))")
    #expect(abs(read.value("i(\(source))") - expected) < 1e-15)
    #expect(abs(read.value("v(out)") - 1e3 * expected) < 1e-12)
  }

  @Test func ammeterInATreeWithoutGround() throws {
    let circuit = try TestCircuit("V1 a b 5\nR1 a 0 1k\nR2 b 0 4k\nB1 0 out I=i(v1)\nR3 out 0 1k")
    try circuit.settle()
    #expect(abs(circuit.value("i(v1)") + 1e-3) < 1e-15)
    #expect(abs(circuit.value("v(out)") + 1) < 1e-12)
  }

  /// The current of a source that charges a capacitor is read in time: C e' without a step too many.
  @Test func capacitorCurrentIsRead() throws {
    let circuit = try TestCircuit("V1 a 0 SIN(0 1 1k)\nC1 a 0 1u\nB1 0 out I=i(v1)\nR1 out 0 1k\nC2 out 0 1n")
    #expect(circuit.evaluator.exemptUnknowns.isEmpty)
    let run = try circuit.run(to: 2e-3, "i(v1)", "v(out)")
    let omega = 2 * Double.pi * 1e3
    #expect(run.error(0) { -1e-6 * omega * cos(omega * $0) } < 6e-7)
    #expect(run.error(1, from: 1e-4) { -1e-3 * omega * cos(omega * $0) } < 0.05)
    #expect(run.statistics.steps < 1000)
  }

  static let follower = """
    .memristor follower
      input k
      i = 1m*v*(1 + k**2)
    .endmemristor

    """

  @Test func inputsReadCurrents() throws {
    let circuit = try TestCircuit(
      Self.follower
        + """
        V1 a 0 2
        R1 a b 1k
        Vm b 0 0
        N1 a 0 follower k=i(vm)
        N2 a 0 follower k=i(n1)
        N3 a 0 follower k=v(a,b)
        """)
    try circuit.settle()
    let first = 2e-3 * (1 + 4e-6)
    #expect(abs(circuit.value("i(n1)") - first) < 1e-15)
    #expect(abs(circuit.value("i(n2)") - 2e-3 * (1 + first * first)) < 1e-15)
    #expect(abs(circuit.value("i(n3)") - 10e-3) < 1e-15)
  }

  @Test func statesAndQuantitiesAreRead() throws {
    let circuit = try TestCircuit(
      Self.follower + """
        .memristor slow
          state x = v
          twice = 2*x
          ddt(x) = (v - x)/1m
          i = 1m*v
        .endmemristor
        V1 a 0 PWL(0 1 1u 3)
        N1 a 0 slow
        N2 a 0 follower k=@n1[x]
        N3 a 0 follower k=@n1[twice]
        B1 0 out I=1m*@n1[x]
        R1 out 0 1k
        """, reltol: 1e-6)
    let run = try circuit.run(to: 2e-3, "@n1[x]", "i(n2)", "i(n3)", "v(out)")
    func x(_ time: Double) -> Double { 3 - 2 * exp(-(time - 0.5e-6) / 1e-3) }
    #expect(run.error(0, from: 1e-6, x) < 1e-4)
    #expect(run.error(1, from: 1e-6) { 3e-3 * (1 + x($0) * x($0)) } < 1e-6)
    #expect(run.error(2, from: 1e-6) { 3e-3 * (1 + 4 * x($0) * x($0)) } < 1e-5)
    #expect(run.error(3, from: 1e-6, x) < 1e-4)
  }

  /// LANGUAGE's calcium pool: a node fed by another device's current.
  @Test func poolIsANode() throws {
    let circuit = try TestCircuit(
      Self.follower + """
        V1 a 0 2
        N3 a 0 follower k=0.5
        Cca ca 0 1
        Bca 0 ca I=3*i(n3)-0.075*v(ca)
        """)
    try circuit.settle()
    #expect(abs(circuit.value("v(ca)") - 3 * 2.5e-3 / 0.075) < 1e-12)
  }
}
