import Foundation
import Neuristor
import Testing
import Waveforms

/// What ngspice 39 does otherwise than its manual or a closed form says; `Docs/validation.md` tells of each.
@Suite struct NgspiceFaultTests {
  private func point(_ text: String, _ signal: String) -> Double? {
    Simulator().run(Source(text, name: "netlist.cir")).analyses.first?.operatingPoint[signal]
  }

  private func reference(_ text: String, _ signal: String) throws -> Double? {
    try Ngspice.run(text).plots.first?.column(named: signal)?.last
  }

  /// At a corner of a polygon the value is the corner's: 1.
  @Test func tablesHaveCorners() throws {
    let table = """
      A tent, at its top
      V1 a 0 1
      E1 b 0 TABLE {v(a)} = (0, 0) (1, 1) (2, 0)
      R1 b 0 1k
      .op
      .end

      """
    #expect(point(table, "v(b)") == 1)
    if Ngspice.path != nil { #expect(try reference(table, "v(b)") ?? 1 < 0.98) }
  }

  /// TD1 is 0 if it is left out: v(tstep) = 1 - exp(-1) with the default TAU1 = tstep.
  @Test func exponentialsBeginAtOnce() throws {
    let source = """
      A rise from t = 0 on
      V1 a 0 EXP(0 1)
      R1 a 0 1k
      .tran 1m 1m
      .end

      """
    let result = Simulator().run(Source(source, name: "netlist.cir"))
    let value = try #require(result.analyses.first?.waveforms?["v(a)"]?.last)
    #expect(abs(value - (1 - exp(-1))) < 1e-12)
    if Ngspice.path != nil { #expect(try reference(source, "v(a)") == 0) }
  }

  /// A resistor of 1 kohm with a temperature of its own, 127 C: 4 k T R.
  @Test func resistorsMakeNoiseAtTheirTemperature() throws {
    let warm = """
      A warm resistor
      I1 0 a DC 0 AC 1
      R1 a 0 1k temp=127
      .noise v(a) I1 dec 1 1k 10k
      .end

      """
    let density = 4 * 1.380649e-23 * 1e3
    let result = Simulator().run(Source(warm, name: "netlist.cir"))
    let value = try #require(result.analyses.first?.waveforms?["onoise_spectrum"]?.first)
    #expect(abs(value * value / (density * 400.15) - 1) < 1e-9)
    if Ngspice.path != nil {
      let reference = try #require(try Ngspice.run(warm).plots.first?.column(named: "onoise_spectrum")?.first)
      #expect(abs(reference * reference / (density * 300.15) - 1) < 1e-5)
    }
  }

  /// A number behind the model is the area, as its manual says.
  @Test func areasMayStandBare() throws {
    let diode = """
      Two diodes in one
      I1 0 a 1m
      D1 a 0 m 2
      .model m D(is=1e-15)
      .op
      .end

      """
    let thermal = 1.380649e-23 * 300.15 / 1.602176634e-19
    let voltage = try #require(point(diode, "v(a)"))
    #expect(abs(voltage - thermal * log(1e-3 / 2e-15 + 1)) < 1e-9)
    if Ngspice.path != nil { #expect(throws: Ngspice.Failure.self) { try Ngspice.run(diode) } }
  }
}
