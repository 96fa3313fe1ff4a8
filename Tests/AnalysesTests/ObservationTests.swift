import Glibc
import Testing

/// What measures and files see between steps.
@Suite struct ObservationTests {
  static func cell(_ tstep: String, _ options: String = "") -> NetlistRun {
    NetlistRun(
      """
      V1 in 0 PULSE(0 1 1m 10u 10u 3m 10m)
      R1 in a 1k
      C1 a 0 1u
      .tran \(tstep) 20m
      \(options)
      .spikes s v(a) threshold=0.5
      .measure tran top max v(a)
      .measure tran half when v(a)=0.5
      .measure tran heat integ p(r1)
      .measure tran mean avg v(a) from=3m to=17m
      """)
  }

  /// The integrator's steps do not know tstep, and measures read its polynomial: the same bits.
  @Test func measuresDoNotDependOnTstep() {
    let coarse = Self.cell("5m")
    let fine = Self.cell("1u")
    for name in ["top", "half", "heat", "mean", "s.count", "s.time[1]", "s.time[2]"] {
      #expect(coarse[name] == fine[name], "\(name)")
      #expect(coarse[name].isFinite)
    }
    #expect(coarse.column("time").count < 30)
    #expect(fine.column("time").count > 20000)
  }

  @Test func pointsLieOnTheGridAndAtCorners() {
    let run = Self.cell("1m")
    let times = run.column("time")
    for k in 0...20 { #expect(times.contains { abs($0 - 1e-3 * Double(k)) < 1e-15 }) }
    for corner in [1e-3, 1.01e-3, 4.01e-3, 4.02e-3] {
      #expect(run.discontinuities.contains { abs($0 - corner) < 1e-15 }, "\(corner)")
    }
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func pointsMayBeSteps() {
    let run = Self.cell("1u", ".options points=steps")
    let count = run.column("time").count
    #expect(count > 60 && count < 2000)
  }

  @Test func outputBeginsAtItsStart() {
    let run = NetlistRun("R1 a 0 1k\nC1 a 0 1u ic=1\n.tran 1m 10m 5m uic")
    let times = run.column("time")
    #expect(times.first == 5e-3 && times.count == 6)
    #expect(isClose(run.column("v(a)").first ?? 0, exp(-5.0), 1e-2))
  }

  @Test func energyIsAnIntegral() {
    let run = NetlistRun(
      """
      C1 a 0 1u ic=1
      R1 a 0 1k
      .options reltol=1e-7
      .tran 5m 10m uic
      .measure tran heat integ p(r1)
      .measure tran charge integ i(r1)
      .measure tran tau when v(a)=0.36787944117144233
      """)
    #expect(isClose(run["heat"], 0.5e-6 * (1 - exp(-20.0)), 1e-6))
    #expect(isClose(run["charge"], 1e-6 * (1 - exp(-10.0)), 1e-6))
    #expect(isClose(run["tau"], 1e-3, 1e-6))
  }

  /// A jump is seen from both sides, and a crossing in it is a crossing.
  @Test func jumpsAreCrossed() {
    let run = NetlistRun(
      """
      I1 0 a PWL(0 0 1m 0 1m 1m 2m 1m 2m 0)
      R1 a 0 1k
      .tran 0.1m 3m
      .measure tran up when v(a)=0.5 rise=1
      .measure tran down when v(a)=0.5 fall=1
      .measure tran area integ v(a)
      .spikes s v(a) threshold=0.25
      """)
    #expect(isClose(run["up"], 1e-3, 1e-8))
    #expect(isClose(run["down"], 2e-3, 1e-8))
    #expect(isClose(run["area"], 1e-3, 1e-8))
    #expect(run["s.count"] == 1)
  }

  /// What a measure does not look at (here all but a window) must not leave traces in what it sees at the next corner.
  @Test func windowsSeeNothingOfBefore() {
    let run = NetlistRun(
      """
      I1 0 a PULSE(0 1m 1m 1n 1n 0.5m 1m)
      R1 a 0 1k
      .tran 0.1m 10m
      .measure tran low min v(a) from=8.2m to=8.4m
      .measure tran high max v(a) from=8.6m to=8.9m
      """)
    #expect(isClose(run["low"], 1, 1e-9))
    #expect(abs(run["high"]) < 1e-9)
  }
}
