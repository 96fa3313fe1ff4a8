import Protocols
import Testing

/// The squid's membrane under the reference's own pulses (bio-models section 1).
@Suite struct HodgkinHuxleyTests {
  private static let rest = -64.996379331e-3

  private func bench() throws -> TestBench {
    try #require(try NetlistBench(gallery: "netlists/neurons/hh_neuron.cir").bench)
  }

  @Test func spikeToAPulseOfThirtyMicroamperes() throws {
    let stimulus = Stimulus.pulse(amplitude: 30e-6, width: 0.5e-3)
    let spike = try #require(SpikeShape(of: stimulus, until: 20e-3, rest: Self.rest, try bench()))
    #expect(abs(spike.peak - 40.3143e-3) < 10e-6)
    #expect(abs(spike.peakTime - 1.4705e-3) < 1e-6)
    #expect(abs(try #require(spike.halfWidth) - 1.4745e-3) < 1e-6)
    #expect(abs(try #require(spike.lowest) + 76.1809e-3) < 10e-6)
    #expect(abs(try #require(spike.lowestTime) - 4.336e-3) < 1e-6)
    #expect(spike.count == 1)
  }

  @Test func twoPulsesOfThirtyMicroamperes() throws {
    let found = RefractoryProtocol.refractoryTime(try bench(), 30e-6, 0.5e-3, spikes: 1)
    #expect(abs(try #require(found.time) - 11.662e-3) < 10e-6)
  }

  @Test func noSpikeHasNoShape() throws {
    let stimulus = Stimulus.pulse(amplitude: 1e-6, width: 0.5e-3)
    #expect(SpikeShape(of: stimulus, until: 20e-3, rest: Self.rest, try bench()) == nil)
  }
}
