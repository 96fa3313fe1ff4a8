import Neuristor
import Testing

/// Text in, results out.
@Suite struct SimulatorTests {
  static let lowPass = """
    RC low pass
    .param resistance=1k
    V1 in 0 PULSE(0 1 0 1n 1n 1)
    R1 in out {resistance}
    C1 out 0 1u
    .tran 10u 5m
    .spikes s v(out) threshold=0.5
    .measure tran tau when v(out)=0.632120558829
    .measure tran late when v(out)=2
    .expect tau = 1m reltol=1e-3
    .end
    """

  @Test func resultsHaveNames() {
    let result = Simulator().run(Source(Self.lowPass))
    #expect(result.status == .completed, "\(result.report.text())")
    #expect(result.title == "RC low pass")
    #expect(abs((result["tau"] ?? 0) - 1e-3) < 1e-6)
    #expect(result["s.count"] == 1)
    #expect(result["late"] == nil)
    #expect(result.analyses.first?.measures.last?.failure != nil)
    #expect(result.expectations.map(\.holds) == [true])
    #expect(result.tables.contains("tau"))
    #expect(result.json.contains("\"status\": \"completed\""))
  }

  @Test func waveformsAreKept() throws {
    let result = Simulator().run(Source(Self.lowPass))
    let waveforms = try #require(result.analyses.first?.waveforms)
    #expect(waveforms.axis.name == "time" && waveforms.axis.unit == "s")
    let output = try #require(waveforms["V(OUT)"])
    #expect(output.count == waveforms.axis.values.count)
    #expect(abs((output.last ?? 0) - 0.9933) < 1e-3)
  }

  @Test func settingsWin() {
    var options = RunOptions()
    options.settings = ["resistance": "2k", "reltol": "1e-6"]
    let result = Simulator().run(Source(Self.lowPass), options: options)
    #expect(abs((result["tau"] ?? 0) - 2e-3) < 1e-7)
    #expect(result.status == .expectationFailed)
  }

  @Test func unknownSettingsAreErrors() throws {
    let report = Simulator().check(Source(Self.lowPass), settings: ["resistence": "2k"])
    let complaint = try #require(report.complaints.first)
    #expect(complaint.severity == .error)
    #expect(complaint.place?.file == "--set")
    #expect(report.text().contains("resistance"))
  }

  @Test func severalFaultsComeInOneGo() {
    let report = Simulator().check(Source("title\nR1 a 0\nC1 b 0 oops\nV1 a 0 1\n.end\n", name: "x.cir"))
    #expect(report.hasErrors)
    let lines = Set(report.complaints.compactMap { $0.place?.line })
    #expect(lines.isSuperset(of: [2, 3]))
    #expect(report.complaints.allSatisfy { $0.description.hasPrefix("x.cir:") })
  }

  @Test func cancellationKeepsThePoints() {
    var options = RunOptions()
    let netlist = Self.lowPass.replacing(".tran 10u 5m", with: ".tran 10u 5").replacing(
      "1n 1n 1)", with: "1n 1n 1m 2m)")
    options.isCancelled = { true }
    let result = Simulator().run(Source(netlist), options: options)
    #expect(result.status == .interrupted)
    #expect(result.analyses.first?.waveforms != nil)
  }

  @Test func everyStagePrintsItself() throws {
    for stage in Stage.allCases {
      let inspection = Simulator().inspect(Source(Self.lowPass), stage: stage)
      #expect(inspection.text?.isEmpty == false)
    }
  }
}
