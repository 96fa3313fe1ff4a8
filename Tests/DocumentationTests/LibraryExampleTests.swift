import Foundation
import Neuristor
import TestSupport
import Testing

/// The Swift that the module's page shows: it compiles here, letter by letter as it stands there, and runs.
@Suite struct LibraryExampleTests {
  static let page = "Sources/Neuristor/Neuristor.docc/Neuristor.md"

  private func example() {
    // The page from here on.
    let netlist = Source(
      """
      Hodgkin-Huxley neuron, 1 cm2
      .param i0 = 10u
      Istim 0 v  PWL(0 0 1n {i0})
      Cm v 0  1u
      NK v k  hh_potassium
      VK k 0  -77m
      NNa v na  hh_sodium
      VNa na 0  50m
      RL v l  3.33333k
      VL l 0  -54.387m
      .tran 0.1m 100m
      .spikes s v(v)
      .end
      """)

    for current in ["5u", "10u", "20u"] {
      var options = RunOptions()
      options.settings = ["i0": current]
      let result = Simulator().run(netlist, options: options)
      guard result.status == .completed else {
        print(result.report.text())
        break
      }
      print(current, result["s.count"] ?? 0, "spikes,", result["s.rate"] ?? 0, "Hz")
    }
    // The page up to here.
  }

  @Test func theExampleRuns() { example() }

  @Test func thePageShowsThisExample() throws {
    let shown = try block("```swift\nimport Neuristor\n\n", "```\n", of: Self.page)
    let compiled = try block(
      "    // The page from here on.\n", "    // The page up to here.\n",
      of: "Tests/DocumentationTests/LibraryExampleTests.swift")
    let lines = compiled.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasPrefix("    ") ? $0.dropFirst(4) : $0
    }
    #expect(lines.joined(separator: "\n") == shown)
  }

  @Test func currentsMakeSpikes() throws {
    let shown = try block("Source(\n  \"\"\"\n", "  \"\"\")", of: Self.page)
    let text = shown.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: "\n")
    let counts = ["5u", "10u", "20u"].map { current in
      var options = RunOptions()
      options.settings = ["i0": current]
      return Simulator().run(Source(text), options: options)["s.count"]
    }
    #expect(counts == [1, 7, 9])
  }

  /// What stands between `opening` and `closing` in a file of the repository.
  private func block(_ opening: String, _ closing: String, of path: String) throws -> String {
    let text = try Repository.text(of: path)
    let start = try #require(text.range(of: opening)?.upperBound)
    let end = try #require(text.range(of: closing, range: start..<text.endIndex)?.lowerBound)
    return String(text[start..<end])
  }
}
