import Foundation
import Testing
import Waveforms

/// Phasors in files, tables and pictures.
@Suite struct ComplexFormatTests {
  private static let header: PlotHeader = {
    var header = PlotHeader(
      title: "RC", plotName: "AC Analysis", analysis: "ac", axis: Signal(name: "frequency", kind: .frequency),
      signals: Signal.complexPair(Signal(name: "v(a,b)", kind: .voltage))
        + [Signal(name: "vdb(a)", kind: .other(unit: "dB"))]
        + Signal.complexPair(Signal(name: "i(v1)", kind: .current)))
    header.isLogarithmic = true
    return header
  }()

  private static let rows: [[Double]] = (0..<40).map { index in
    let frequency = pow(10, Double(index) / 10)
    return [frequency, 1 / (1 + frequency), -frequency / 3, -20, 0.1 * frequency, 0]
  }

  private func temporaryPath(_ suffix: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "neuristor-\(UUID().uuidString).\(suffix)").path()
  }

  private func write(to sink: any WaveformSink) throws {
    try sink.begin(Self.header)
    for row in Self.rows { try sink.append(row.span) }
    try sink.finish(.completed)
  }

  @Test(arguments: ["raw", "csv", "h5"]) func everyBitComesBack(_ suffix: String) throws {
    let path = temporaryPath(suffix)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(to: try #require(FormatCatalogue.format(of: path)).sink(path: path))
    let table = try #require(try FormatCatalogue.read(path: path).first)
    #expect(
      table.signals.map(\.name) == ["frequency", "re(v(a,b))", "im(v(a,b))", "vdb(a)", "re(i(v1))", "im(i(v1))"])
    #expect(table.signals.map(\.signalName) == ["frequency", "v(a,b)", "v(a,b)", "vdb(a)", "i(v1)", "i(v1)"])
    #expect(table.columns == (0..<6).map { column in Self.rows.map { $0[column] } })
  }

  /// The header that ngspice writes and loads.
  @Test func rawFileIsComplex() throws {
    let path = temporaryPath("raw")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try write(to: try Rawfile.sink(path: path))
    let data = try Data(contentsOf: URL(filePath: path))
    let end = try #require(data.range(of: Data("Binary:\n".utf8))).upperBound
    let head = String(decoding: data[..<end], as: UTF8.self)
    #expect(head.contains("Flags: complex\nNo. Variables: 4\nNo. Points: 40 "))
    #expect(
      head.contains(
        "\t0\tfrequency\tfrequency\tgrid=3\n\t1\tv(a,b)\tvoltage\n\t2\tvdb(a)\tnotype\n\t3\ti(v1)\tcurrent\n"))
    #expect(data.count - end == 40 * 4 * 16)
  }

  @Test func asciiRawFileOfNgspice() throws {
    let text = """
      Title: t
      Plotname: AC Analysis
      Flags: complex
      No. Variables: 2
      No. Points: 2
      Variables:
      \t0\tfrequency\tfrequency\tgrid=3
      \t1\tv(out)\tvoltage
      Values:
      0\t1.0e+01,0.0e+00
      \t5.0e-01,-2.5e-01

      1\t1.0e+02,0.0e+00
      \t1.0e-01,-3.0e-01

      """
    let table = try #require(try Rawfile.read(Array(text.utf8), path: "x").first)
    #expect(table.columns == [[10, 100], [0.5, 0.1], [-0.25, -0.3]])
    #expect(table.header.isLogarithmic)
  }

  /// Magnitude and phase of one signal stand in panels of their own, over a logarithmic axis.
  @Test func picturesShowMagnitudeAndPhase() throws {
    let table = WaveformTable(header: Self.header, columns: (0..<6).map { column in Self.rows.map { $0[column] } })
    let figure = try Figure(table, signals: ["v(a,b)"])
    #expect(figure.isLogarithmic)
    #expect(figure.panels.map(\.kind) == [.other(unit: "dB"), .other(unit: "deg")])
    let first = Self.rows[0]
    #expect(abs(figure.panels[0].traces[0].y[0] - 20 * log10(hypot(first[1], first[2]))) < 1e-12)
    #expect(abs(figure.panels[1].traces[0].y[0] - atan2(first[2], first[1]) * 180 / .pi) < 1e-12)
    let recorder = PlotRecorder(signals: ["v(a,b)", "vdb(a)"])
    recorder.begin(Self.header)
    for row in Self.rows { recorder.append(row.span) }
    recorder.finish(.completed)
    let drawn = try #require(recorder.takeFigures().first)
    #expect(drawn.panels.map(\.traces.count) == [2, 1] && drawn.isLogarithmic)
  }

  @Test func printedTableShowsBothParts() {
    let table = PrintedTable(signals: ["v(a,b)", "vdb(a)"])
    table.begin(Self.header)
    let row = Self.rows[0]
    table.append(row.span)
    #expect(table.text.contains("re(v(a,b))") && table.text.contains("im(v(a,b))") && !table.text.contains("i(v1)"))
  }
}
