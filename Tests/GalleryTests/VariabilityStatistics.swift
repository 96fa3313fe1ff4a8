import Foundation
import Neuristor
import TestSupport
import Testing

/// How often a line of unlike devices fails, and how much its spikes scatter: what Docs/gallery/mott-line.md says.
///
/// A sample's draws do not depend on how many samples there are, so that the first hundred are those of the thousand.
@Suite struct VariabilityStatistics {
  private func lines(_ samples: Int, sigma: String) throws -> (failed: Int, mean: Double, deviation: Double) {
    var options = RunOptions()
    options.settings = ["samples": String(samples), "sigma": sigma]
    options.keepsWaveforms = false
    let netlist = "netlists/lines/mott_line_variability.cir"
    let result = Simulator().run(try Source(contentsOf: Repository.path(of: netlist)), options: options)
    #expect(result.status == .completed, "\(result.report.text())")
    try #require(result.runs.count == samples)
    // Of the last stage.
    let arrivals = result.runs.compactMap { $0["s.count"] == 1 ? $0["s.time[1]"] : nil }
    let mean = arrivals.reduce(0, +) / Double(arrivals.count)
    let squares = arrivals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (samples - arrivals.count, mean, (squares / Double(arrivals.count - 1)).squareRoot())
  }

  @Test func aHundredLines() throws {
    let found = try lines(100, sigma: "1")
    #expect(abs(found.failed - 8) <= 1)
    #expect(abs(found.mean - 6.624e-6) < 0.01e-6)
    #expect(abs(found.deviation - 0.379e-6) < 0.01e-6)
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["NEURISTOR_LONG_TESTS"] != nil))
  func aThousandLines() throws {
    let found = try lines(1000, sigma: "1")
    #expect(abs(found.failed - 53) <= 3)
    #expect(abs(found.mean - 6.585e-6) < 0.01e-6)
    #expect(abs(found.deviation - 0.356e-6) < 0.01e-6)
  }
}
