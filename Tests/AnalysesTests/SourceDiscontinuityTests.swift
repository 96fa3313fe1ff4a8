import Diagnostics
import Glibc
import Testing
import Waveforms

/// Corners and jumps of sources.
@Suite struct SourceDiscontinuityTests {
  @Test func cornersAreHitAndJumpsHaveTwoSides() throws {
    let run = NetlistRun(
      """
      I1 0 a PWL(0 0 0.37m 1m 0.5m 1m 0.5m 0 1m 0)
      R1 a 0 1k
      C1 a 0 1n
      .tran 0.1m 1m
      .save i(i1) v(a)
      """)
    #expect(run.discontinuities.contains(0.37e-3))
    let times = run.column("time")
    let source = run.column("i(i1)")
    let jump = try #require(times.firstIndex(of: 0.5e-3))
    #expect(times[jump + 1] == 0.5e-3)
    #expect(source[jump] == 1e-3 && source[jump + 1] == 0)
    // The voltage on the capacitor is continuous.
    let voltage = run.column("v(a)")
    #expect(abs(voltage[jump] - voltage[jump + 1]) < 1e-6)
  }

  /// The left segment's formula holds to the corner, the right one's from it: nothing is averaged, nothing missed.
  @Test func chargeOfAPulseIsExact() {
    let run = NetlistRun(
      """
      I1 0 a PWL(0 0 1m 0 1m 1 1.001m 1 1.001m 0)
      C1 a 0 1u
      R1 a 0 1g
      .options reltol=1e-6
      .tran 1m 10m
      .measure tran v find v(a) at=2m
      """)
    #expect(isClose(run["v"], 1, 1e-5))
  }

  /// At the zero crossing of a bridge only leakage ties its output to ground, which is lost beside a capacitor over a short
  /// step: behind the corner of another source the run goes on by a longer one.
  @Test func cornerBesideABridgeAtItsZeroCrossing() {
    let bridge = """
      .model d1n4148 D(is=2.682n n=1.836)
      V1 in 0 SIN(0 2 1k)
      D1 in x d1n4148
      D2 0 x d1n4148
      D3 y in d1n4148
      D4 y 0 d1n4148
      R1 x y 1k
      C1 x y 1u
      .options reltol=1e-7
      .tran 10u 36m
      .measure tran level find v(x,y) at=36m
      """
    let alone = NetlistRun(bridge)["level"]
    let beside = NetlistRun(bridge + "\nV2 e 0 SIN(0 2 10k 34m)\nR2 e 0 1k\n")["level"]
    #expect(abs(beside - alone) < 1e-5 * abs(alone))
  }

  static let differentiator = """
    C1 in out 1u
    R1 out 0 1k
    .options reltol=1e-6

    """

  @Test func aTiedJumpAcrossACapacitorBecomesARamp() {
    let run = NetlistRun(
      Self.differentiator + """
        V1 in 0 PWL(0 0 1m 0 1m 1 2m 1 2m 0)
        .tran 0.1m 3m
        .measure tran v1 find v(out) at=1.5m
        .measure tran v2 find v(out) at=2.5m
        .measure tran charge integ i(v1) from=0.5m to=2m
        """)
    let warnings = run.diagnostics.filter { $0.code.name == "ramped-jump" }
    #expect(warnings.count == 1)
    #expect(warnings.first?.message.contains("v1") == true)
    #expect(isClose(run["v1"], exp(-0.5), 1e-5))
    #expect(isClose(run["v2"], (exp(-1.0) - 1) * exp(-0.5), 1e-5))
    #expect(isClose(run["charge"], -1e-6 * (1 - exp(-1.0)), 1e-5))
  }

  /// The end of a ramp down to 0 misses it by rounding, which is no jump.
  @Test(arguments: [
    "0.7n 0.78 500n 0.78 500.7n", "0.7n 0.215 100n 0.215 100.7n", "3n 0.444 700n 0.444 703n",
    "0.5n 0.493 2u 0.493 2000.5n",
  ])
  func rampsThatEndAtZeroDoNotJump(points: String) {
    let run = NetlistRun(
      """
      V1 a 0 PWL(0 0 \(points) 0)
      C1 a b 50p
      R1 b 0 10k
      .tran 10n 5u
      """)
    #expect(run.isCompleted)
    #expect(run.codes == [])
  }

  @Test func jumpsElsewhereAreNot() {
    let run = NetlistRun(
      """
      V1 in 0 PWL(0 0 1m 0 1m 1)
      R1 in out 1k
      C1 out 0 1u
      .options reltol=1e-6
      .tran 0.1m 2m
      .measure tran v find v(out) at=2m
      """)
    #expect(run.codes.isEmpty, "\(run.words)")
    #expect(isClose(run["v"], 1 - exp(-1.0), 1e-5))
  }

  /// The micro-steps of a restart are as long as the next corner is far: nothing that follows may depend on it.
  @Test(arguments: ["", " 1.1m 0", " 1000 0"])
  func theRestartDoesNotDependOnItsStep(corner: String) {
    let run = NetlistRun(
      """
      I1 0 a PWL(0 0 1m 0 1m 1m 1.05m 1m 1.05m 1m\(corner))
      I2 0 a PWL(0 0 1m 0 1m 0\(corner))
      C1 a b 1u
      C2 b 0 1u
      R1 a 0 1k
      R2 b 0 1k
      .options reltol=1e-6
      .tran 1u 1.04m
      .measure tran slope find {ddt(v(a))} at=1.00001m
      .measure tran v find v(a) at=1.04m
      """)
    // Both nodes jump their slopes, not their voltages: a' = 2 I/C, b' = I/C.
    #expect(isClose(run["slope"], 2000, 0.05), "\(run.words)")
    #expect(isClose(run["v"], 0.07613511, 1e-5))
  }

  @Test func comparisonsOfTimeAreBreakpoints() {
    let run = NetlistRun(
      """
      .memristor timed
        param t1 = 0.37m
        i = if(time > t1, -1m, 0)
      .endmemristor
      N1 a 0 timed
      R1 a 0 1k
      C1 a 0 1n
      .options reltol=1e-6
      .tran 0.1m 1m
      .measure tran t when v(a)=0.5
      """)
    #expect(run.discontinuities.contains(0.37e-3))
    #expect(isClose(run["t"], 0.37e-3 + 1e-6 * log(2.0), 1e-8))
  }

  @Test func cornersCloserThanTheClockResolvesAreOne() {
    let run = NetlistRun(
      """
      I1 0 a PWL(0 0 1m 0 1.0000000000000002m 1m 1.0000000000000005m 2m 2m 2m)
      R1 a 0 1k
      C1 a 0 1u
      .options reltol=1e-6
      .tran 0.1m 2m
      .measure tran v find v(a) at=2m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["v"], 2 * (1 - exp(-1.0)), 1e-5))
  }

  /// A circuit whose every voltage is tied has no unknown, and still runs.
  @Test func sourcesAloneRun() {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 1 1k)
      R1 a 0 1k
      .tran 1m 3m
      .measure tran top max v(a)
      .measure tran energy integ p(r1)
      """)
    #expect(run.isCompleted)
    #expect(isClose(run["top"], 1, 1e-6))
    #expect(isClose(run["energy"], 1.5e-6, 1e-6))
  }

  /// Events and measures on sources are as exact as the sources' formulas; nobody sees the unknown that stands in.
  @Test func eventsOnSourcesAloneAreExact() {
    let run = NetlistRun(
      """
      .memristor latch
        memory on = 0
        on rise(v - 0.3)
          on = 1
        endon
        on fall(v)
          on = 0
        endon
        i = 1m*v*on
      .endmemristor
      V1 a 0 SIN(0 1 1k)
      N1 a 0 latch
      .tran 1m 10m
      .measure tran charge integ i(n1) from=0 to=0.5m
      .measure tran crossing when v(a)=0.3 rise=3
      """)
    let first = asin(0.3) / (2 * Double.pi) * 1e-3
    #expect(run.isCompleted, "\(run.words)")
    #expect(run.discontinuities.count == 20)
    #expect(abs((run.discontinuities.first ?? 0) - first) < 1e-13)
    #expect(isClose(run["charge"], 1e-6 * (1 + cos(asin(0.3))) / (2 * Double.pi), 1e-9))
    #expect(isClose(run["crossing"], 2e-3 + first, 1e-12))
    #expect(run.tables.last?.header.signals.map(\.name).contains("x") == false)
  }

  /// A fault is told without the unknown that stands in.
  @Test func aFaultInACircuitOfSourcesNamesNoUnknown() throws {
    let run = NetlistRun(
      """
      V1 a 0 PWL(0 1 2 -1)
      B1 a 0 I=1m*sqrt(v(a))
      .tran 0.1 2
      """)
    let complaint = try #require(run.complaint("outside-domain"))
    #expect(complaint.message.contains("t = 1 s") || complaint.message.contains("t = 0.99"), "\(run.words)")
    #expect(!complaint.notes.contains { $0.contains("resisted") || $0.contains("balance") })
  }
}
