import Foundation
import TestSupport
import Testing

/// The commands that README and the tutorial show (`$ neuristor ...`), typed in order beside the netlists they show.
@Suite struct DocumentedCommandTests {
  static let pages = ["README.md"] + Repository.files(below: "Docs/tutorial", endingWith: ".md")

  @Test(arguments: pages)
  func run(page: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "neuristor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var commands = 0
    var name = ""
    var netlist: [Substring]?
    for line in try Repository.text(of: page).split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = netlist {
        netlist = line == "```" ? nil : lines + [line]
        guard netlist == nil else { continue }
        try #require(name != "", "a netlist of \(page) has no name")
        let text = lines.joined(separator: "\n") + "\n"
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        name = ""
      } else if line == "```netlist" {
        netlist = []
      } else if let file = line.firstMatch(of: /`(\w+\.cir)`/) {
        name = String(file.1)
      } else if let command = line.firstMatch(of: /^    \$ neuristor (.*)$/) {
        commands += 1
        let outcome = try Program.shell("cd '\(folder.path)' && \"$neuristor\" \(command.1)")
        // 1 says that an `.expect` fails, as the page does.
        #expect(outcome.status == 0 || outcome.status == 1 && command.1.contains("amplitude"), "\(command.1)")
      }
    }
    #expect(commands > 0)
  }
}
