import Glibc
import Testing

/// Charges that are not linear in their voltage are unknowns of their own, and conserved.
@Suite struct ChargeTests {
  static let varactor = """
    .memristor varactor
      i = ddt(1n*v + 0.2n*v**2 + 0.1n*sin(3*v))
    .endmemristor

    """

  @Test func chargeIsAnUnknown() throws {
    let circuit = try TestCircuit(Self.varactor + "V1 a 0 SIN(1 2 1k)\nR1 a b 1k\nN1 b 0 varactor\nR2 b 0 10k")
    #expect(circuit.unknowns == ["v(b)", "@n1[charge#1]"])
    _ = try circuit.run(to: 3.3e-3, "v(b)")
    let v = circuit.y[0]
    #expect(abs(v) > 0.1)
    #expect(abs(circuit.y[1] - (1e-9 * v + 0.2e-9 * v * v + 0.1e-9 * sin(3 * v))) < 1e-13)
  }

  /// A node between a non-linear and a linear capacitor keeps the charge it has, over many periods.
  @Test func floatingNodeKeepsItsCharge() throws {
    let circuit = try TestCircuit(
      Self.varactor + "V1 a 0 SIN(0 2 1k)\nN1 a x varactor\nC1 x 0 2n\nR1 a y 1k\nC2 y 0 1u")
    let run = try circuit.run(to: 20e-3, "2n*v(x)-(1n*v(a,x)+0.2n*v(a,x)**2+0.1n*sin(3*v(a,x)))", "v(x)")
    // Up to 5 nC come and go; what is left is the share of the tolerance that Newton's iteration leaves at every step.
    #expect(run.error(0) { _ in 0 } < 1e-12)
    #expect(run.values[1].max() ?? 0 > 0.3)
    // The unknown itself is conserved to rounding: no step adds or takes any.
    let places = ["v(x)", "@n1[charge#1]"].compactMap { circuit.unknowns.firstIndex(of: $0) }
    #expect(abs(2e-9 * circuit.y[places[0]] - circuit.y[places[1]]) < 1e-16)
  }

  @Test func behaviouralChargesAgree() throws {
    let rest = "V1 a 0 SIN(1 2 1k)\nR1 a b 1k\nR2 b 0 10k\n"
    let first = try TestCircuit(Self.varactor + rest + "N1 b 0 varactor", reltol: 1e-6)
    let second = try TestCircuit(rest + "B1 b 0 I=ddt(1n*v(b)+0.2n*v(b)*v(b)+0.1n*sin(3*v(b)))", reltol: 1e-6)
    let ends = try [first, second].map { try $0.run(to: 3e-3, "v(b)").last() }
    #expect(abs(ends[0] - ends[1]) < 1e-6)
  }

  @Test func linearChargesNeedNoUnknown() throws {
    let circuit = try TestCircuit(
      """
      .memristor leaky
        param c = 1n
        i = 1u*v + c*ddt(v)
      .endmemristor
      V1 a 0 1
      R1 a b 1k
      N1 b 0 leaky
      """)
    #expect(circuit.unknowns == ["v(b)"])
  }
}
