import Equations
import Glibc
import Testing

/// The start of a run, with and without `uic`.
@Suite struct InitialConditionTests {
  @Test func capacitorsAndInductorsStartAsTheySay() throws {
    let circuit = try TestCircuit("C1 a 0 1u ic=3\nR1 a 0 1k\nC2 b a 1u ic=-1\nR2 b 0 1k\nL1 b 0 1m ic=2m")
    circuit.evaluator.startFromInitialConditions(into: circuit.y)
    #expect(circuit.values("v(a)", "v(b)", "i(l1)") == [3, 2, 2e-3])
  }

  @Test func nodesWinOverCapacitors() throws {
    let circuit = try TestCircuit("C1 a 0 1u ic=3\nR1 a 0 1k\n.ic v(a)=1")
    circuit.evaluator.startFromInitialConditions(into: circuit.y)
    #expect(circuit.value("v(a)") == 1)
  }

  @Test func tiedNodeSetsItsRoot() throws {
    let circuit = try TestCircuit("V1 a b 5\nR1 a 0 1k\nC1 b 0 1u\n.ic v(a)=7")
    circuit.evaluator.startFromInitialConditions(into: circuit.y)
    #expect(abs(circuit.value("v(a)") - 7) < 1e-15)
    #expect(abs(circuit.value("v(b)") - 2) < 1e-15)
  }

  @Test func statesStartFromTheirExpressions() throws {
    let circuit = try TestCircuit(
      """
      .memristor cell
        state x = 2*v
        state y = x + 1
        ddt(x) = 0
        ddt(y) = 0
        i = 1u*v*x*y
      .endmemristor
      C1 a 0 1u
      N1 a 0 cell
      N2 a 0 cell x=9
      .ic v(a)=4
      """)
    circuit.evaluator.startFromInitialConditions(into: circuit.y)
    #expect(circuit.values("@n1[x]", "@n1[y]", "@n2[x]", "@n2[y]") == [8, 9, 9, 10])
  }

  @Test func dischargeFromUIC() throws {
    let circuit = try TestCircuit("C1 a 0 1u ic=5\nR1 a 0 1k", reltol: 1e-6)
    let run = try circuit.run(to: 3e-3, "v(a)", fromInitialConditions: true)
    #expect(run.error { 5 * exp(-$0 / 1e-3) } < 1e-5)
  }

  /// A node between capacitors alone has 0 V at rest (ngspice's answer), and follows its divider in time.
  @Test func capacitiveNode() throws {
    let circuit = try TestCircuit("V1 a 0 SIN(1 2 1k)\nC1 a x 1n\nC2 x 0 3n", reltol: 1e-6)
    try circuit.settle()
    #expect(abs(circuit.value("v(x)")) < 1e-12)
    let run = try circuit.run(to: 2e-3, "v(x)")
    #expect(run.error { 0.5 * sin(2e3 * Double.pi * $0) } < 1e-5)
  }

  @Test func heldStatesAreReleased() throws {
    let circuit = try TestCircuit(
      """
      .memristor cell
        state x = steady(0.5)
        ddt(x) = (v - x)/1m
        i = 1m*v
      .endmemristor
      V1 a 0 2
      R1 a b 0.001
      N1 b 0 cell
      N2 b 0 cell x=1
      """, reltol: 1e-6)
    try circuit.settle(initial: true)
    #expect(abs(circuit.value("@n1[x]") - 2) < 1e-5)
    #expect(circuit.value("@n2[x]") == 1)
    let run = try circuit.run(to: 3e-3, "@n2[x]")
    #expect(run.error { 2 - exp(-$0 / 1e-3) } < 2e-5)
  }
}
