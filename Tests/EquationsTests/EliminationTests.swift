import Equations
import Glibc
import Testing

/// An eliminated source against a B source of the same voltage, whose current is an unknown.
@Suite struct EliminationTests {
  /// The same circuit with V sources and with B sources.
  static func pair(_ rest: String, _ sources: [(name: String, nodes: String, voltage: String, formula: String)]) throws
    -> (eliminated: TestCircuit, whole: TestCircuit)
  {
    let tied = sources.map { "V\($0.name) \($0.nodes) \($0.voltage)" }.joined(separator: "\n")
    let free = sources.map { "B\($0.name) \($0.nodes) V=\($0.formula)" }.joined(separator: "\n")
    return (try TestCircuit(tied + "\n" + rest, reltol: 1e-6), try TestCircuit(free + "\n" + rest, reltol: 1e-6))
  }

  @Test func operatingPointsAgree() throws {
    let (eliminated, whole) = try Self.pair(
      "R1 a 0 1k\nR2 b 0 2k\nR3 a c 3k\nB9 c 0 I=1m*tanh(v(c))+10u*v(a,b)",
      [("1", "a b", "5", "5"), ("2", "c d", "-2", "-2"), ("3", "d 0", "0.5", "0.5")])
    #expect(eliminated.evaluator.count + 6 == whole.evaluator.count)
    try eliminated.settle()
    try whole.settle()
    for node in ["a", "b", "c", "d"] {
      #expect(abs(eliminated.value("v(\(node))") - whole.value("v(\(node))")) < 1e-12, "\(node)")
    }
    for source in ["1", "2", "3"] {
      #expect(abs(eliminated.value("i(v\(source))") - whole.value("i(b\(source))")) < 1e-14, "source \(source)")
    }
  }

  @Test func runsAgree() throws {
    let (eliminated, whole) = try Self.pair(
      "R1 a m 1k\nC1 m 0 1u\nR2 b 0 5k\nC2 b 0 0.2u",
      [("1", "a b", "SIN(0 2 300)", "2*sin(2*pi*300*time)"), ("2", "c 0", "1", "1")])
    let first = try eliminated.run(to: 5e-3, "v(a)", "v(b)", "v(m)", "i(v1)")
    let second = try whole.run(to: 5e-3, "v(a)", "v(b)", "v(m)", "i(b1)")
    for (signal, scale) in [(0, 1.0), (1, 1), (2, 1), (3, 1e-3)] {
      #expect(abs(first.last(signal) - second.last(signal)) < 1e-4 * scale, "signal \(signal)")
    }
  }

  /// A capacitor's current from the source's own slope, C e'(t), at every step to rounding.
  @Test func recoveredCurrentsHoldTheSlope() throws {
    let circuit = try TestCircuit("V1 a 0 SIN(0 2 1k)\nC1 a 0 1u\nR1 a b 1k\nC2 b 0 1u")
    let run = try circuit.run(to: 2e-3, "i(v1)+i(r1)+i(c1)", "i(c1)")
    #expect(run.error(0) { _ in 0 } < 1e-15)
    let omega = 2 * Double.pi * 1e3
    #expect(run.error(1) { 1e-6 * 2 * omega * cos(omega * $0) } < 1e-15)
  }

  /// A floating source between two nodes drives a capacitor on either side: 100 nF in series with 300 nF.
  @Test func floatingSourceDrivesCapacitors() throws {
    let circuit = try TestCircuit(
      "V1 a b SIN(0 2 1k)\nC1 a 0 100n\nC2 b 0 300n\nR1 a 0 1g\nR2 b 0 1g", reltol: 1e-7)
    let run = try circuit.run(to: 2e-3, "v(a)", "v(b)", "i(v1)")
    let omega = 2 * Double.pi * 1e3
    #expect(run.error(0) { 1.5 * sin(omega * $0) } < 1e-4)
    #expect(run.error(1) { -0.5 * sin(omega * $0) } < 1e-4)
    #expect(run.error(2) { -75e-9 * 2 * omega * cos(omega * $0) } < 1e-7)
  }
}
