import Equations
import Glibc
import Solvers
import Testing

/// Unknowns that a derivative determines, and circuits that have some.
@Suite struct IndexTwoTests {
  static let memristors = """
    .memristor leaky
      i = 1u*v + 1n*ddt(v)
    .endmemristor
    .memristor coil
      v = 1*i + 1m*ddt(i)
    .endmemristor

    """

  static func exempt(_ text: String) throws -> [String] {
    let circuit = try TestCircuit(text)
    return circuit.evaluator.exemptUnknowns.map { circuit.unknowns[$0] }
  }

  @Test(arguments: [
    // A capacitor straight across a source that keeps its current.
    "V1 a 0 SIN(0 1 1k)\nR1 a 0 1k\nB1 b 0 V=2*v(a)\nC1 b 0 1u": ["i(b1)"],
    // A resistor in series takes the derivative away.
    "V1 a 0 SIN(0 1 1k)\nB1 b 0 V=2*v(a)\nR1 b c 1k\nC1 c 0 1u": [],
    // Two such sources and a capacitor in a loop.
    "B1 a 0 V=sin(time)\nB2 b a V=cos(time)\nC1 b 0 1u": ["i(b1)", "i(b2)"],
    // Two with a capacitor across one.
    "B1 a 0 V=sin(time)\nB2 b a V=cos(time)\nC1 b a 1u\nR1 b 0 1k": ["i(b2)"],
    // The loop closes through an eliminated source.
    "B1 a 0 V=sin(time)\nV1 a b 1\nC1 b 0 1u": ["i(b1)"],
    // The loop closes through two capacitors.
    "B1 a 0 V=sin(time)\nC1 a b 1u\nC2 b 0 1u\nR1 b 0 1k": ["i(b1)"],
    // A tree of such sources with one capacitor: those on the way round, and no other.
    "B1 a 0 V=1\nB2 b a V=1\nB3 c b V=1\nB4 d a V=1\nB5 e d V=1\nB6 f a V=1\nC1 c e 1u\nR1 f 0 1": [
      "i(b2)", "i(b3)", "i(b4)", "i(b5)",
    ],
    "B1 a 0 V=1\nB2 b a V=1\nB3 c b V=1\nB4 d c V=1\nC1 b 0 1u\nC2 c a 1u": ["i(b1)", "i(b2)", "i(b3)"],
    // A capacitor that is not linear.
    "B1 a 0 V=sin(time)\nB2 a 0 I=ddt(1u*v(a)+0.1u*v(a)*v(a)*v(a))": ["i(b1)"],
    // An inductor is no capacitor.
    "B1 a 0 V=sin(time)\nL1 a b 1m\nC1 b 0 1u": [],
    // A node fed by an inductor and a current source.
    "I1 0 a SIN(0 1m 1k)\nL1 a b 1m\nR1 b 0 1k": ["v(a)"],
    "I1 0 a SIN(0 1m 1k)\nL1 a b 1m\nR1 b 0 1k\nR2 a 0 1k": [],
    "I1 0 a SIN(0 1m 1k)\nL1 a b 1m\nR1 b 0 1k\nC2 a 0 1n": [],
    // Two nodes joined by a resistor, held by inductors alone.
    "I1 0 a SIN(0 1m 1k)\nR3 a c 10\nL1 c b 1m\nR1 b 0 1k": ["v(a)", "v(c)"],
    // Three inductors meet.
    "V1 a 0 1\nL1 a m 1m\nL2 m b 1m\nL3 m c 1m\nR1 b 0 1k\nR2 c 0 1k": ["v(m)"],
    // Devices of the user's own equations count as what they are.
    "\(memristors)B1 a 0 V=sin(time)\nN1 a 0 leaky": ["i(b1)"],
    "\(memristors)B1 a 0 V=sin(time)\nN1 a 0 coil": [],
    "\(memristors)I1 0 a SIN(0 1m 1k)\nN1 a b coil\nR1 b 0 1k": ["v(a)"],
    // A plain filter.
    "V1 a 0 1\nR1 a b 1k\nL1 b c 1m\nC1 c 0 1u": [],
  ]) func marksExactlyThose(text: String, expected: [String]) throws {
    #expect(Set(try Self.exempt(text)) == Set(expected), "\(text)")
  }

  /// A B source across a capacitor: i = C e' from its own equation.
  @Test func sourceAcrossACapacitor() throws {
    let circuit = try TestCircuit("B1 a 0 V=sin(2*pi*1k*time)\nC1 a 0 1u\nR1 a b 1k\nC2 b 0 1u")
    let run = try circuit.run(to: 5e-3, "v(a)", "i(c1)", maximumStep: 1e-4)
    let omega = 2e3 * Double.pi
    #expect(run.error(0) { sin(omega * $0) } < 1e-5)
    #expect(run.error(1, from: 1e-3) { 1e-6 * omega * cos(omega * $0) } < 2e-4)
    #expect(run.statistics.steps < 900)
  }

  @Test func sourceAcrossANonlinearCapacitor() throws {
    let circuit = try TestCircuit(
      "B1 a 0 V=sin(2*pi*1k*time)\nB2 a 0 I=ddt(1u*v(a)+0.1u*v(a)*v(a)*v(a))\nR1 a b 1k\nC2 b 0 1u")
    let run = try circuit.run(to: 5e-3, "v(a)", "v(b)", maximumStep: 1e-4)
    #expect(run.error(0) { sin(2e3 * Double.pi * $0) } < 1e-6)
    #expect(run.statistics.steps < 900)
  }

  @Test func inductorFedByACurrentSource() throws {
    let circuit = try TestCircuit("I1 0 a SIN(0 1m 1k)\nL1 a b 10m\nR1 b 0 1k\nC1 b 0 100n")
    let run = try circuit.run(to: 5e-3, "v(a,b)", "i(l1)")
    let omega = 2e3 * Double.pi
    #expect(run.error(1) { 1e-3 * sin(omega * $0) } < 1e-7)
    #expect(run.error(0, from: 1e-3) { 1e-5 * omega * cos(omega * $0) } < 5e-3)
    #expect(run.statistics.steps < 900)
  }

  @Test func sourceThatJumpsAcrossACapacitor() throws {
    let circuit = try TestCircuit("V1 c 0 PWL(0 0 1m 0 2m 1)\nR9 c 0 1\nB1 a 0 V=1+v(c)\nC1 a 0 1u ic=0\nR1 a 0 1k")
    let run = try circuit.run(to: 3e-3, "i(c1)", "v(a)", fromInitialConditions: true)
    #expect(run.error(1, from: 1e-6) { 1 + min(max($0 - 1e-3, 0) * 1e3, 1) } < 1e-6)
    #expect(run.statistics.steps < 900)
  }
}
