import Analyses
import Diagnostics
import Glibc
import Solvers
import Testing

/// Ranges of states: held, and open.
@Suite struct BoundTests {
  /// HP's linear drift: Roff (x - x0) - (Roff - Ron)(x² - x0²)/2 = k φ, φ the integral of v (oxide-models 1.1).
  struct LinearDrift {
    let on = 100.0
    let off = 16e3
    let rate = 1e4
    let start = (16e3 - 11e3) / (16e3 - 100)

    /// k φ from `x0` to `x`.
    func flux(from x0: Double, to x: Double) -> Double { off * (x - x0) - (off - on) * (x * x - x0 * x0) / 2 }

    /// x after k φ = `flux` from `x0`.
    func state(from x0: Double, after flux: Double) -> Double {
      let difference = off - on
      let constant = flux + off * x0 - difference * x0 * x0 / 2
      return (off - (off * off - 2 * difference * constant).squareRoot()) / difference
    }

    let device = """
      .memristor drift
        param ron = 100
        param roff = 16k
        state x in [0, 1] = (roff - 11k)/(roff - ron)
        ddt(x) = 1e4*i
        v = (ron*x + roff*(1 - x))*i
      .endmemristor
      """

    func netlist(_ amplitude: String, _ measures: String) -> String {
      """
      \(device)
      V1 a 0 SIN(0 \(amplitude) 1)
      N1 a 0 drift
      .options reltol=1e-6
      .tran 1m 2
      \(measures)
      """
    }
  }

  @Test func linearDriftFollowsItsExactSolution() {
    let drift = LinearDrift()
    let run = NetlistRun(
      drift.netlist("1", ".measure tran top max @n1[x]\n.measure tran back find @n1[x] at=1"))
    #expect(abs(run["top"] - 0.7265921259) < 1e-6)
    #expect(abs(run["back"] - drift.start) < 1e-6)
    #expect(run.discontinuities.isEmpty)
  }

  /// At 1.2 V x reaches 1 before the half period, waits there, and comes back with the other sign of v.
  @Test func hardBoundsHoldAndRelease() {
    let drift = LinearDrift()
    let run = NetlistRun(
      drift.netlist(
        "1.2",
        """
        .measure tran top max @n1[x]
        .measure tran held find @n1[x] at=0.49
        .measure tran back find @n1[x] at=1
        """))
    let scale = drift.rate * 1.2 / (2 * Double.pi)
    let hit = acos(1 - drift.flux(from: drift.start, to: 1) / scale) / (2 * Double.pi)
    #expect(run.discontinuities.count >= 2)
    #expect(abs((run.discontinuities.first ?? 0) - hit) < 1e-5)
    #expect(abs(run.discontinuities[1] - 0.5) < 1e-6)
    #expect(run["held"] == 1)
    #expect(run["top"] < 1 + 1e-7)
    #expect(abs(run["back"] - drift.state(from: 1, after: -2 * scale)) < 1e-5)
  }

  /// Among many devices, which a sweep watches as it passes, each meets its bound when it would alone, or never.
  @Test func everyDeviceOfManyMeetsItsBound() {
    let drift = LinearDrift()
    let count = 80
    func amplitude(_ k: Int) -> Double { 1 + 0.004 * Double(k) }
    let run = NetlistRun(
      """
      \(drift.device)
      .for k = 1 to \(count)
        V{k} a{k} 0 SIN(0 {1 + 0.004*k} 1)
        N{k} a{k} 0 drift
        .measure tran top{k} max @n{k}[x]
        .measure tran held{k} find @n{k}[x] at=0.49
        .measure tran back{k} find @n{k}[x] at=1
      .endfor
      .options reltol=1e-6
      .tran 1m 1
      """)
    var met = 0
    for k in 1...count {
      let scale = drift.rate * amplitude(k) / (2 * Double.pi)
      let needed = drift.flux(from: drift.start, to: 1)
      let meets = needed < 2 * scale
      // One comes to its bound just before the voltage turns.
      let isLate = meets && acos(1 - needed / scale) / (2 * Double.pi) > 0.485
      met += meets ? 1 : 0
      #expect(isLate || meets == (run["held\(k)"] == 1), "\(k)")
      #expect(run["top\(k)"] < 1 + 1e-7)
      let back = meets ? drift.state(from: 1, after: -2 * scale) : drift.start
      #expect(abs(run["back\(k)"] - back) < 1e-5, "\(k)")
    }
    #expect(met > 10 && met < count - 10)
  }

  /// Predictions that overshoot an open bound are refused, and leave nothing half done behind, whoever forms the vectors.
  @Test func trialsBeyondAnOpenRangeAreRefused() {
    let runs = ["deferred", "formed"].map { vectors in
      NetlistRun(
        """
        .memristor open
          state s in (0, 1) = 0.5
          ddt(s) = (0.5 + v - s)*1e6
          i = 1u*(log(s) + log(1 - s))*v
        .endmemristor
        .for k = 1 to 300
          V{k} a{k} 0 SIN(0 {0.49995 - 1e-6*k} 1k)
          N{k} a{k} 0 open
        .endfor
        .options reltol=1e-2 acct vectors=\(vectors)
        .tran 10u 8m
        .save @n1[s] @n300[s]
        .measure tran high find @n1[s] at=4.25m
        .measure tran low find @n300[s] at=6m
        """)
    }
    for run in runs {
      #expect(run.isCompleted, "\(run.words)")
      #expect(run.outcomes.allSatisfy { ($0.statistics?.convergenceFailures ?? 0) > 0 })
      #expect(abs(run["high"] - 0.99995) < 1e-3)
      // The state follows in 1 us.
      #expect(abs(run["low"] - (0.5 - 0.49965 * 2e-3 * Double.pi)) < 1e-3)
    }
    #expect(abs(runs[0]["high"] - runs[1]["high"]) < 1e-12)
    #expect(abs(runs[0]["low"] - runs[1]["low"]) < 1e-12)
  }

  /// A gate near its bound strays beyond it by less than its tolerance while its rate there points inward.
  @Test func strayingWithinTheToleranceIsNoEvent() {
    let run = NetlistRun(
      """
      .memristor gate
        state n in [0, 1] = 1
        ddt(n) = (1e-9*(1 - n) - n)/0.1m
        i = 1m*n*v
      .endmemristor
      V1 a 0 PULSE(0 1 1m 0.1m 0.1m 2m 5m)
      R1 a b 1k
      C1 b 0 1u
      N1 b 0 gate
      .tran 0.1m 20m
      .measure tran least min @n1[n]
      """)
    #expect(run.codes.isEmpty, "\(run.words)")
    #expect(abs(run["least"]) < 1e-6)
    let corners = Set(run.discontinuities)
    #expect(corners.allSatisfy { time in (0..<4).contains { abs(time - 5e-3 * Double($0) - 2e-3) < 1.21e-3 } })
  }

  /// A gate that settles 1e-8 beyond its bound, its rate there pointing outward: within its tolerance no event. With
  /// a tolerance that the excess passes it is pinned at every pulse, and set free again.
  @Test(arguments: [("1u", false), ("1p", true)])
  func aStateIsPinnedOnlyBeyondItsTolerance(tolerance: String, isPinned: Bool) {
    let run = NetlistRun(
      """
      .memristor gate
        state n in [0, 1] tol=\(tolerance) = 0
        ddt(n) = (if(v > 0.5, 1 + 1e-8, 0) - n)/0.1m
        i = 1m*n*v
      .endmemristor
      V1 a 0 PULSE(0 1 1m 1n 1n 4m 8m)
      N1 a 0 gate
      .options reltol=1e-6
      .tran 0.1m 32m
      .measure tran top max @n1[n]
      """)
    let corners = run.discontinuities.filter { time in
      (0..<4).contains { abs(time - 8e-3 * Double($0) - 1e-3) < 1e-6 || abs(time - 8e-3 * Double($0) - 5e-3) < 1e-6 }
    }
    #expect((run.discontinuities.count > corners.count) == isPinned, "\(run.discontinuities)")
    #expect(abs(run["top"] - 1) < 1e-6)
  }

  static func windowed(_ start: String) -> NetlistRun {
    NetlistRun(
      """
      .memristor windowed
        state x in [0, 1] = \(start)
        ddt(x) = 1e4*i*(1 - (2*x - 1)**2)
        v = (100*x + 16k*(1 - x))*i
      .endmemristor
      V1 a 0 SIN(0 1.2 1)
      N1 a 0 windowed
      N2 a 0 windowed
      .options reltol=1e-7
      .tran 10m 0.5
      .measure tran x find @n1[x] at=0.5
      """)
  }

  @Test(arguments: ["0", "1"])
  func aHardWindowsBoundIsNotedOnce(start: String) {
    let run = Self.windowed(start)
    #expect(run.codes == ["resting-on-bound"])
    #expect(run.complaint("resting-on-bound")?.severity == .note)
    #expect(run["x"] == Double(start))
  }

  @Test func insideAHardWindowNothingIsSaid() {
    let run = Self.windowed("0.314465409")
    #expect(run.codes.isEmpty, "\(run.words)")
    #expect(abs(run["x"] - 0.8105916437) < 1e-5)
  }

  @Test func openBoundsAreNeverReached() {
    let run = NetlistRun(
      """
      .memristor fading
        state x in (0, 1) = 0.5
        ddt(x) = -x/1m
        i = ln(x)
      .endmemristor
      V1 a 0 0
      N1 a 0 fading
      .tran 0.1m 20m
      .measure tran least min @n1[x]
      .measure tran last find i(n1) at=20m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(run["least"] > 0)
  }

  @Test func aStateDrivenThroughAnOpenBoundIsNamed() throws {
    let run = NetlistRun(
      """
      .memristor driven
        state x in (0, 1) = 0.5
        ddt(x) = -1
        i = x
      .endmemristor
      V1 a 0 0
      N1 a 0 driven
      .tran 0.1 1
      """)
    let complaint = try #require(run.complaint("outside-domain"))
    #expect(run.hasFailed)
    #expect(complaint.notes.contains { $0.contains("@n1[x] is at the end of its open range") })
    #expect(isClose(run.column("time").last ?? 0, 0.4, 0.3))
  }
}
