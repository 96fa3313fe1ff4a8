import Testing
import Waveforms

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct FormatTests {
  private let header = PlotHeader(
    title: "RC", plotName: "Transient Analysis", axis: Signal(name: "time", kind: .time),
    signals: [Signal(name: "v(a,b)", kind: .voltage), Signal(name: "i(v1)", kind: .current)])

  private func temporaryPath(_ suffix: String) -> String {
    "\(getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp")/neuristor-\(getpid())-\(UInt64.random(in: 0 ... .max)).\(suffix)"
  }

  private func write(_ rows: [[Double]], to sink: any WaveformSink) throws {
    try sink.begin(header)
    for row in rows { try sink.append(row.span) }
    try sink.finish(.completed)
  }

  private let rows: [[Double]] = (0..<1000).map { index -> [Double] in
    let number = Double(index)
    return [number * 1e-6, 1 / (number + 3), -Double.pi * number]
  }

  @Test(arguments: ["raw", "csv", "h5"]) func everyBitComesBack(_ suffix: String) throws {
    let path = temporaryPath(suffix)
    defer { unlink(path) }
    let format = try #require(FormatCatalogue.format(of: path))
    try write(rows, to: try format.sink(path: path))
    let table = try #require(try FormatCatalogue.read(path: path).first)
    #expect(table.count == rows.count)
    #expect(table.signals.map(\.name) == ["time", "v(a,b)", "i(v1)"])
    #expect(table.signals.map(\.kind) == [.time, .voltage, .current])
    #expect(table.columns == (0..<3).map { column in rows.map { $0[column] } })
  }

  @Test(arguments: ["raw", "csv", "h5"]) func aRunThatIsKilledLeavesAValidFile(_ suffix: String) throws {
    let path = temporaryPath(suffix)
    defer { unlink(path) }
    let format = try #require(FormatCatalogue.format(of: path))
    let sink = try format.sink(path: path)
    try sink.begin(header)
    #expect(try FormatCatalogue.read(path: path).first?.count == 0)
    for index in 0..<100_000 {
      let row = rows[index % rows.count]
      try sink.append(row.span)
    }
    // Not finished: what is in the file has been flushed on the way.
    let table = try #require(try FormatCatalogue.read(path: path).first)
    #expect(table.count > 40_000 && table.count < 100_000)
    #expect(table.columns[1][777] == rows[777][1])
    try sink.finish(.interrupted)
    #expect(try FormatCatalogue.read(path: path).first?.count == 100_000)
  }

  @Test func pointsThatWereNotCountedYetAreRead() throws {
    let path = temporaryPath("raw")
    defer { unlink(path) }
    try write(Array(rows.prefix(5)), to: try Rawfile.sink(path: path))
    let file = try #require(fopen(path, "a"))
    fwrite(rows[5], 8, 3, file)
    fwrite(rows[6], 8, 2, file)
    fclose(file)
    #expect(try FormatCatalogue.read(path: path).map(\.count) == [6])
  }

  @Test func severalResultsInOneRawFile() throws {
    let path = temporaryPath("raw")
    defer { unlink(path) }
    let sink = try Rawfile.sink(path: path)
    try write(Array(rows.prefix(7)), to: sink)
    try write(Array(rows.prefix(2)), to: sink)
    #expect(try FormatCatalogue.read(path: path).map(\.count) == [7, 2])
  }

  @Test func aSecondResultOfACSVFileStandsBesideIt() throws {
    let path = temporaryPath("csv")
    let second = String(path.dropLast(4)) + "-2.csv"
    defer {
      unlink(path)
      unlink(second)
    }
    let sink = try CSV.sink(path: path)
    try write(Array(rows.prefix(7)), to: sink)
    try write(Array(rows.prefix(2)), to: sink)
    #expect(try FormatCatalogue.read(path: path).map(\.count) == [7])
    #expect(try FormatCatalogue.read(path: second).map(\.count) == [2])
  }

  @Test func aFullDiskIsAFailureWithItsReason() throws {
    let sink = try CSV.sink(path: "/dev/full")
    let failure = #expect(throws: SinkFailure.self) { try write(rows, to: sink) }
    #expect(failure?.path == "/dev/full")
    #expect(failure?.reason.contains("no space left") == true)
    #expect(throws: SinkFailure.self) { try Rawfile.sink(path: "/nowhere/at/all.raw") }
  }

  @Test func damagedFilesAreToldApart() {
    func failure(_ text: String, _ format: any OutputFormat.Type) -> WaveformFileError? {
      do throws(WaveformFileError) { _ = try format.read(Array(text.utf8), path: "x") } catch { return error }
      return nil
    }
    #expect(failure("a,b\n1,2\n3\n4,5\n", CSV.self) == .unequalRows(path: "x", line: 3, expected: 2, found: 1))
    #expect(failure("a,b\n1,2\n3,x\n4,5\n", CSV.self) == .notANumber(path: "x", line: 3, column: 2, text: "x"))
    #expect(failure("a,b\n1,2\n3", CSV.self) == nil)
    #expect(failure("hello\n", Rawfile.self) == .missingHeader(path: "x", "Title:"))
    #expect(failure("Title: t\nNo. Variables: 99999999999\nVariables:\n", Rawfile.self) == .truncated(path: "x"))

  }
}
