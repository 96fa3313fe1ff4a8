import Foundation
import Protocols
import Testing

/// A resistor and a capacitor, whose every answer is a formula: what crosses 1 V counts as its spike.
@Suite struct MembraneTests {
  /// tau = 1 ms; the standard pulse is as long.
  static let membrane = """
    Iin 0 a 0
    R1 a 0 1k
    C1 a 0 1u
    .tran 10u 20m
    .neuron membrane input=Iin output=v(a) threshold=1 max=100m width=1m
    """

  static let record: NeuronRecord? = NetlistBench(membrane).bench.map {
    ProtocolCatalogue.examine($0) { _, _ in }
  }

  /// Edges take a thousandth of the width.
  private static let edges = 1e-3

  @Test(arguments: [0.1, 0.2, 0.5, 1, 2, 5])
  func thresholdsFollowTheStrengthDurationCurve(share: Double) throws {
    let record = try #require(Self.record)
    let expected = 1e-3 / (1 - exp(-share))
    let name = share == 1 ? "threshold" : "threshold_\(share == share.rounded() ? "\(Int(share))" : "\(share)")"
    #expect(abs(record.value(name) / expected - 1) < Self.edges)
  }

  @Test func aStepNeedsTheRheobase() throws {
    // It comes within 20 time constants as near as exp(-20).
    #expect(abs(try #require(Self.record).value("rheobase") / 1e-3 - 1) < 2e-5)
  }

  @Test func theSpikeHasItsShape() throws {
    let record = try #require(Self.record)
    let full = 1.2 / (1 - exp(-1.0))
    #expect(abs(record.value("rest")) < 1e-12)
    #expect(abs(record.value("peak") - 1.2) < 1.2e-3)
    #expect(abs(record.value("height") - 1.2) < 1.2e-3)
    #expect(abs(record.value("latency") + 1e-3 * log(1 - 1 / full)) < 2e-6)
    let up = -1e-3 * log(1 - 0.6 / full)
    let down = 1e-3 + 1e-3 * log(2.0)
    #expect(abs(record.value("half_width") - (down - up)) < 2e-6)
    #expect(record.value("spike_count") == 1)
  }

  @Test func theSecondPulseMustFindItBelow() throws {
    // From 1.2 V it falls to 1 V in tau ln 1.2.
    #expect(abs(try #require(Self.record).value("refractory") - (1e-3 + 1e-3 * log(1.2))) < 3e-6)
  }

  @Test func itIsNotAllOrNone() throws {
    let record = try #require(Self.record)
    #expect(abs(record.value("spread") - (3 - 1.01) / 1.2) < 1e-2)
    #expect(abs(record.value("subthreshold") - 0.99) < 2e-3)
  }

  @Test func itReturnsAndDoesNotFireOn() throws {
    let record = try #require(Self.record)
    #expect(record["recovery"]?.words == "returns")
    #expect(record["onset"]?.words == "no step keeps it firing")
    #expect(record["class"] == nil)
  }

  @Test func whatIsGivenIsSpent() throws {
    let record = try #require(Self.record)
    let given = record.value("energy_input")
    // Twice what the capacitor holds at most, and more.
    #expect(given > 1.2e-6)
    #expect(record.value("energy") == given)
    let heat = try #require(record.energies.first { $0.element == "r1" })
    #expect(abs(heat.energy / given - 1) < 1e-4)
    let stored = try #require(record.energies.first { $0.element == "c1" })
    #expect(abs(stored.energy) < 1e-4 * given)
  }

  @Test func rescaledValuesAreInTheSpikesOwnMeasures() throws {
    let record = try #require(Self.record)
    #expect(record["height"]?.rescaled == 1)
    #expect(record["half_width"]?.rescaled == 1)
    #expect(record["threshold"]?.rescaled == 1)
    #expect(record["peak"]?.rescaled == 1)
    #expect(record["energy"]?.rescaled == 1)
    let refractory = try #require(record["refractory"]?.rescaled)
    #expect(abs(refractory - record.value("refractory") / record.value("half_width")) < 1e-12)
  }
}
