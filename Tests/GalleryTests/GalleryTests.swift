import Foundation
import Neuristor
import TestSupport
import Testing

/// Every netlist below `netlists/` runs; its `.expect` lines are the verdict, and what the reference says of it.
@Suite struct GalleryTests {
  /// The folders of the gallery; other programs' forms have one of their own.
  static let netlists = ["devices", "lines", "neurons"].flatMap {
    Repository.files(below: "netlists/\($0)", endingWith: ".cir")
  }

  @Test(arguments: netlists)
  func holdsWhatItExpects(netlist: String) throws {
    let result = Simulator().run(try ReferenceNumbers.source(of: netlist))
    #expect(result.status == .completed, "\(result.report.text())\n\(result.tables)")
    #expect(!result.expectations.isEmpty, "\(netlist) expects nothing")
    try GalleryNumbers.compare(result.expectations, of: netlist)
  }

  @Test func headsSayWhatTheyShow() throws {
    for netlist in Self.netlists {
      let text = try Repository.text(of: netlist)
      for key in ["* Shows: ", "* Source: ", "* Status: "] {
        #expect(text.contains(key), "\(netlist) has no line '\(key)'")
      }
    }
  }

  @Test func theIndexListsEveryNetlist() throws {
    let index = try Repository.text(of: "Docs/gallery/index.md")
    for netlist in Self.netlists {
      #expect(index.contains("(../../\(netlist))"), "Docs/gallery/index.md does not list \(netlist)")
    }
  }

  /// Whatever a page of the gallery links to, or shows, is there.
  @Test(arguments: Repository.files(below: "Docs/gallery", endingWith: ".md"))
  func linksLeadSomewhere(page: String) throws {
    for link in try Repository.text(of: page).matches(of: #/\]\(([^)#:]+)\)/#) {
      let target = URL(filePath: Repository.path(of: "Docs/gallery")).appending(path: String(link.1)).standardized
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page) links to \(link.1)")
    }
  }
}
