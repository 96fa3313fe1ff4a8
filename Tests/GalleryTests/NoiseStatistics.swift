import Foundation
import Neuristor
import TestSupport
import Testing

/// Statistics of noise over long times and many instances: `make test-statistics`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["NEURISTOR_LONG_TESTS"] != nil))
struct NoiseStatistics {
  private func run(_ netlist: String, _ settings: [String: String]) throws -> SimulationResult {
    var options = RunOptions()
    options.settings = settings
    options.keepsWaveforms = false
    let result = Simulator().run(try Source(contentsOf: Repository.path(of: netlist)), options: options)
    #expect(result.status == .completed, "\(result.report.text())\n\(result.tables)")
    return result
  }

  /// Means and variances of the open fractions of the squid's channels over 20 s, a third of the gallery's tolerances
  /// (bio-models section 7).
  @Test func openFractionsOfChannels() throws {
    #expect(try run("netlists/devices/hh_fox_lu_clamp.cir", ["stop": "20"]).expectations.count == 12)
  }

  /// How many of 400 noisy patches of the squid's membrane fire, below, at and above the threshold of one without noise.
  @Test(arguments: ["6", "7", "8"])
  func firingOfPatches(amplitude: String) throws {
    _ = try run("netlists/neurons/hh_fox_lu_threshold.cir", ["amplitude": amplitude, "trials": "400"])
  }

  /// How many of 160 noisy Mott neuristors fire (mott-models section 7): none, one in 80, 43 in 100, all.
  @Test(arguments: ["0.2425", "0.243", "0.2435", "0.2445"])
  func firingOfNeuristors(amplitude: String) throws {
    _ = try run("netlists/neurons/mott_neuristor_noisy.cir", ["amplitude": amplitude, "trials": "160"])
  }
}
