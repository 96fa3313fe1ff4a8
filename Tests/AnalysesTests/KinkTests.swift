import Analyses
import Glibc
import Testing
import Waveforms

/// Comparisons whose branches agree where they turn: they turn on the way, and the integrator keeps its order.
@Suite struct KinkTests {
  /// x'' = -x - `force` from rest at x = 1, at the integrator's own steps.
  static func oscillator(_ reltol: Double, _ force: String) -> NetlistRun {
    NetlistRun(
      """
      .memristor spring
        state x tol=\(1e-2 * reltol) = 1
        state y tol=\(1e-2 * reltol) = 0
        ddt(x) = y
        ddt(y) = -x - \(force)
        i = x
      .endmemristor
      V1 a 0 0
      N1 a 0 spring
      .options reltol=\(reltol) points=steps
      .tran 0.1 2500
      .spikes s @n1[x] threshold=0
      .measure tran last find @n1[x] at=2500
      """)
  }

  /// 530 periods of a spring four times as stiff on one side, half a period of pi, the other of pi/2: 1061 crossings of
  /// the kink, of which one restarts, and no more steps than a linear spring takes.
  @Test(arguments: [(1e-5, 0.03), (1e-8, 3e-4)])
  func anOscillatorCrossesAKinkAThousandTimes(reltol: Double, bound: Double) {
    let run = Self.oscillator(reltol, "3*max(x, 0)")
    let phase = (2500 - Double.pi / 4).truncatingRemainder(dividingBy: 1.5 * Double.pi)
    let exact = phase < Double.pi ? -2 * sin(phase) : sin(2 * (phase - Double.pi))
    #expect(run["s.count"] == 530)
    #expect(abs(run["last"] - exact) < bound)
    #expect(run.discontinuities.count <= 1)
    let smooth = Self.oscillator(reltol, "3*x")
    #expect(Double(run.column("time").count) < 1.1 * Double(smooth.column("time").count))
  }

  /// A root whose argument passes 0 has a slope without bound there, from one side or from both.
  @Test(arguments: ["sqrt(max(v(a), 0))", "sqrt(abs(v(a)))", "(v(b) > 0 ? sqrt(v(b)) : 0)"])
  func aRootPassesItsCusp(root: String) {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 2 1)
      R1 a 0 1k
      B1 b 0 V=2*sin(2*pi*time)
      R2 b 0 1k
      B2 c 0 V=5*\(root)
      R3 c 0 1k
      .tran 1m 1
      .measure tran top max v(c)
      .measure tran before find v(c) at=0.49
      .measure tran behind find v(c) at=0.51
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["top"] - 5 * 2.0.squareRoot()) < 1e-3)
    let beside = 5 * (2 * sin(0.02 * Double.pi)).squareRoot()
    #expect(abs(run["before"] - beside) < 1e-3)
    #expect(abs(run["behind"] - (root.contains("abs") ? beside : 0)) < 1e-3)
  }

  /// What is read between steps sees both branches, each on its side: the rectified voltage is never negative.
  @Test func aRectifiedCurrentIsNeverNegative() {
    let run = NetlistRun(
      """
      .memristor rectifier
        i = 1m*max(v, 0)
      .endmemristor
      V1 in 0 SIN(0 1 1k)
      R1 in a 1k
      C1 a 0 1n
      N1 a 0 rectifier
      .options reltol=1e-6
      .tran 1u 10m
      .measure tran least min i(n1) from=2m
      .measure tran charge integ i(n1) from=2m to=10m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(run.discontinuities.count <= 1)
    #expect(abs(run["least"]) < 1e-10)
    // Half of the sine lies on 1 kohm against 1 kohm; the capacitor moves what it stores to and fro.
    #expect(isClose(run["charge"], 8 * 0.5e-6 / Double.pi, 1e-4))
  }

  /// Both branches are 0 at the first crossing and are taken for a kink; at the second they differ, and it is a jump.
  @Test func aKinkThatBecomesAJumpIsLocated() {
    let run = NetlistRun(
      """
      .memristor gate
        state x tol=1n = 0
        state w tol=1n = 0
        ddt(w) = if(time > 0.6, 1, 0)
        ddt(x) = if(v > 0.5, w, 0)
        i = 0*x
      .endmemristor
      V1 a 0 SIN(0 1 1)
      N1 a 0 gate
      .options reltol=1e-7
      .tran 0.1 2
      .measure tran x find @n1[x] at=2
      """)
    // v > 0.5 from 1/12 to 5/12 of each period; w = t - 0.6.
    #expect(run.discontinuities.contains { abs($0 - 13.0 / 12) < 1e-8 }, "\(run.discontinuities)")
    let (from, to) = (13.0 / 12 - 0.6, 17.0 / 12 - 0.6)
    #expect(abs(run["x"] - (to * to - from * from) / 2) < 1e-7)
  }
}
