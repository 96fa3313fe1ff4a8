import Foundation
import Protocols
import Testing

/// A circuit that does not start at its rest is given time to come there.
@Suite struct SettlingTests {
  /// The state starts at 1 and rests at 0.25; the output is its voltage.
  private static func netlist(_ tran: String, _ more: String = "") -> String {
    """
    .memristor slow (p n)
    state w = 1          ; -, what drives it
    ddt(w) = (0.25 - w)/5m
    i = 1m*(v - w)
    .endmemristor
    Iin 0 a 0
    N1 a 0 slow
    C1 a 0 1n
    \(more)
    \(tran)
    .neuron slow input=Iin output=v(a) threshold=2 max=10m width=1m
    """
  }

  @Test(arguments: [(".tran 10u 20m", ""), (".tran 10u 20m uic", ".ic v(a)=0"), (".tran 10u 20m", ".ic v(a)=0")])
  func protocolsWaitForTheRest(tran: String, more: String) throws {
    let bench = try #require(NetlistBench(Self.netlist(tran, more)).bench)
    let record = ProtocolCatalogue.examine(bench) { _, _ in }
    #expect(abs(record.value("rest") - 0.25) < 1e-6)
    #expect(record["rest"]?.words == "")
    // A resistor of 1 kohm lifts it from there.
    #expect(abs(record.value("threshold") / 1.75e-3 - 1) < 1e-3)
    #expect(abs(record.value("peak") - (0.25 + 1.2 * 1.75)) < 1e-3)
    #expect(record["recovery"]?.words == "returns")
  }

  @Test func whatFiresByItselfHasNoThreshold() throws {
    let netlist = IntegratorTests.integrator.replacing("Vin a 0 0", with: "Vin a 0 2")
    let record = ProtocolCatalogue.examine(try #require(NetlistBench(netlist).bench)) { _, _ in }
    // Every tau ln 2.
    #expect(record["rest"]?.words == "fires by itself (1.443 kHz)")
    #expect(record["threshold"] == nil)
  }

  @Test func widthIsThatOfTheFirstSpike() throws {
    let netlist = MembraneTests.membrane.replacing(" width=1m", with: "").replacing(
      "C1 a 0 1u", with: "L1 a b 1\nR2 b 0 200")
    // It rings back below half of its peak.
    let record = ProtocolCatalogue.examine(try #require(NetlistBench(netlist).bench)) { _, _ in }
    let width = record.value("pulse_width")
    #expect(width > 0.2e-3 && width < 5e-3)
  }
}
