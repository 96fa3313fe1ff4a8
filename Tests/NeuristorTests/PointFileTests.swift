import Foundation
import Neuristor
import Testing

/// `PWL file=`: points of a source in a file beside the netlist.
@Suite struct PointFileTests {
  /// Runs a netlist beside a file of points; the codes of complaints and the measure `m`.
  private static func run(_ source: String, points: String) throws -> (
    codes: [String], value: Double?, places: [String]
  ) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let netlist = folder.appending(path: "test.cir")
    try points.write(to: folder.appending(path: "points.txt"), atomically: true, encoding: .utf8)
    try """
    title
    \(source)
    R1 a 0 1k
    .tran 10u 4m
    .measure tran m find v(a) at=1.5m
    .end
    """.write(to: netlist, atomically: true, encoding: .utf8)
    let result = Simulator().run(try Source(contentsOf: netlist.path))
    return (
      result.report.complaints.map(\.code), result.analyses.flatMap(\.measures).first { $0.name == "m" }?.value,
      result.report.complaints.compactMap { $0.place?.file }
    )
  }

  @Test(arguments: [
    "V1 a 0 PWL file=\"points.txt\"", "V1 a 0 PWL(file=points.txt)", "V1 a 0 PWL FILE \"points.txt\"",
    "V1 a 0 PWL(FILE points.txt)", "V1 a 0 PWL pwlfile='points.txt'",
  ])
  func pointsComeFromAFile(source: String) throws {
    let run = try Self.run(source, points: "* time, volts\n0 0\n1m, 2\n# a comment\n2m\t4\r\n3m 0\n")
    #expect(run.codes == [])
    #expect(run.value.map { abs($0 - 3) < 1e-9 } == true)
  }

  @Test func optionsStandBehind() throws {
    let run = try Self.run("V1 a 0 PWL file=points.txt td=0.5m", points: "0 0\n1m 2")
    #expect(run.value.map { abs($0 - 2) < 1e-9 } == true)
  }

  @Test func faultsAreFoundInTheFile() throws {
    let run = try Self.run("V1 a 0 PWL file=points.txt", points: "0 0\n1m two")
    #expect(run.codes == ["not-a-number"])
    #expect(run.places.allSatisfy { $0.hasSuffix("points.txt") })
    #expect(try Self.run("V1 a 0 PWL file=points.txt", points: "0 0\n1m").codes == ["source-argument-count"])
    #expect(try Self.run("V1 a 0 PWL file=other.txt", points: "").codes == ["unreadable-file"])
  }
}
