import Foundation
import Neuristor
import Testing

/// Circuits in which a derivative determines an unknown, and sources that are eliminated.
@Suite struct IndexTwoCircuitTests {
  /// i = -C dv/dt at the source that fixes the voltage of a capacitor.
  @Test func capacitorAcrossAControlledSource() throws {
    let curves = try Circuits.transient(
      "E across C\nV1 a 0 SIN(0 1 1k)\nE1 b 0 a 0 2\nC1 b 0 1u\n.save i(e1)\n.tran 10u 3m\n.end\n", reltol: 1e-6)
    let speed = 2 * Double.pi * 1e3
    #expect(Circuits.error(of: "i(e1)", in: curves) { -2e-6 * speed * cos(speed * $0) } < 1e-5 * 2e-6 * speed)
  }

  /// At a kink of the voltage the current jumps; it has no spike there.
  @Test func currentsJumpWithoutASpike() throws {
    let curves = try Circuits.transient(
      "A rectified sine\nV1 a 0 SIN(0 1 1k 0.1m)\nB1 b 0 V={abs(v(a))}\nC1 b 0 1u\n.save i(b1)\n.tran 1u 3m\n.end\n",
      reltol: 1e-6)
    let largest = 1e-6 * 2 * Double.pi * 1e3
    let found = try #require(curves["i(b1)"])
    #expect(found.allSatisfy { abs($0) < largest * (1 + 1e-3) })
    #expect(found.contains { abs($0) > largest * (1 - 1e-3) })
  }

  /// v = L di/dt at a node that an inductor and a current source alone hold.
  @Test func cutSetOfAnInductorAndACurrent() throws {
    let curves = try Circuits.transient(
      "L and I\nI1 0 a SIN(0 1m 1k)\nL1 a 0 1m\n.tran 10u 3m\n.end\n", reltol: 1e-6)
    let speed = 2 * Double.pi * 1e3
    #expect(Circuits.error(of: "v(a)", in: curves) { 1e-6 * speed * cos(speed * $0) } < 1e-4 * 1e-6 * speed)
  }

  /// The error test does not see an eliminated source: the limit of the step does.
  @Test func rectifierDrivenByAnEliminatedSource() throws {
    let text = """
      A peak rectifier
      V1 a 0 SIN(0 5 1k)
      D1 a b d
      C1 b 0 1u
      R1 b 0 100k
      .model d d(is=1e-14)
      .tran 10u 10m
      .measure tran held avg v(b) from=5m to=10m
      .end

      """
    let rough = try #require(try Circuits.run(text)["held"])
    let fine = try #require(try Circuits.run(text, reltol: 1e-7)["held"])
    #expect(abs(rough - fine) < 1e-3 * fine)
    #expect(fine > 4 && fine < 4.5)
  }

  /// A source between two nodes, its current the control of others; all is one loop of 1 mA and its image.
  @Test func currentsOfEliminatedSourcesAreControls() throws {
    let point = try Circuits.operatingPoint(
      """
      A floating source and what follows its current
      V1 s 0 5
      R1 s a 1k
      V2 a b 2
      R2 b 0 2k
      F1 0 c V2 3
      R3 c 0 1k
      H1 d 0 V2 500
      R4 d 0 1k
      B1 e 0 V={v(a) + 1k*i(V2)}
      R5 e 0 1k
      .op
      .end

      """)
    #expect(abs(try #require(point["v(a)"]) - 4) < 1e-9)
    #expect(abs(try #require(point["v(b)"]) - 2) < 1e-9)
    #expect(abs(try #require(point["v(c)"]) - 3) < 1e-9)
    #expect(abs(try #require(point["v(d)"]) - 0.5) < 1e-9)
    #expect(abs(try #require(point["v(e)"]) - 5) < 1e-9)
  }
}
