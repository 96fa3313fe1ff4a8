import Analyses
import Diagnostics
import Testing
import Waveforms

/// Runs that cannot go on keep what they have and say why.
@Suite struct FailureTests {
  @Test func aSolutionWithoutLimitIsNamed() throws {
    let run = NetlistRun(
      """
      .memristor runaway
        state x = 1
        ddt(x) = x**2
        i = x
      .endmemristor
      V1 a 0 0
      N1 a 0 runaway
      .tran 0.1 2
      .save @n1[x]
      .measure tran half find @n1[x] at=0.5
      """)
    let complaint = try #require(run.diagnostics.first { $0.severity == .error })
    #expect(run.hasFailed)
    #expect(complaint.message.contains("t = 0.99") || complaint.message.contains("t = 1"))
    #expect(complaint.notes.contains { $0.contains("@n1[x]") })
    #expect(complaint.notes.contains { $0.contains("the equation of @n1[x]") })
    #expect(run.column("time").count >= 10)
    #expect(isClose(run["half"], 2, 1e-2))
    if case .failed? = run.tables.last?.ending {} else { Issue.record("the points are not closed") }
  }

  /// The device's current enters no equation, for a source holds its voltage; its fault ends the run all the same.
  @Test func aDomainFaultIsNamed() throws {
    let run = NetlistRun(
      """
      .memristor root
        state x = 1
        ddt(x) = -1
        i = sqrt(x)*v
      .endmemristor
      V1 a 0 1
      N1 a 0 root
      .tran 0.1 2
      .save i(n1)
      """)
    let complaint = try #require(run.complaint("outside-domain"))
    #expect(complaint.message.contains("t = 1 s"))
    #expect(complaint.notes.contains { $0.contains("@n1[x]") })
    #expect(run.hasFailed)
    #expect(run.column("i(n1)").count >= 10)
    #expect(run.column("i(n1)").allSatisfy { $0.isFinite })
  }

  @Test func noOutputHoldsANaN() throws {
    let run = NetlistRun(
      """
      V1 a 0 PWL(0 0 1 1)
      R1 a b 1k
      C1 b 0 1u
      .tran 0.1 1
      .save {sqrt(0.55 - v(a))}
      """)
    let complaint = try #require(run.complaint("not-finite"))
    #expect(complaint.message.contains("sqrt(0.55") && complaint.message.contains("t = 0.6"), "\(run.words)")
    #expect(run.hasFailed)
    let values = run.tables.last?.columns.last ?? []
    #expect(values.count == 6)
    #expect(values.allSatisfy { $0.isFinite })
  }

  @Test func anOperatingPointHoldsNoNaN() {
    let run = NetlistRun("V1 a 0 0\nR1 a 0 1k\n.save {v(a)/i(r1)}\n.op")
    #expect(run.codes == ["not-finite"])
    #expect(run.hasFailed)
  }

  @Test func interruptedRunsKeepTheirPoints() {
    let run = NetlistRun(
      "V1 a 0 SIN(0 1 1k)\nR1 a b 1k\nC1 b 0 1u\n.tran 10u 1", isCancelled: { true })
    if case .interrupted? = run.outcomes.first?.ending {} else { Issue.record("not interrupted") }
    #expect(run.tables.last?.ending == .interrupted)
    #expect(run.column("time").count > 1)
    #expect(run.column("time").count < 10000)
  }

  /// A disk with room for so many points.
  final class SmallDisk: WaveformSink {
    let room: Int
    let isPipe: Bool
    private(set) var written = 0

    init(room: Int, isPipe: Bool = false) {
      self.room = room
      self.isPipe = isPipe
    }

    func begin(_ header: PlotHeader) {}
    func append(_ point: borrowing Span<Double>) throws(SinkFailure) {
      guard written < room else {
        throw SinkFailure(path: "small.raw", reason: "no space left on device", isClosedPipe: isPipe)
      }
      written += 1
    }
    func finish(_ ending: RunEnding) {}
  }

  static let lines = "V1 a 0 SIN(0 1 1k)\nR1 a b 1k\nC1 b 0 1u\n.tran 10u 10m"

  @Test func aFullDiskIsSaid() throws {
    let disk = SmallDisk(room: 20)
    let run = NetlistRun(Self.lines, sink: disk)
    let complaint = try #require(run.complaint("unwritable-file"))
    #expect(complaint.message.contains("small.raw") && complaint.message.contains("no space left"))
    #expect(run.hasFailed)
    #expect(disk.written == 20)
  }

  @Test func aClosedPipeIsSuccess() {
    let run = NetlistRun(Self.lines, sink: SmallDisk(room: 20, isPipe: true))
    #expect(run.isCompleted)
    #expect(run.codes.isEmpty)
  }

  @Test func theFullDevice() throws {
    let sink = try CSV.sink(path: "/dev/full")
    let run = NetlistRun(Self.lines, sink: sink)
    #expect(run.complaint("unwritable-file") != nil)
    #expect(run.hasFailed)
  }

  @Test func ofEqualNamesTheLastMeasureCounts() throws {
    let run = NetlistRun(
      """
      V1 a 0 SIN(0 1 1k)
      R1 a 0 1k
      .tran 1u 2m
      .measure tran x max v(a)
      .measure tran y param='x+1'
      .measure tran x min v(a)
      .expect x = -1
      """)
    let measures = try #require(run.outcomes.first).table.measures
    #expect(measures.map(\.name) == ["x", "y", "x"])
    let first = try measures[0].value.get()
    #expect(abs(first - 1) < 1e-3)
    #expect(abs(run["x"] + 1) < 1e-3)
    #expect(abs(run["y"]) < 1e-3)
    #expect(run.codes == ["duplicate-result"])
    #expect(run.verdicts.map(\.holds) == [true])
  }

  @Test func aNetlistWithoutAnalysisIsAnError() {
    #expect(NetlistRun("V1 a 0 1\nR1 a 0 1k").codes == ["no-analysis"])
  }

  @Test(arguments: [
    (".tran", "wrong-analysis"), (".tran 1u 0", "wrong-time"), (".tran 1u 1m 2m", "start-behind-stop"),
    (".dc V1 0 1 0", "wrong-sweep"), (".dc V1 0", "wrong-analysis"), (".op\n.options retol=1", "unknown-option"),
    (".op\n.options reltol=-1", "wrong-option-value"), (".op\n.options itl4=10", "option-without-effect"),
  ])
  func requestsAreChecked(line: String, code: String) {
    #expect(NetlistRun("V1 a 0 1\nR1 a 0 1k\n" + line).codes == [code])
  }
}
