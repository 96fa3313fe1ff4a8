import Analyses
import Diagnostics
import Glibc
import Testing

/// R, C and L whose value runs, and B sources with rates and integrals, against closed forms.
@Suite struct RunningElementTests {
  @Test func aResistanceMayFollowTheTime() {
    let run = NetlistRun(
      """
      V1 a 0 1
      R1 a 0 r='1k*(1 + 1000*time)' m=2
      V2 b 0 2
      R2 b 0 '100 + 100*v(a)*v(b)' tc1=1m dtemp=50
      .tran 1u 1m
      .measure tran begin find i(r1) at=0
      .measure tran end find i(r1) at=1m
      .measure tran other find i(r2) at=0.5m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["begin"], 2e-3, 1e-9))
    #expect(isClose(run["end"], 1e-3, 1e-9))
    #expect(isClose(run["other"], 2 / (300 * 1.05), 1e-9))
  }

  /// i = Q'(v) dv/dt with v = sin: 100n (1 + 0.4 v) omega cos.
  @Test func aChargeGivesItsRate() {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 1 1k)
      C1 a 0 q='100n*v(a) + 20n*v(a)*v(a)' m=3
      C2 a 0 c='100n*(1 + 0.4*v(a))' m=3
      .tran 1u 2m
      .measure tran charge find i(c1) at=1.1m
      .measure tran capacitance find i(c2) at=1.1m
      .options reltol=1e-6
      """)
    #expect(run.isCompleted, "\(run.words)")
    let omega = 2 * Double.pi * 1e3
    let expected = 3 * 100e-9 * (1 + 0.4 * sin(omega * 1.1e-3)) * omega * cos(omega * 1.1e-3)
    #expect(isClose(run["charge"], expected, 1e-5))
    #expect(isClose(run["capacitance"], expected, 1e-9))
  }

  /// A charge that leaves one node of a floating part arrives at the other: their sum stays.
  @Test func chargeIsConserved() {
    let run = NetlistRun(
      """
      C1 a 0 q='1n*v(a) + 0.5n*v(a)*v(a)*v(a)'
      C2 b 0 1n
      R1 a b 1k
      .ic v(a)=2
      .tran 0.1u 100u uic
      .measure tran a find v(a) at=100u
      .options reltol=1e-5
      """)
    #expect(run.isCompleted, "\(run.words)")
    // 6 nC on v + v^3/2 + v.
    let voltage = run["a"]
    #expect(isClose(2 * voltage + voltage * voltage * voltage / 2, 6, 1e-9))
  }

  /// v = L(i) di/dt from a constant voltage: the flux, L0 (i + i^3/3), grows as v t.
  @Test func anInductanceMayFollowItsCurrent() {
    let run = NetlistRun(
      """
      V1 a 0 PULSE(0 1 0 1n 1n 10m)
      Vm a b 0
      L1 b 0 l='1m*(1 + i(vm)*i(vm))'
      .tran 1u 1m
      .measure tran current find i(vm) at=1m
      .options reltol=1e-7
      """)
    #expect(run.isCompleted, "\(run.words)")
    let current = run["current"]
    #expect(isClose(1e-3 * (current + current * current * current / 3), 1e-3 - 0.5e-9, 1e-5))
  }

  @Test func integralsBeginWhereTheyAreTold() {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 1 1k)
      B1 b 0 V=1000*idt(v(a), 2m)
      B2 c 0 V=sdt(2)
      R1 b 0 1k
      R2 c 0 1k
      .tran 1u 1m
      .measure tran begin find v(b) at=0
      .measure tran half find v(b) at=0.5m
      .measure tran ramp find v(c) at=0.75m
      .options reltol=1e-6
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["begin"], 2, 1e-9))
    #expect(isClose(run["half"], 2 + 1 / Double.pi, 1e-5))
    #expect(isClose(run["ramp"], 1.5e-3, 1e-9))
  }

  @Test func aSourceIsScaled() {
    let run = NetlistRun(
      """
      V1 x 0 1
      B1 a 0 V=2*v(x) tc1=1m tc2=2u
      B2 0 b I=1m*v(x) tc1=2m m=2 temp=77
      R1 a 0 1k
      R2 b 0 1k
      .temp 57
      .op
      .save v(a) v(b)
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run.rest("v(a)"), 2 * (1 + 0.03 + 2e-6 * 900), 1e-12))
    #expect(isClose(run.rest("v(b)"), 2 * (1 + 0.1), 1e-12))
  }

  /// i = v(b) dv/dt: a rate may have a factor that runs, but not stand in a square.
  @Test func ratesMayHaveAFactorThatRuns() {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 1 1k)
      V2 b 0 3
      B1 a 0 I=1u*v(b)*ddt(v(a))
      .tran 1u 1m
      .measure tran begin find i(b1) at=1m
      """)
    #expect(isClose(run["begin"], 3e-6 * 2 * .pi * 1e3, 1e-6), "\(run.words)")
    #expect(
      NetlistRun("V1 a 0 SIN(0 1 1k)\nB1 a 0 I=1u*ddt(v(a))*ddt(v(a))\n.tran 1u 1m").codes == ["nonlinear-rate"])
  }

  // MARK: Loops of coils

  @Test func coilsInParallelHaveAnOperatingPoint() {
    let run = NetlistRun("V1 s 0 1\nR1 s a 10\nL1 a 0 1m\nL2 a 0 2m\n.op\n.save i(l1) i(l2) v(a)")
    #expect(run.isCompleted, "\(run.words)")
    #expect(run.codes == ["coil-loop"])
    #expect(run.complaint("coil-loop")?.message.hasSuffix(": l1, l2") == true)
    #expect(isClose(run.rest("i(l1)"), 0.1, 1e-9))
    #expect(abs(run.rest("i(l2)")) < 1e-9)
  }

  @Test func aCoilAcrossASourceIsNamed() {
    #expect(NetlistRun("V1 a 0 1\nL1 a 0 1m\nR1 a 0 1\n.op").codes == ["coil-loop", "driven-loop"])
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 1 1k)
      L1 a 0 1m
      R1 a 0 1
      .tran 1u 0.5m
      .measure tran current find i(l1) at=0.5m
      .options reltol=1e-6
      """)
    #expect(isClose(run["current"], 2 / (2 * .pi), 1e-4), "\(run.words)")
  }

  @Test func aNodeThatOnlyAnExpressionReadsIsNoOpenEnd() {
    #expect(NetlistRun("V1 a 0 1\nR1 a b 1k\nE1 c 0 b 0 2\nR2 c 0 1k\n.op").codes == [])
    #expect(NetlistRun("V1 a 0 1\nR1 a b 1k\nB1 c 0 V=v(b)\nR2 c 0 1k\n.op").codes == [])
    #expect(NetlistRun("V1 a 0 1\nR1 a b 1k\n.op").codes == ["dangling-node"])
  }
}
