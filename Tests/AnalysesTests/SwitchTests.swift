import Analyses
import Diagnostics
import Glibc
import Testing

/// S and W: modes with memory, against closed forms and ngspice 39.
@Suite struct SwitchTests {
  /// Up, down and up again over a threshold of 2.5 V with a hysteresis of 0.5 V to either side; at the operating point the
  /// control, 0 V, is below, so that `on` opens.
  @Test(arguments: ["", "on", "off"]) func opensAndClosesAtTheEdgesOfTheHysteresis(flag: String) {
    let run = NetlistRun(
      """
      V1 c 0 PWL(0 0 1m 5 2m 0 3m 5)
      V2 s 0 1
      R1 s a 1k
      S1 a 0 c 0 relay \(flag)
      .model relay sw(vt=2.5 vh=0.5 ron=1 roff=1meg)
      .tran 1u 3m
      .measure tran closes when v(a)=0.5 cross=1
      .measure tran opens when v(a)=0.5 cross=2
      .measure tran again when v(a)=0.5 cross=3
      .measure tran low min v(a)
      .measure tran high max v(a)
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["closes"], 0.6e-3, 1e-9))
    #expect(isClose(run["opens"], 1.6e-3, 1e-9))
    #expect(isClose(run["again"], 2.6e-3, 1e-9))
    #expect(isClose(run["low"], 1 / 1001.0, 1e-9))
    #expect(isClose(run["high"], 1e6 / 1.001e6, 1e-9))
  }

  /// A chain of equilibria carries the mode along, there and back; in the band the card's flag holds.
  @Test(arguments: [("", "0 5 0.25 back"), ("on", "2.5 5 0.25 back"), ("off", "2.5 5 0.25 back")])
  func sweepsShowTheHysteresis(flag: String, sweep: String) {
    let run = NetlistRun(
      """
      V1 c 0 0
      V2 s 0 1
      R1 s a 1k
      S1 a 0 c 0 relay \(flag)
      .model relay sw(vt=2.5 vh=0.5 ron=1 roff=1meg)
      .dc V1 \(sweep)
      .save v(a) v(c)
      """)
    #expect(run.isCompleted, "\(run.words)")
    let control = run.column("v(c)")
    let top = control.firstIndex(of: 5) ?? 0
    var isClosed = flag == "on"
    for (place, voltage) in control.enumerated() {
      if voltage > 3 { isClosed = true }
      if voltage < 2 { isClosed = false }
      #expect((run.column("v(a)")[place] < 0.5) == isClosed, "\(voltage) V, place \(place) of \(top)")
    }
    #expect(control.count == 2 * top + 1)
  }

  /// A relaxation oscillator: charged to 3 V through 10 kohm, emptied to 1 V through 100 ohm.
  @Test func relaxationOscillatorKeepsTime() {
    let run = NetlistRun(
      """
      V1 s 0 5
      R1 s a 10k
      C1 a 0 100n
      S1 a 0 a 0 relay
      .model relay sw(vt=2 vh=1 ron=100 roff=1t)
      .options reltol=1e-6
      .tran 1u 20m uic
      .spikes s v(a) threshold=2 from=5m
      .measure tran high max v(a)
      .measure tran low min v(a) from=3m
      """)
    let rest = 5 / 101.0
    let charging = 1e-3 * log(2.0 * 2 / 2)
    let emptying = 100e-9 / (1 / 1e4 + 1 / 100) * log((3 - rest) / (1 - rest))
    #expect(run.isCompleted, "\(run.words)")
    #expect(isClose(run["high"], 3, 1e-6))
    #expect(isClose(run["low"], 1, 1e-6))
    #expect(isClose(1 / run["s.rate"], charging + emptying, 1e-5))
  }

  /// A current of 1 A amplitude over 0.2 A +- 0.3 A: closes at 0.5 A, opens at -0.1 A.
  @Test func currentsSwitchToo() {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 1 1k)
      Vs a b 0
      R1 b 0 1
      W1 c 0 vs relay
      V2 s 0 1
      R2 s c 1k
      .model relay csw(it=0.2 ih=0.3 ron=1 roff=1meg)
      .options reltol=1e-6
      .tran 1u 2m
      .measure tran closes when v(c)=0.5 cross=1
      .measure tran opens when v(c)=0.5 cross=2
      .measure tran again when v(c)=0.5 cross=3
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["closes"] - asin(0.5) / (2e3 * Double.pi)) < 1e-9)
    #expect(abs(run["opens"] - (0.5e-3 + asin(0.1) / (2e3 * Double.pi))) < 1e-9)
    #expect(abs(run["again"] - (1e-3 + asin(0.5) / (2e3 * Double.pi))) < 1e-9)
  }

  /// A latch of two switches stays as the flags begin it: either state is a solution.
  @Test(arguments: [("on", "off", 0.0, 1.0), ("off", "on", 1.0, 0.0)])
  func aLatchKeepsItsState(first: String, second: String, a: Double, b: Double) {
    let run = NetlistRun(
      """
      V1 s 0 1
      R1 s a 1k
      R2 s b 1k
      S1 a 0 b 0 relay \(first)
      S2 b 0 a 0 relay \(second)
      .model relay sw(vt=0.5 vh=0.1 ron=1u roff=1t)
      .op
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run.rest("v(a)") - a) < 1e-6)
    #expect(abs(run.rest("v(b)") - b) < 1e-6)
  }

  /// A buck converter of switch and diode: the mean output is duty times input less the diode's share; numbers of
  /// ngspice 39 at reltol 1e-5 and steps of 20 ns.
  @Test func buckConverterConverts() {
    let run = NetlistRun(
      """
      V1 in 0 10
      Vg g 0 PULSE(0 5 0 10n 10n 3.99u 10u)
      S1 in x g 0 gate
      D1 0 x d
      L1 x out 100u
      C1 out 0 10u
      R1 out 0 5
      .model gate sw(vt=2.5 vh=0.1 ron=1m roff=1meg)
      .model d d(is=1e-9 rs=1m)
      .tran 1u 2m
      .measure tran mean avg v(out) from=1.5m to=2m
      .measure tran ripple pp i(l1) from=1.9m to=2m
      """)
    #expect(run.isCompleted, "\(run.words)")
    #expect(abs(run["mean"] - 3.682485) < 2e-3)
    #expect(abs(run["ripple"] - 0.253168) < 2e-3)
  }

  @Test(arguments: [
    ("S1 a 0 a 0", "missing-model"), ("S1 a 0 a", "missing-node"), ("S1 a 0 a 0 none", "unknown-model"),
    ("S1 a 0 a 0 cur", "wrong-model"), ("W1 a 0 v1 relay", "wrong-model"), ("W1 a 0 nothing cur", "unknown-device"),
    ("W1 a 0 v1", "missing-model"), ("S1 a 0 a 0 relay closed", "unexpected-word"),
    ("S1 a 0 a 0 bad", "parameter-out-of-range"), ("S1 a 0 a 0 odd", "unknown-parameter"),
    ("S1 a 0 a 0 relay ron=2", "unknown-parameter"),
  ])
  func whatIsWrongIsSaid(card: String, code: String) {
    let extra = card.hasSuffix("odd") ? ".model odd sw(it=1)" : ""
    let run = NetlistRun(
      """
      V1 a 0 1
      R1 a 0 1
      \(card)
      \(extra)
      .model relay sw(vt=0.5)
      .model cur csw(it=0.5)
      .model bad sw(ron=0)
      .op
      """)
    #expect(run.codes.contains(code), "\(run.words)")
    #expect(run.complaint(code)?.range != nil)
  }

  /// A switch that shorts what closes it has no position at rest.
  @Test func oscillatingSwitchIsNamed() {
    let run = NetlistRun(
      """
      V1 s 0 1
      R1 s a 1k
      S1 a 0 a 0 relay
      .model relay sw(vt=0.5 ron=1)
      .op
      """)
    #expect(run.hasFailed)
    let complaint = run.complaint("oscillating-switch")
    #expect(complaint?.range != nil)
    #expect(complaint?.notes.contains { $0.contains("s1") } == true)
  }
}
