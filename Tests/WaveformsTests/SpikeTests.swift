import Testing
import Waveforms

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct SpikeTests {
  private let sine: (Double) -> Double = { sin(2 * .pi * $0) }

  @Test func countTimeLatencyRate() {
    let request = SpikeRequest(
      name: "s", signals: [0], signalNames: ["v(a)"], threshold: 0.5, window: AxisWindow(from: 0.5), range: nowhere)
    let table = results(of: [sine], at: steps(60, to: 4), spikes: [request])
    #expect(table.number("s.count") == 3)
    #expect(isNear(table.number("s.time[1]"), 13.0 / 12, within: 1e-14))
    #expect(isNear(table.number("s.latency"), 13.0 / 12 - 0.5, within: 1e-14))
    #expect(isNear(table.number("s.rate"), 1, within: 1e-14))
    #expect(table.failure("s.time[4]")?.description == "spike 4 is asked for, but there are only 3")
    #expect(table.value(of: "s.colour") == nil)
    #expect(table.value(of: "s.time[x]") == nil)
    #expect(table.value(of: "t.count") == nil)
  }

  @Test func signalsByNodeAndTheLastByDefault() {
    let signals: [(Double) -> Double] = (0..<8).map { k in { sin(2 * .pi * ($0 - 0.01 * Double(k))) - 0.2 } }
    let request = SpikeRequest(
      name: "s", signals: Array(0..<8), signalNames: (0..<8).map { "v(c\($0))" }, spacing: 1e-3, range: nowhere)
    let table = results(of: signals, at: steps(30, to: 1), spikes: [request])
    let first = asin(0.2) / (2 * .pi)
    #expect(isNear(table.number("s.time[c3,1]"), first + 0.03, within: 1e-14))
    #expect(isNear(table.number("s.time[v(c3), 1]"), first + 0.03, within: 1e-14))
    #expect(isNear(table.number("s.time[1]"), first + 0.07, within: 1e-14))
    #expect(table.number("s.count[c0]") == 1)
    #expect(table.number("s.rate[c0]") == 0)
    #expect(isNear(table.number("s.velocity"), 0.1, within: 1e-12))
  }

  @Test func velocityNeedsSpacingAndTwoSignals() {
    var spikes = SpikeResults(name: "s", signalNames: ["v(a)"], times: [[1]])
    #expect(spikes.velocity == .failure(.noSpacing))
    spikes.spacing = 1
    #expect(spikes.velocity == .failure(.noVelocity(signals: 1)))
    spikes = SpikeResults(name: "s", signalNames: ["v(a)", "v(b)"], times: [[1], []], spacing: 1)
    #expect(spikes.velocity == .failure(.noSuchSpike(name: "s", wanted: 1, found: 0)))
  }

  @Test func meanAroundSpikesLeavesOutWindowsThatReachOutside() throws {
    // A ramp's mean over [t - 0.1, t + 0.3] is t + 0.1; spikes at 1/12 (left out), 13/12, 25/12, 37/12 (left out).
    let request = SpikeRequest(
      name: "s", signals: [0], signalNames: ["v(a)"], threshold: 0.5, range: nowhere)
    let table = results(
      of: [sine, { $0 }], at: steps(97, to: 3.2),
      [
        .statisticAroundSpikes(
          try #require(MeasureCatalogue.statistic("avg")), signal: 1, SpikeWindow(train: 0, before: 0.1, after: 0.3)),
        .statisticAroundSpikes(
          try #require(MeasureCatalogue.statistic("max")), signal: 0, SpikeWindow(train: 0, before: 1.5, after: 3)),
        .statisticAroundSpikes(
          try #require(MeasureCatalogue.statistic("max")), signal: 0, SpikeWindow(train: 0, before: 0.05, after: 0.3)),
      ], spikes: [request])
    #expect(isNear(table.number("m0"), (13.0 + 25) / 24 + 0.1, within: 1e-12))
    #expect(table.failure("m1") == .noSpikeWindow(spikes: 4))
    #expect(isNear(table.number("m2"), 1, within: 1e-5))
  }
}
