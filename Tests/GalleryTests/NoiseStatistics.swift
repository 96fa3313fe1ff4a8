import Foundation
import Neuristor
import TestSupport
import Testing

/// Statistics of noise over long times: `make test-statistics`.
@Suite struct NoiseStatistics {
  /// Means and variances of the open fractions of the squid's channels over 100 s, a tenth of the gallery's tolerances.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["NEURISTOR_LONG_TESTS"] != nil))
  func openFractionsOfChannels() throws {
    var options = RunOptions()
    options.settings = ["stop": "100"]
    options.keepsWaveforms = false
    let netlist = try Source(contentsOf: Repository.path(of: "netlists/devices/hh_fox_lu_clamp.cir"))
    let result = Simulator().run(netlist, options: options)
    #expect(result.status == .completed, "\(result.report.text())\n\(result.tables)")
    #expect(result.expectations.count == 12)
  }
}
