import Diagnostics
import Glibc
import Testing

/// `on` blocks: discrete memory and resets.
@Suite struct EventTests {
  static func run(_ block: String, _ lines: String) -> NetlistRun {
    NetlistRun(".memristor device\n\(block)\n  i = 0*v\n.endmemristor\n\(lines)\nN1 a 0 device")
  }

  @Test func risesFallsAndCrossingsAreCounted() {
    let run = Self.run(
      """
        memory up = 0
        memory down = 0
        memory both = 0
        state x = 0
        ddt(x) = 1
        on rise(sin(20*x))
          up = up + 1
        endon
        on fall(sin(20*x))
          down = down + 1
        endon
        on cross(sin(20*x))
          both = both + 1
        endon
      """,
      """
      V1 a 0 0
      .tran 0.1 1
      .measure tran up find @n1[up] at=1
      .measure tran down find @n1[down] at=1
      .measure tran both find @n1[both] at=1
      """)
    // sin(20 x) is 0 at x = k pi/20: at the start no crossing, then k = 1 ... 6.
    #expect(run["up"] == 3)
    #expect(run["down"] == 3)
    #expect(run["both"] == 6)
  }

  @Test func nothingHappensAtTheStart() {
    let run = Self.run(
      """
        memory a = 0
        memory b = 0
        memory c = 0
        state x = 0
        ddt(x) = 1
        on rise(x + 1)
          a = 1
        endon
        on fall(x - 2)
          b = 1
        endon
        on rise(x)
          c = 1
        endon
      """,
      """
      V1 a 0 0
      .tran 0.1 1
      .measure tran sum find {@n1[a] + @n1[b] + @n1[c]} at=1
      """)
    #expect(run["sum"] == 0)
  }

  @Test func rightSidesAreReadBeforeAnyIsWritten() {
    let run = Self.run(
      """
        memory p = 1
        memory q = 2
        state x = 0
        ddt(x) = 1
        on rise(x - 0.5)
          p = q
          q = p
        endon
      """,
      """
      V1 a 0 0
      .tran 0.1 1
      .measure tran p find @n1[p] at=1
      .measure tran q find @n1[q] at=1
      """)
    #expect(run["p"] == 2 && run["q"] == 1)
  }

  /// The neuron of textbooks: u' = (20 - u)/10 ms, u = 0 on reaching 10.
  @Test func statesAreReset() {
    let run = Self.run(
      """
        state u = 0
        memory n = 0
        ddt(u) = (20 - u)/10m
        on cross(u - 10)
          u = 0
          n = n + 1
        endon
      """,
      """
      V1 a 0 0
      .options reltol=1e-7
      .tran 1m 100m
      .measure tran n find @n1[n] at=100m
      .measure tran second when @n1[u]=5 rise=2
      .measure tran top max @n1[u]
      """)
    #expect(run["n"] == 14)
    #expect(isClose(run["second"], 10e-3 * (log(2.0) + log(4.0 / 3)), 1e-7))
    #expect(isClose(run["top"], 10, 1e-9))
    #expect(run.discontinuities.count == 14)
    for (k, time) in run.discontinuities.enumerated() {
      #expect(isClose(time, 10e-3 * log(2.0) * Double(k + 1), 1e-7))
    }
  }

  /// Steps that the error test refuses write nothing: every count is one of the exact answer's, with hard kinks between.
  @Test func rejectedStepsDoNotWrite() {
    let run = Self.run(
      """
        state x = 0
        memory n = 0
        ddt(x) = 1 + 200*exp(-((v - 0.5)/50m)**2)
        on rise(sin(x))
          n = n + 1
        endon
      """,
      """
      V1 a 0 PWL(0 0 1 1)
      .options reltol=1e-6
      .tran 0.1 1
      .measure tran x find @n1[x] at=1
      .measure tran n find @n1[n] at=1
      """)
    #expect(isClose(run["x"], 1 + 10 * Double.pi.squareRoot(), 1e-5))
    #expect(run["n"] == (run["x"] / (2 * Double.pi)).rounded(.down))
  }

  /// What an event has written turns a comparison at the same instant. Between the two the rate would be -1: no event.
  @Test func comparisonsFollowWhatAnEventWrites() {
    let run = Self.run(
      """
        memory turned = 0
        memory falls = 0
        memory rises = 0
        state x = 0
        gain = if(turned > 0.5, 2, 1)
        ddt(x) = 1 + 2*(gain - 1 - turned)
        on rise(x - 0.5)
          turned = 1
        endon
        on fall(ddt(x))
          falls = falls + 1
        endon
        on rise(ddt(x))
          rises = rises + 1
        endon
      """,
      """
      V1 a 0 0
      .tran 0.1 1
      .measure tran x find @n1[x] at=1
      .measure tran events find {@n1[falls] + @n1[rises]} at=1
      """)
    #expect(isClose(run["x"], 1, 1e-9))
    #expect(run["events"] == 0)
  }

  @Test func eventsSetOffOthersAtTheSameInstant() {
    let run = Self.run(
      """
        memory a = 0
        memory b = 0
        memory c = 0
        on rise(v - 0.5)
          a = 1
        endon
        on rise(a - 0.5)
          b = a + 1
        endon
        on rise(b - 0.5)
          c = b + 1
        endon
      """,
      """
      V1 a 0 PWL(0 0 1 1)
      .tran 0.1 1
      .measure tran sum find {100*@n1[a] + 10*@n1[b] + @n1[c]} at=0.51
      """)
    #expect(run["sum"] == 123)
  }

  @Test(arguments: ["R1 a 0 1k", "R1 a b 1k\nC1 b 0 1u"])
  func eventsThatCallEachOtherAreNamed(load: String) throws {
    let run = Self.run(
      """
        memory a = 0
        on rise(v - 0.5)
          a = 1
        endon
        on rise(a - 0.5)
          a = 0
        endon
        on fall(a - 0.5)
          a = 1
        endon
      """, "V1 a 0 PWL(0 0 1 1)\n\(load)\n.tran 0.1 1")
    let complaint = try #require(run.complaint("endless-events"))
    #expect(complaint.notes.contains { $0.contains("on rise(a - 0.5) of n1") })
    #expect(complaint.notes.contains { $0.contains("on fall(a - 0.5) of n1") })
    #expect(complaint.message.contains("t = 0.5"))
    #expect(run.hasFailed)
  }

  /// A ball that keeps half its speed comes to rest after 3 times its first fall, having bounced without end.
  @Test func aZenoBallIsAnError() throws {
    let run = Self.run(
      """
        state h = 1
        state w = 0
        ddt(h) = w
        ddt(w) = -9.81
        on fall(h)
          w = -0.5*w
          h = 0
        endon
      """,
      """
      V1 a 0 0
      .tran 10m 3
      .measure tran first when @n1[h]=0
      """)
    let complaint = try #require(run.complaint("endless-events"))
    #expect(complaint.notes.contains { $0.contains("on fall(h) of n1") })
    #expect(run.hasFailed)
    let fall = (2 / 9.81).squareRoot()
    #expect(abs((run.column("time").last ?? 0) - 3 * fall) < 1e-3)
    #expect(abs((run.discontinuities.first ?? 0) - fall) < 1e-6)
  }

  @Test func aSwitchWithHysteresisRemembers() {
    let run = NetlistRun(
      """
      .memristor threshold
        memory on = 0
        on rise(v - 0.7)
          on = 1
        endon
        on fall(v - 0.3)
          on = 0
        endon
        i = if(on > 0.5, 1m, 1u)*v
      .endmemristor
      V1 in 0 PWL(0 0 1 1.5 2 0)
      R1 in a 500
      N1 a 0 threshold
      .tran 10m 2
      .measure tran closes when i(n1)=0.3m rise=1
      .measure tran opens when i(n1)=0.1m fall=1
      """)
    // Open: v = V/(1 + 0.5m); closed: v = V/1.5.
    #expect(isClose(run["closes"], 0.7 * 1.0005 / 1.5, 1e-6))
    #expect(isClose(run["opens"], 2 - 0.45 / 1.5, 1e-6))
  }
}
