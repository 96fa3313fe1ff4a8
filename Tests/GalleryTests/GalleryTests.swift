import Neuristor
import TestSupport
import Testing

/// Every netlist below `netlists/` runs, and its `.expect` lines are the verdict.
@Suite struct GalleryTests {
  static let netlists = Repository.files(below: "netlists", endingWith: ".cir")

  @Test(arguments: netlists)
  func holdsWhatItExpects(netlist: String) throws {
    let result = Simulator().run(try Source(contentsOf: Repository.path(of: netlist)))
    #expect(result.status == .completed, "\(result.report.text())\n\(result.tables)")
    #expect(!result.expectations.isEmpty, "\(netlist) expects nothing")
  }

  @Test func headsSayWhatTheyShow() throws {
    for netlist in Self.netlists {
      let text = try Repository.text(of: netlist)
      for key in ["* Shows: ", "* Source: ", "* Status: "] {
        #expect(text.contains(key), "\(netlist) has no line '\(key)'")
      }
    }
  }
}
