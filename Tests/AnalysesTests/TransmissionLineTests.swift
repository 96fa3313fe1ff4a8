import Analyses
import Glibc
import Testing

/// T: waves that arrive a delay late, against sums over their echoes.
@Suite struct TransmissionLineTests {
  /// A generator of `source` ohm, a line of `impedance` and a load, as a lattice of echoes.
  struct Lattice {
    var source: Double
    var impedance: Double
    var load: Double
    var delay: Double
    var wave: (Double) -> Double

    /// What leaves the near end at `time`: the generator's share and every echo.
    private func leaving(_ time: Double) -> Double {
      let (near, far) = (
        (source - impedance) / (source + impedance), (load - impedance) / (load + impedance)
      )
      var sum = 0.0
      var factor = impedance / (impedance + source)
      var instant = time
      while instant > 0 {
        sum += factor * wave(instant)
        factor *= near * far
        instant -= 2 * delay
      }
      return sum
    }

    func near(_ time: Double) -> Double {
      leaving(time) + (load - impedance) / (load + impedance) * leaving(time - 2 * delay)
    }

    func far(_ time: Double) -> Double {
      2 * load / (load + impedance) * leaving(time - delay)
    }
  }

  /// The largest distance of a run's points from `expected`, corners left out where the clock decides the side.
  private func error(_ run: NetlistRun, _ signal: String, _ expected: (Double) -> Double) -> Double {
    zip(run.column("time"), run.column(signal)).map { abs($1 - expected($0)) }.max() ?? .infinity
  }

  @Test func matchedLineDelaysAPulse() {
    let run = NetlistRun(
      """
      V1 s 0 PWL(0 0 1n 0 1.1n 1 6n 1 6.1n 0)
      R1 s a 50
      T1 a 0 b 0 z0=50 td=3n
      R2 b 0 50
      .tran 0.05n 20n
      .save v(a) v(b)
      """)
    #expect(run.isCompleted, "\(run.words)")
    func pulse(_ time: Double) -> Double {
      let rise = min(max((time - 1e-9) / 0.1e-9, 0), 1)
      return 0.5 * (rise - min(max((time - 6e-9) / 0.1e-9, 0), 1))
    }
    #expect(error(run, "v(a)", pulse) < 1e-9)
    #expect(error(run, "v(b)") { pulse($0 - 3e-9) } < 1e-9)
    #expect(
      [4e-9, 4.1e-9, 9e-9, 9.1e-9].allSatisfy { corner in
        run.discontinuities.contains { abs($0 - corner) < 1e-20 }
      })
  }

  @Test(arguments: [1e9, 1e-3, 200]) func echoesOfASineAreThoseOfTheLattice(load: Double) {
    let lattice = Lattice(source: 25, impedance: 50, load: load, delay: 6e-9) { sin(2 * .pi * 50e6 * $0) }
    var errors: [Double] = []
    for tolerance in ["1e-3", "1e-5", "1e-7"] {
      let run = NetlistRun(
        """
        V1 s 0 SIN(0 1 50meg)
        R1 s a 25
        T1 a 0 b 0 z0=50 f=50meg nl=0.3
        R2 b 0 \(load)
        .tran 0.1n 100n
        .save v(a) v(b)
        .options reltol=\(tolerance)
        """)
      #expect(run.isCompleted, "\(run.words)")
      errors.append(max(error(run, "v(a)", lattice.near), error(run, "v(b)", lattice.far)))
    }
    #expect(errors[1] < errors[0] / 5)
    #expect(errors[2] < errors[1] / 5)
    #expect(errors[2] < 1e-6)
  }

  /// A jump from initial conditions goes to and fro on an open line for ever.
  @Test func openLineKeepsItsStep() {
    let lattice = Lattice(source: 25, impedance: 50, load: 1e12, delay: 1e-9) { $0 > 0 ? 1 : 0 }
    let run = NetlistRun(
      """
      V1 s 0 1
      R1 s a 25
      T1 a 0 b 0 z0=50 td=1n
      R2 b 0 1e12
      .tran 0.3n 50n uic
      .measure tran first find v(b) at=2n
      .measure tran second find v(b) at=4n
      .measure tran late find v(b) at=48n
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["first"], lattice.far(2e-9), 1e-9))
    #expect(isClose(run["second"], lattice.far(4e-9), 1e-9))
    #expect(isClose(run["late"], lattice.far(48e-9), 1e-9))
  }

  @Test func twoLinesInCascadeAreOneOfBothDelays() {
    let run = NetlistRun(
      """
      V1 s 0 PULSE(0 1 0 0.2n 0.2n 1n 5n)
      R1 s a 20
      R2 s p 20
      T1 a 0 m 0 z0=75 td=1.1n
      T2 m 0 b 0 z0=75 td=0.7n
      T3 p 0 q 0 z0=75 td=1.8n
      C1 b 0 1p
      R3 b 0 300
      C2 q 0 1p
      R4 q 0 300
      .tran 0.05n 20n
      .save v(b) v(q) v(a) v(p)
      .options reltol=1e-6
      """)
    #expect(run.isCompleted, "\(run.words)")
    for (one, two) in [("v(b)", "v(q)"), ("v(a)", "v(p)")] {
      let distance = zip(run.column(one), run.column(two)).map { abs($0 - $1) }.max() ?? .infinity
      #expect(distance < 1e-5)
    }
  }

  /// Both ends of a line at one node: e(t) = 2 v(t - td) - e(t - td), and the node divides between e and the source.
  @Test func ringGoesRound() {
    func wave(_ time: Double) -> Double { time > 0 ? 1 - exp(-time / 1e-9) : 0 }
    func node(_ time: Double) -> Double {
      guard time > 0 else { return 0 }
      return (wave(time) / 50 + 2 * arriving(time) / 75) / (1 / 50.0 + 2 / 75.0)
    }
    func arriving(_ time: Double) -> Double {
      time - 3e-9 > 0 ? 2 * node(time - 3e-9) - arriving(time - 3e-9) : 0
    }
    let run = NetlistRun(
      """
      V1 s 0 EXP(0 1 0 1n 1 1)
      R1 s a 50
      T1 a 0 a 0 z0=75 td=3n
      .tran 0.1n 30n
      .save v(a)
      .options reltol=1e-6
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(error(run, "v(a)", node) < 1e-5)
  }

  @Test func aLineAtRestIsAShort() {
    let run = NetlistRun(
      """
      V1 s 0 3
      R1 s a 1k
      T1 a 0 b 0 z0=50 td=1n
      R2 b 0 2k
      T2 b 0 c 0 z0=75 td=1n
      T3 c 0 b 0 z0=60 td=2n
      .op
      .save v(a) v(b) v(c) i(t1) @t1[i2] p(t1)
      """)
    #expect(run.isCompleted, "\(run.words)")
    for node in ["v(a)", "v(b)", "v(c)"] { #expect(isClose(run.rest(node), 2, 1e-9)) }
    #expect(isClose(run.rest("i(t1)"), 1e-3, 1e-9))
    #expect(isClose(run.rest("@t1[i2]"), -1e-3, 1e-9))
    #expect(abs(run.rest("p(t1)")) < 1e-12)
  }

  /// A line that begins at rest stays there.
  @Test func restLasts() {
    let run = NetlistRun(
      """
      V1 s 0 3
      R1 s a 1k
      T1 a 0 b 0 z0=50 td=1n
      D1 b 0 dm
      .model dm d(is=1f)
      .tran 1n 100n
      .measure tran swing pp v(b)
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(run["swing"] < 1e-9)
  }

  /// Charged to 1 V and let go over 50 ohm and 100 ohm: a half leaves each way.
  @Test func initialValuesAreWavesUnderWay() {
    let run = NetlistRun(
      """
      R1 a 0 50
      T1 a 0 b 0 z0=50 td=3n ic=1,0,1,0
      R2 b 0 100
      .tran 0.1n 20n uic
      .measure tran near find v(a) at=1n
      .measure tran far find v(b) at=1n
      .measure tran echo find v(a) at=4n
      .measure tran end find v(b) at=15n
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["near"], 0.5, 1e-9))
    #expect(isClose(run["far"], 2.0 / 3, 1e-9))
    #expect(isClose(run["echo"], 1.0 / 6, 1e-9))
    #expect(abs(run["end"]) < 1e-9)
  }

  @Test func theImpedanceMustBeGiven() {
    #expect(NetlistRun("V1 a 0 1\nT1 a 0 b 0 td=1n\nR1 b 0 1\n.op").codes.contains("missing-element-value"))
    #expect(NetlistRun("V1 a 0 1\nT1 a 0 b 0 z0=0 td=1n\nR1 b 0 1\n.op").codes.contains("parameter-out-of-range"))
  }
}
