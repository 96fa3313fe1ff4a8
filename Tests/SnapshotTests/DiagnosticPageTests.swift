import Foundation
import Neuristor
import TestSupport
import Testing

/// Faulty netlists and the pages that they bring: `Snapshots/diagnostics/x.cir` and `x.txt`.
///
/// `make snapshots` writes the pages anew; a difference is reviewed like code.
@Suite struct DiagnosticPageTests {
  static let folder = "Tests/Snapshots/diagnostics"
  static let netlists = Repository.files(below: folder, endingWith: ".cir").filter { !$0.contains("/parts/") }
  static let writesAnew = ProcessInfo.processInfo.environment["NEURISTOR_WRITE_SNAPSHOTS"] != nil

  @Test(arguments: netlists)
  func pageIsAsReviewed(netlist: String) throws {
    let path = Repository.path(of: netlist)
    let page = Self.page(of: try Source(contentsOf: path))
    let snapshot = URL(filePath: String(path.dropLast(4)) + ".txt")
    if Self.writesAnew { try page.write(to: snapshot, atomically: true, encoding: .utf8) }
    #expect(page == (try? String(contentsOf: snapshot, encoding: .utf8)), "make snapshots, then review the difference")
  }

  /// What the terminal shows of a run, paths cut to file names.
  private static func page(of source: Source) -> String {
    var options = RunOptions()
    options.isCancelled = { false }
    let result = Simulator().run(source, options: options)
    let folder = Repository.path(of: Self.folder) + "/"
    return result.report.text().replacingOccurrences(of: folder, with: "") + "-- \(result.status)\n"
  }

  @Test(arguments: netlists)
  func saysWhereAndFails(netlist: String) throws {
    let result = Simulator().run(try Source(contentsOf: Repository.path(of: netlist)))
    #expect(result.status == .invalid || result.status == .gaveUp)
    #expect(result.report.hasErrors)
    #expect(result.report.complaints.contains { $0.severity == .error && $0.place != nil })
  }

  @Test func everyPageHasItsNetlist() {
    let pages = Repository.files(below: Self.folder, endingWith: ".txt")
    #expect(pages.map { $0.dropLast(4) } == Self.netlists.map { $0.dropLast(4) })
    #expect(Self.netlists.count >= 100)
  }
}
