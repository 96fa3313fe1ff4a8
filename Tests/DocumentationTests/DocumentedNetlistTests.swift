import Neuristor
import TestSupport
import Testing

/// Every netlist that README and Docs show runs.
@Suite struct DocumentedNetlistTests {
  /// A fenced block marked `netlist`, where it stands, and whether it is one that is meant to fail.
  struct Example: CustomTestStringConvertible, Sendable {
    let page: String
    let line: Int
    let text: String

    var testDescription: String { "\(page):\(line)" }
  }

  static let examples: [Example] = {
    let pages =
      ["README.md"] + Repository.files(below: "Docs", endingWith: ".md")
      + Repository.files(below: "Sources/Neuristor", endingWith: ".md")
    return pages.flatMap { page in (try? Repository.text(of: page)).map { examples(in: $0, of: page) } ?? [] }
  }()

  private static func examples(in text: String, of page: String) -> [Example] {
    var examples: [Example] = []
    var block: (line: Int, lines: [Substring])?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("```") {
        if let open = block {
          examples.append(Example(page: page, line: open.line, text: open.lines.joined(separator: "\n") + "\n"))
          block = nil
        } else if line == "```netlist" {
          block = (index + 2, [])
        }
      } else {
        block?.lines.append(line)
      }
    }
    return examples
  }

  @Test(arguments: examples)
  func runs(example: Example) {
    let result = Simulator().run(Source(example.text, name: example.page))
    #expect(result.status == .completed, "\(result.report.text())\n\(result.tables)")
  }

  @Test func thereAreExamples() {
    #expect(Self.examples.contains { $0.page == "README.md" })
    #expect(Self.examples.contains { $0.page.hasPrefix("Docs/tutorial") })
    #expect(Self.examples.contains { $0.page.hasPrefix("Docs/manual") })
  }
}
