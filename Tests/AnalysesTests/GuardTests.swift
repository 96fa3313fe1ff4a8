import Analyses
import Diagnostics
import Glibc
import Testing
import Waveforms

/// Comparisons in device equations.
@Suite struct GuardTests {
  @Test func crossingsAreLocated() throws {
    let run = NetlistRun(
      """
      .memristor kink
        state x = 0
        ddt(x) = if(v > 0.3, 10, 1)
        i = 0*x
      .endmemristor
      V1 a 0 SIN(0 1 1)
      N1 a 0 kink
      .options reltol=1e-7
      .tran 0.1 0.4
      .measure tran x find @n1[x] at=0.2
      """)
    let crossing = asin(0.3) / (2 * Double.pi)
    #expect(run.discontinuities.count == 1)
    #expect(abs((run.discontinuities.first ?? 0) - crossing) < 1e-9)
    #expect(isClose(run["x"], crossing + 10 * (0.2 - crossing), 1e-8))
  }

  @Test func guardsOfOneInstantTurnTogether() {
    let run = NetlistRun(
      """
      .memristor step
        state x = 0
        ddt(x) = if(v > 0.45, 1, 0) - if(v >= 0.45, 3, 0)
        i = 0*x
      .endmemristor
      V1 a 0 PWL(0 0 1 1)
      N1 a 0 step
      N2 a 0 step
      .tran 0.1 0.9
      .measure tran x find @n1[x] at=0.9
      .measure tran y find @n2[x] at=0.9
      """)
    #expect(run.discontinuities.count == 1)
    #expect(isClose(run["x"], -0.9, 1e-7))
    #expect(run["x"] == run["y"])
  }

  /// Where both branches give the same the mode turns on the way, at a kink from its second turn on.
  @Test(arguments: [("sign(v)*abs(v)", 0), ("v + if(v > 0, 0.5*v, 0)", 1)])
  func agreeingBranchesNeedNoRestart(law: String, restarts: Int) {
    func charge(_ lines: String) -> NetlistRun {
      NetlistRun(
        """
        .memristor odd
          i = 1m*(\(law))
        .endmemristor
        V1 in 0 SIN(0 1 1k)
        R1 in a 1k
        N1 a 0 odd
        C1 a 0 10n
        \(lines)
        .measure tran charge integ i(n1) from=2.1m to=4.7m
        """)
    }
    let run = charge(".options reltol=1e-6\n.tran 7u 5m")
    let fine = charge(".options reltol=1e-8\n.tran 7u 5m 0 1u")
    #expect(run.discontinuities.count == restarts)
    #expect(isClose(run["charge"], fine["charge"], 1e-4))
  }

  @Test func aGuardThatIsZeroAtTheStartTakesTheSideItGoesTo() {
    let run = NetlistRun(
      """
      .memristor up
        state x = 0
        ddt(x) = if(x > 0, 2, 1)
        i = x
      .endmemristor
      .memristor down
        state x = 0
        ddt(x) = if(x >= 0, -1, -2)
        i = x
      .endmemristor
      V1 a 0 0
      N1 a 0 up
      N2 a 0 down
      .tran 0.1 1
      .measure tran up find @n1[x] at=1
      .measure tran down find @n2[x] at=1
      """)
    #expect(isClose(run["up"], 2, 1e-6))
    #expect(isClose(run["down"], -2, 1e-6))
    #expect(run.discontinuities.isEmpty)
  }

  /// Inside a step the branch stands still, and sqrt of a negative x shortens the step until x = 0 is met.
  @Test func aFaultBeyondAFrozenGuardShortensTheStep() {
    let run = NetlistRun(
      """
      .memristor root
        state x = 1
        ddt(x) = if(x > 0, -2*sqrt(x), -1)
        i = x
      .endmemristor
      V1 a 0 0
      N1 a 0 root
      .tran 0.1 2
      .measure tran middle find @n1[x] at=0.5
      .measure tran last find @n1[x] at=2
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["middle"], 0.25, 1e-4))
    #expect(abs(run["last"] + 1) < 1e-2)
  }

  /// ngspice's a**b is |a|**b: its base may change sign in the middle of a step.
  @Test(arguments: [("(0.5+v(in))**1.5", -1.8371), ("pow(0.5+v(in), 3)", -3.375), ("pwr(0.5+v(in), 1.5)", -1.8371)])
  func powersOfMagnitudesPassZero(power: String, least: Double) {
    let run = NetlistRun(
      """
      Vin in 0 SIN(0 1 1k)
      Rin in 0 1k
      B2 out 0 I=1m*\(power)
      R1 out 0 1k
      C1 out 0 1n
      .tran 10u 2m
      .measure tran least min v(out)
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["least"], least, 2e-3))
  }

  /// x' = -sign(x) slides along x = 0 for ever: first a band and a warning, then an end with names.
  @Test func slidingIsWarnedOfAndEndsWithNames() throws {
    let run = NetlistRun(
      """
      .memristor slide
        state x = 0.3m
        ddt(x) = -sign(x)
        i = x
      .endmemristor
      V1 a 0 0
      N1 a 0 slide
      .tran 0.1m 1m
      """)
    #expect(run.complaint("sliding")?.severity == .warning)
    let end = try #require(run.complaint("chatter"))
    #expect(end.message.contains("x > 0 of n1"))
    #expect(end.range != nil)
    #expect(run.hasFailed)
    #expect(isClose(run.column("time").last ?? 0, 0.3e-3, 1e-3))
    if case .failed? = run.tables.last?.ending {} else { Issue.record("the points are not closed") }
  }

  /// Many turns, each many steps long: an oscillator, no chatter, however long the run.
  @Test func aFastOscillatorDoesNotChatter() {
    let run = NetlistRun(
      """
      .memristor relaxation
        state x = 0
        memory up = 1
        ddt(x) = if(up > 0.5, 1, 0)*(2 - x)/1u - if(up > 0.5, 0, 1)*x/1u
        on rise(x - 1)
          up = 0
        endon
        on fall(x - 0.5)
          up = 1
        endon
        i = x
      .endmemristor
      V1 a 0 0
      N1 a 0 relaxation
      .spikes s @n1[x] threshold=0.75
      .tran 100u 300u
      """)
    // Charging 1.5 -> 1, discharging 1 -> 0.5: periods of ln 1.5 + ln 2 microseconds.
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["s.count"] - 300 / log(3.0)) < 2)
  }
}
