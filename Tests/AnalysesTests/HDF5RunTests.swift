import Glibc
import Testing
import Waveforms

/// Runs that go into an HDF5 file.
@Suite struct HDF5RunTests {
  static let lines = "V1 a 0 SIN(0 1 1k)\nR1 a b 1k\nC1 b 0 1u\n"

  /// What the file of a run holds.
  private func table(
    _ netlist: String, as format: any OutputFormat.Type, isCancelled: @escaping () -> Bool = { false }
  ) throws -> WaveformTable {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/neuristor-\(getpid())-\(UInt64.random(in: 0 ... .max)).\(format.suffixes[0])"
    defer { unlink(path) }
    _ = NetlistRun(netlist, sink: try format.sink(path: path), isCancelled: isCancelled)
    return try #require(try FormatCatalogue.read(path: path).first)
  }

  @Test(arguments: [".tran 1u 10m", ".dc V1 -1 1 1m", ".op"])
  func holdsTheBitsOfCSV(analysis: String) throws {
    let written = try table(Self.lines + analysis, as: HDF5.self)
    let expected = try table(Self.lines + analysis, as: CSV.self)
    #expect(written.count > 0)
    #expect(written.signals.map(\.name) == expected.signals.map(\.name))
    let bits = { (table: WaveformTable) in table.columns.map { $0.map(\.bitPattern) } }
    #expect(bits(written) == bits(expected))
  }

  @Test func interruptedRunsKeepTheirPoints() throws {
    let points = try table(Self.lines + ".tran 10u 1", as: HDF5.self, isCancelled: { true })
    #expect(points.count > 1)
    #expect(points.count < 10_000)
  }

  @Test func failedRunsKeepTheirPoints() throws {
    let netlist = "V1 a 0 PWL(0 0 1 1)\nR1 a b 1k\nC1 b 0 1u\n.tran 0.1 1\n.save {sqrt(0.55 - v(a))}"
    let points = try table(netlist, as: HDF5.self)
    #expect(points.count == 6)
    #expect(points.columns[1].allSatisfy { $0.isFinite })
  }
}
