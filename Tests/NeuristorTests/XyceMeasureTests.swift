import Foundation
import Neuristor
import Testing

/// Measures of Xyce that go beyond one number of one signal, and what `.print` makes of them.
@Suite struct XyceMeasureTests {
  private func run(_ netlist: String) -> SimulationResult {
    Simulator().run(Source("title\n" + netlist + "\n.end\n"))
  }

  private static let triangle = "V1 a 0 PWL(0 0 1m 1 3m 0 4m 1)\nR1 a 0 1k\n.options reltol=1e-6\n.tran 0 4m\n"

  /// Every crossing from the numbered one on, the pairs of triggers and targets, and one alone of the last.
  @Test func continuedMeasuresGiveEveryInstant() {
    let netlist =
      Self.triangle + """
        .measure tran_cont at when v(a)=0.5
        .measure tran_cont second when v(a)=0.5 cross=2
        .measure tran_cont slope deriv v(a) when v(a)=0.5 rise=1
        .measure tran_cont gap trig v(a)=0.2 targ v(a)=0.5
        .measure tran_cont final when v(a)=0.5 cross=last
        .expect at = 0.5m tol=1n
        .expect at[2] = 2m tol=1n
        .expect at[3] = 3.5m tol=1n
        .expect second = 2m tol=1n
        .expect second[2] = 3.5m tol=1n
        .expect slope[2] = 1k
        .expect gap = 0.3m tol=1n
        .expect gap[2] = -0.6m tol=1n
        .expect gap[3] = 0.3m tol=1n
        .expect final = 3.5m tol=1n
        """
    let result = run(netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    #expect(result.runs.first?["at[4]"] == nil && result.runs.first?["final[2]"] == nil)
    #expect(run(netlist + "\n.expect at[4] = 1").status == .expectationFailed)
  }

  /// Two signals at three points: the errors are 1/2, 1/3, 1/4 of the first one.
  @Test func errorsBetweenSignals() {
    let result = run(
      """
      V1 a 0 2
      R1 a 0 1k
      B2 b 0 V=v(a) - 1
      .dc V1 2 4 1
      .measure dc root err1 v(a) v(b)
      .measure dc mean err2 v(a) v(b)
      .measure dc high err v(a) v(b) ymin=2.5 minval=10
      .measure dc level err2 v(a) {3} from=3
      .measure dc none err1 v(a) v(b) ymax=1
      .expect root = {sqrt((1/4 + 1/9 + 1/16)/3)} reltol=1e-12
      .expect mean = {(1/2 + 1/3 + 1/4)/3} reltol=1e-12
      .expect high = 0.1 reltol=1e-12
      .expect level = 0.125 reltol=1e-12
      """)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    #expect(result.runs.first?["none"] == nil)
  }

  /// An equation is its running value in `.print`, in other measures and in other equations.
  @Test func equationsRunAlong() throws {
    let result = run(
      Self.triangle + """
        .measure tran twice eqn {2*v(a)}
        .measure tran more param='twice + 1'
        .measure tran when_twice when twice=1 cross=2
        .measure tran top max more
        .measure tran now find {time} at=1m
        .measure tran early eqn {v(a)} to=0.5m
        .print tran v(a) twice {more - twice} early
        .expect twice = 2
        .expect when_twice = 2m tol=1n
        .expect top = 3 reltol=1e-6
        .expect now = 1m tol=1n
        """)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    #expect(result.report.complaints.filter { $0.code == "not-printed" }.map(\.message).count == 1)
    let waveforms = try #require(result.runs.first?.analyses.first?.waveforms)
    let twice = try #require(waveforms["twice"])
    let voltage = try #require(waveforms["v(a)"])
    #expect(zip(twice, voltage).allSatisfy { abs($0 - 2 * $1) < 1e-12 } && twice.count > 4)
    #expect(waveforms["more-twice"]?.allSatisfy { abs($0 - 1) < 1e-12 } == true)
  }

  @Test func formsOfMeasures() {
    let netlist = """
      .measure tran top max{v(a)}
      .measure tran mean avg from=0 to=2m v(a)
      .measure tran on duty v(a)
      .measure tran on duty v(a) on=0.5 off=0.5
      .measure tran absent max v(a) from=9m default_val=3
      .options measure default_val=7
      .expect top = 1
      .expect mean = 0.625 tol=1u
      .expect on = 0.5 tol=1u
      .expect absent = 7
      """
    let result = run(Self.triangle + netlist)
    #expect(result.status == .completed, "\(result.report.text())\(result.tables)")
    #expect(result.report.complaints.contains { $0.code == "duplicate-result" && $0.severity == .warning })
  }

  /// Patterns with `*` and `?`, of phasors and powers too.
  @Test func patternsInPrint() throws {
    let dc = run(
      """
      V1 1 0 1
      R1 1 12 1
      R12 12 123 1
      R123 123 0 1
      .dc V1 1 2 1
      .print dc v(1?) w(r?2*) id(*)
      """)
    #expect(dc.status == .completed, "\(dc.report.text())")
    let names = try #require(dc.runs.first?.analyses.first?.waveforms).signals.map(\.name)
    #expect(names.filter { $0.hasPrefix("w(") } == ["w(r12)", "w(r123)"])
    #expect(dc.tables.contains("V(12)") && !dc.tables.contains("V(123)"), "\(dc.tables)")
    let ac = run("V1 a1 0 AC 2\nR1 a1 a2 1k\nR2 a2 0 1k\n.ac lin 1 1k 1k\n.print ac vm(a*) vdb(a2)")
    #expect(ac.tables.contains("VM(A1)") && ac.tables.contains("VM(A2)"), "\(ac.report.text())\(ac.tables)")
    let none = run("V1 1 0 1\nR1 1 0 1\n.dc V1 1 2 1\n.print dc w(x*)")
    #expect(none.report.complaints.map(\.code).contains("empty-pattern"))
  }

  /// A resistor that follows the frequency by way of parameters: 1 kohm at 1 Hz, 2 kohm at 10 Hz, 3 kohm at 100 Hz.
  @Test(arguments: [".ac dec 1 1 100", ".ac lin 2 1 10", ".data d\n+ freq\n+ 1\n+ 10\n.enddata\n.ac data=d"])
  func elementsFollowTheFrequency(analysis: String) {
    let result = run(
      """
      .global_param decades={log10(freq) + 1}
      .global_param r={1k*decades}
      I1 0 1 AC 1m
      R1 1 0 {r}
      \(analysis)
      .measure ac m max vm(1)
      .print ac {r} vm(1)
      """)
    let expected: [Double] = analysis.hasPrefix(".ac dec") ? [1, 2, 3] : [1, 2]
    #expect(result.runs.count == expected.count, "\(result.report.text())")
    #expect(zip(result.runs, expected).allSatisfy { abs(($0["m"] ?? 0) - $1) < 1e-9 }, "\(result.tables)")
  }

  /// What `.data` changes of a source, and what `.print` shows of it.
  @Test func partsOfSources() throws {
    let pattern = run(
      """
      V1 1 0 PAT(5 0 0 1n 2n 5n b1010 r=0)
      R1 1 0 1
      .step data=d
      .data d
      + V1:VHI V1:TSAMPLE
      + 5 5n
      + 6 4n
      .enddata
      .tran 0 30n
      .measure tran top max v(1)
      .measure tran edge when v(1)=2.5 rise=1
      """)
    #expect(pattern.runs.map { ($0["top"] ?? 0).rounded() } == [5, 6], "\(pattern.report.text())")
    #expect(abs((pattern.runs.first?["edge"] ?? 0) - 10e-9) < 1e-12)
    let ac = run(
      """
      .global_param mag=1
      I1 0 1 AC {mag} 90
      R1 1 0 10
      .data d
      + mag freq
      + 1 1
      + 2 10
      .enddata
      .ac data=d
      .print ac {I1:acmag} {I1:acphase} vm(1)
      .measure ac m find vm(1) at=10
      """)
    #expect(ac.status == .completed, "\(ac.report.text())")
    #expect(abs((ac.runs.last?["m"] ?? 0) - 20) < 1e-9 && ac.tables.contains("9.00000000e+01"), "\(ac.tables)")
  }
}
