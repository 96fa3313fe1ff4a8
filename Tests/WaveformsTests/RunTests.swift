import Diagnostics
import Glibc
import Testing
import Waveforms

/// Points of many runs in files and pictures.
@Suite struct RunTests {
  private static func header(_ number: Int, count: Int = 3, analysis: String = "tran") -> PlotHeader {
    var header = PlotHeader(
      title: "RC [low pass]", plotName: "Transient Analysis", analysis: analysis,
      axis: Signal(name: "time", kind: .time),
      signals: [Signal(name: "v(a)", kind: .voltage), Signal(name: "i(v1)", kind: .current)])
    header.run = RunPlace(
      number: number, count: count,
      parameters: [
        RunPlace.Parameter(name: "r", value: 1e3 * Double(number + 1)),
        RunPlace.Parameter(name: "dd(is)", value: 0.1 + 0.2),
      ])
    return header
  }

  private func withPath(_ suffix: String, _ body: (String) throws -> Void) throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/neuristor-\(getpid())-\(UInt64.random(in: 0 ... .max)).\(suffix)"
    defer {
      unlink(path)
      unlink(path.replacing(".\(suffix)", with: "-2.\(suffix)"))
    }
    try body(path)
  }

  private func write(_ analyses: [String], to sink: any WaveformSink) throws {
    for run in 0..<3 {
      for analysis in analyses {
        try sink.begin(Self.header(run, analysis: analysis))
        for point in 0..<5 { try sink.append([Double(point), Double(run), Double(point * run)].span) }
        try sink.finish(.completed)
      }
    }
  }

  @Test(arguments: ["raw", "csv", "h5"]) func everyRunComesBack(_ suffix: String) throws {
    try withPath(suffix) { path in
      let format = try #require(FormatCatalogue.format(of: path))
      do { try write(["tran"], to: try format.sink(path: path)) }
      let tables = try FormatCatalogue.read(path: path)
      #expect(tables.map(\.header.run.parameters) == (0..<3).map { Self.header($0).run.parameters })
      #expect(tables.map(\.header.title) == Array(repeating: suffix == "csv" ? "" : "RC [low pass]", count: 3))
      #expect(tables.map(\.columns[0]) == Array(repeating: [0, 1, 2, 3, 4], count: 3))
      #expect(tables.map(\.columns[2]) == (0..<3).map { run in (0..<5).map { Double($0 * run) } })
      #expect(tables.allSatisfy { $0.signals.map(\.name) == ["time", "v(a)", "i(v1)"] })
      // One family.
      #expect(Figure.families(of: tables).map(\.count) == [3])
    }
  }

  /// Each analysis keeps a file of its own, through all runs.
  @Test func analysesOfManyRunsStayApart() throws {
    try withPath("csv") { path in
      do { try write(["tran", "dc"], to: try CSV.sink(path: path)) }
      for path in [path, path.replacing(".csv", with: "-2.csv")] {
        let tables = try FormatCatalogue.read(path: path)
        #expect(tables.map(\.count) == [5, 5, 5])
      }
    }
  }

  /// A column that merely stays is no parameter, nor is one of a table that never begins anew.
  @Test func otherTablesAreLeftAlone() throws {
    try withPath("csv") { path in
      for text in ["t,x,y\n0,1,2\n1,2,2\n2,3,2\n", "t,v(a),v(dd)\n0,1,2\n1,2,2\n0,3,2\n1,4,2\n"] {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        let tables = try FormatCatalogue.read(path: path)
        #expect(tables.map(\.signals.count) == [3])
        #expect(tables.first?.header.run.parameters == [])
      }
    }
  }

  @Test func runsBecomeOneFamilyOfCurves() throws {
    let recorder = PlotRecorder(signals: ["v(a)"])
    for run in 0..<100 {
      recorder.begin(Self.header(run, count: 100))
      recorder.append([0, Double(run), 0].span)
      recorder.append([1, Double(run), 0].span)
      recorder.finish(.completed)
    }
    let figures = recorder.takeFigures()
    try #require(figures.count == 1)
    let traces = figures[0].panels[0].traces
    #expect(traces.map { $0.y[0] } == [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99])
    #expect(traces[1].run == "r = 10k, dd(is) = 300m")
    #expect(figures[0].notes.map(\.message) == ["12 of 100 runs are drawn, 88 left out"])
  }

  @Test(arguments: [PictureFormat.svg, .terminal(columns: 100, rows: 40)])
  func theLegendNamesTheValues(_ format: PictureFormat) throws {
    let tables = (0..<3).map { WaveformTable(header: Self.header($0), columns: [[0, 1], [0, Double($0)], [1, 2]]) }
    let one = String(
      decoding: try Gnuplot.draw([try Figure(family: tables, signals: ["v(a)"])], as: format), as: UTF8.self)
    #expect(one.contains("r = 3k, dd(is) = 300m"))
    #expect(!one.contains("v(a), r = 3k"))
    #expect(try Figure(family: tables, signals: ["v(a)", "i(v1)"]).panels.count == 2)
  }
}
