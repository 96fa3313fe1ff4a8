import Analyses
import Diagnostics
import Glibc
import Testing

/// Steps: what limits them, what does not, and which orders are used.
@Suite struct StepLimitTests {
  /// Between the peaks of a tied source nothing that the error test sees moves: only the limit of a tenth of the period
  /// keeps the steps from passing over the peaks.
  @Test func aTiedSourceIsNotSteppedOver() {
    func rectifier(_ limit: String) -> Double {
      NetlistRun(
        """
        .memristor junction
          i = 1e-14*(exp(v/25.85m) - 1)
        .endmemristor
        V1 in 0 SIN(0 1 1k)
        N1 in out junction
        R1 out 0 100k
        C1 out 0 1u
        .tran 1m 60m \(limit)
        .measure tran v find v(out) at=60m
        """)["v"]
    }
    let free = rectifier("")
    let limited = rectifier("0 2u")
    #expect(limited > 0.1)
    #expect(isClose(free, limited, 5e-3), "\(free) instead of \(limited)")
  }

  @Test func aWrittenLimitIsObeyed() {
    let run = NetlistRun(
      """
      V1 in 0 PULSE(0 1 0 1u 1u 1 2)
      R1 in a 1k
      C1 a 0 1u
      .options points=steps
      .tran 1m 10m 0 50u
      """)
    let times = run.column("time")
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    #expect(times.count > 200)
    #expect((gaps.max() ?? 1) <= 50e-6 * (1 + 1e-9))
  }

  @Test func tstepDoesNotLimit() {
    let run = NetlistRun(
      """
      R1 a 0 1k
      C1 a 0 1u ic=1
      .options points=steps
      .tran 1n 10m uic
      """)
    let times = run.column("time")
    let gaps = zip(times.dropFirst(), times).map { $0 - $1 }
    #expect(run.isCompleted)
    #expect(times.count < 200)
    #expect((gaps.max() ?? 1) <= 10e-3 / 50 * (1 + 1e-9))
  }

  static let resonance = """
    L1 a 0 1m ic=0
    C1 a 0 1u ic=1
    .tran 10u 19.869176531592m uic
    .measure tran last max v(a) from=19.6m
    """

  @Test func ordersThreeAndFourAreRefused() throws {
    let five = NetlistRun(Self.resonance + "\n.options reltol=1e-4")
    for order in [3, 4] {
      let run = NetlistRun(Self.resonance + "\n.options reltol=1e-4 maxord=\(order)")
      let note = try #require(run.complaint("refused-order"))
      #expect(note.severity == .note)
      #expect(run["last"] == five["last"])
    }
  }

  @Test func orderTwoDamps() {
    let five = NetlistRun(Self.resonance + "\n.options reltol=1e-4")
    let run = NetlistRun(Self.resonance + "\n.options reltol=1e-4 method=gear maxord=2")
    #expect(run.codes.isEmpty, "\(run.words)")
    #expect(run["last"] < five["last"])
    #expect(run["last"] < 0.99)
  }

  /// A thousand periods.
  @Test func aResonanceKeepsItsAmplitude() {
    let run = NetlistRun(
      """
      L1 a 0 1m ic=0
      C1 a 0 1u ic=1
      .tran 1m 198.69176531592m uic
      .options reltol=1e-6
      .measure tran last max v(a) from=198m
      """)
    #expect(abs(run["last"] - 1) < 3e-3)
  }
}
