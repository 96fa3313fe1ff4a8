import Neuristor
import TestSupport
import Testing

/// Errors follow the tolerance that was asked for.
@Suite struct AccuracyTests {
  /// Upward crossings of 0 mV, ms, by two integrators at relative tolerances of 1e-9 and below.
  static let spikes = [1.901231, 16.822652, 31.471888, 46.109062, 60.745343]

  @Test(arguments: [("1e-4", 2e-2), ("1e-5", 3e-3), ("1e-6", 6e-4), ("1e-7", 1.5e-4)])
  func spikesOfTheNeuron(reltol: String, allowed: Double) throws {
    var options = RunOptions()
    options.settings = ["reltol": reltol]
    options.keepsWaveforms = false
    let netlist = try Source(contentsOf: Repository.path(of: "netlists/neurons/hh_neuron.cir"))
    let result = Simulator().run(netlist, options: options)
    for (index, spike) in Self.spikes.enumerated() {
      let found = try #require(result["s.time[\(index + 1)]"])
      #expect(abs(1e3 * found - spike) <= allowed, "spike \(index + 1) at \(1e3 * found) ms")
    }
  }

  /// Last upward crossing in ms: W2 of the benchmark, an axon of `count` compartments.
  @Test(arguments: [(10, 89.078967), (100, 87.362631), (1000, 87.355518)])
  func spikesOfTheAxon(count: Int, expected: Double) throws {
    var options = RunOptions()
    options.settings = ["count": String(count), "reltol": "1e-5"]
    options.keepsWaveforms = false
    let netlist = try Source(contentsOf: Repository.path(of: "Tests/Benchmarks/netlists/w2.cir"))
    let found = try #require(Simulator().run(netlist, options: options)["last"])
    #expect(abs(1e3 * found - expected) < 5e-3)
  }
}
