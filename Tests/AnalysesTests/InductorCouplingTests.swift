import Analyses
import Diagnostics
import Glibc
import Testing

/// K: mutual inductances, against closed forms and ngspice 39.
@Suite struct InductorCouplingTests {
  /// Two equal LC circuits, k = 0.2: the energy goes to and fro between the modes 1/sqrt(L C (1 +- k)).
  @Test func coupledCircuitsBeat() {
    let run = NetlistRun(
      """
      C1 a 0 1u ic=1
      L1 a 0 1m
      C2 b 0 1u
      L2 b 0 1m
      K1 L1 L2 0.2
      .options reltol=1e-8
      .tran 1u 2m uic
      .measure tran first find v(a) at=1.9m
      .measure tran second find v(b) at=1.9m
      """)
    let slow = cos(1.9e-3 / (1e-9 * 1.2).squareRoot())
    let fast = cos(1.9e-3 / (1e-9 * 0.8).squareRoot())
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["first"] - (slow + fast) / 2) < 2e-6)
    #expect(abs(run["second"] - (slow - fast) / 2) < 2e-6)
  }

  /// Three coils, every two coupled, by one line or by three; numbers of ngspice 39 at reltol 1e-7 and steps of 0.1 us.
  @Test(arguments: ["K1 L1 L2 L3 0.8", "K1 L1 L2 0.8\nK2 L2 L3 {0.8}\nK3 L3 L1 k=0.8"])
  func threeCoilsAreAsInNgspice(couplings: String) {
    let run = NetlistRun(
      """
      V1 in 0 SIN(0 10 1k)
      R1 in a 10
      L1 a 0 1m
      L2 b 0 4m
      L3 c 0 9m
      R2 b 0 100
      R3 c 0 100
      \(couplings)
      .options reltol=1e-6
      .tran 10u 2.5m
      .measure tran second find v(b) at=2.3m
      .measure tran third find v(c) at=2.3m
      .measure tran current find i(l2) at=2.3m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["second"] - 3.789022) < 2e-5)
    #expect(abs(run["third"] - 6.102705) < 2e-5)
    #expect(abs(run["current"] + 3.789022e-2) < 2e-7)
  }

  /// Coupled perfectly, the voltages are as the turns, and the load is seen in parallel to the primary's inductance.
  @Test(arguments: [1.0, -1]) func idealTransformer(coupling: Double) {
    let run = NetlistRun(
      """
      V1 in 0 SIN(0 10 1k)
      R1 in a 10
      L1 a 0 1m
      L2 b 0 4m
      K1 L1 L2 \(coupling)
      R2 b 0 100
      .options reltol=1e-6
      .tran 5u 5m
      .measure tran first find v(a) at=4.3m
      .measure tran second find v(b) at=4.3m
      """)
    // v(a) = V Z/(R1 + Z) with Z = j x parallel to R2/4 = 25 ohm, x = w L1: V j x/(10 + 1.4 j x).
    let omega = 2e3 * Double.pi
    let x = omega * 1e-3
    let norm = 100 + 1.96 * x * x
    let exact = 10 * (1.4 * x * x * sin(omega * 4.3e-3) + 10 * x * cos(omega * 4.3e-3)) / norm
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["first"] - exact) < 1e-4)
    #expect(abs(run["second"] - 2 * coupling * run["first"]) < 1e-4)
  }

  /// Multiplicity, temperature and subcircuits enter the mutual inductance: 0.5 sqrt(1 mH 4 mH) = 1 mH.
  @Test func inductancesAreThoseOfTheInstances() {
    let run = NetlistRun(
      """
      .subckt pair a b
      L1 a 0 2m m=2
      L2 b 0 coil
      K1 L1 L2 0.5
      .ends
      .model coil l(ind=2m tc1=0.1)
      X1 p s pair
      I1 0 p PWL(0 0 1m 1)
      R1 s 0 1g
      R2 p 0 1g
      .temp 37
      .options reltol=1e-6
      .tran 10u 1m
      .measure tran induced find v(s) at=0.5m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["induced"] - 1) < 1e-5)
  }

  @Test(arguments: [
    ("K1 L1 L2", "missing-element-value"), ("K1 L1 0.5", "missing-coil"), ("K1 L1 L1 0.5", "given-twice"),
    ("K1 L1 R1 0.5", "without-quantity"), ("K1 L1 L9 0.5", "unknown-device"),
    ("K1 L1 L2 1.2", "parameter-out-of-range"),
    ("K1 L1 L2 0.5 0.6", "unexpected-word"), ("K1 L1 L2 {v(a)}", "running-value"),
    ("K1 L1 L2 0.99\nK2 L2 L3 0.99", "impossible-coupling"),
    ("K1 L1 L2 0.5\nF1 0 d k1 2", "unknown-quantity"), ("K1 L1 L2 0.5\n.measure tran x max i(k1)", "unknown-quantity"),
  ])
  func whatIsWrongIsSaid(cards: String, code: String) {
    let run = NetlistRun(
      """
      V1 a 0 1
      R1 a b 1
      L1 b 0 1m
      L2 c 0 1m
      R2 c 0 1
      L3 d 0 1m
      R3 d 0 1
      \(cards)
      .tran 1u 1m
      """)
    #expect(run.codes.contains(code), "\(run.words)")
    #expect(run.complaint(code)?.range != nil)
  }
}
