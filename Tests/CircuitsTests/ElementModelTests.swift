import Circuits
import Devices
import Kernels
import Testing

/// `.model` of type R, C, L; the numbers are what ngspice 39 answers to `@r1[i]`, `@c1[capacitance]`, `@l1[inductance]`.
@Suite struct ElementModelTests {
  /// The value of a quantity that depends on parameters alone, or of the current at 1 V or 1 V/s.
  private func value(_ name: String, of device: String, in text: NetlistText) throws -> Double {
    let reference = try #require(text.circuit.device(named: device))
    let group = text.circuit.groups[reference.group]
    let quantity = try #require(group.model.quantities.first { $0.name == name })
    return group.model.graph.value(of: quantity.value) { leaf in
      if case .parameter(let index) = leaf { group.parameters[index][reference.instance] } else { 1 }
    }
  }

  @Test(arguments: [
    ("R1 1 0 strip l=10u w=1u", 1.214166e-03), ("R1 1 0 strip l=10u", 3.237775e-03), ("R1 1 0 strip 1k", 9.510965e-04),
    ("R1 1 0 1k strip", 9.510965e-04), ("R1 1 0 strip", 4.755483e-03), ("R1 1 0 grown", 3.898842e-04),
    ("R1 1 0 square l=10u", 1e-2), ("R1 1 0 narrow", 1e-2), ("R1 1 0 square", 1e-2),
    ("R1 1 0 strip l=10u w=1u tc1=3m tc2=0 m=2 scale=3 temp=50", 8.028904e-04),
    ("R1 1 0 1k tc1=1m tc2=2u dtemp=10", 9.370315e-04), ("R1 1 0 1k strip l=10u w=1u", 9.510965e-04),
    ("R1 1 0 r=1k tce=0.1", 9.514657e-04), ("R1 1 0 strip r=1k m=3", 2.853290e-03),
    ("R1 1 0 1k grown tc1=1m", 7.797684e-04),
  ])
  func resistorsConductAsInNgspice(card: String, current: Double) throws {
    let text = NetlistText(
      card + """

        V1 1 0 1
        .temp 77
        .model strip r rsh=50 narrow=0.2u short=0.3u defw=2u l=7u tc1=1m tc2=2u tnom=30 r=3k
        .model grown r(r=2k tce=0.5)
        .model square res rsh=100
        .model narrow r(rsh=10 defw=1u r=5k)
        """)
    #expect(text.codes == [])
    #expect(abs(try value("i", of: "r1", in: text) / current - 1) < 1e-6)
  }

  @Test(arguments: [
    ("C1 1 0 thin l=10u w=1u", 5.231856e-14), ("C1 1 0 thin l=10u", 6.672299e-14), ("C1 1 0 thin 1u", 1.051418e-06),
    ("C1 1 0 1u thin", 1.051418e-06), ("C1 1 0 oxide l=10u w=10u", 3.453133e-13),
    ("C1 1 0 etched l=10u w=10u", 9.604e-14), ("C1 1 0 1u tc1=1m tc2=2u dtemp=10 scale=2 m=3", 3 * 2 * 1.0672e-6),
    ("C1 1 0 given l=10u w=10u", 2e-6), ("C1 1 0 capacitance=3p", 3e-12),
  ])
  func capacitorsHoldAsInNgspice(card: String, capacitance: Double) throws {
    let text = NetlistText(
      card + """

        V1 1 0 1
        .temp 77
        .model thin c(cj=1m cjsw=2n narrow=0.2u short=0.3u defw=2u tc1=1m tc2=2u tnom=30)
        .model oxide c(di=3.9 thick=10n)
        .model etched c(cj=1m del=0.1u)
        .model given c(cap=2u cj=1m)
        """)
    #expect(text.codes == [])
    #expect(abs(try value("i", of: "c1", in: text) / capacitance - 1) < 1e-6)
  }

  @Test(arguments: [
    ("L1 1 0 coil tc1=1m", 3.15e-3), ("L1 1 0 coil 1m", 1.05e-3),
    ("L1 1 0 1m warm scale=2", 2.102836e-3), ("L1 1 0 1m tc2=1m dtemp=10", 4.6e-3), ("L1 1 0 1m m=2 tc1=1m", 0.525e-3),
  ])
  func inductorsAreAsInNgspice(card: String, inductance: Double) throws {
    let text = NetlistText(
      card + """

        R1 1 0 1
        .temp 77
        .model coil l(ind=3m tc1=1m)
        .model warm l(ind=5m tc1=1m tc2=2u tnom=30)
        """)
    #expect(text.codes == [])
    let group = try #require(text.circuit.groups.first { $0.model.variables.contains { $0.name == "i" } })
    let flux = try #require(group.model.equations[1].reactive)
    let value = -group.model.graph.value(of: flux) { leaf in
      if case .parameter(let index) = leaf { group.parameters[index][0] } else { 1 }
    }
    #expect(abs(value / inductance - 1) < 1e-6)
  }

  @Test func theNominalTemperatureIsAnOption() throws {
    let text = NetlistText("R1 1 0 1k tc1=1m\nV1 1 0 1\n.options tnom=17")
    #expect(text.codes == [])
    #expect(abs(try value("i", of: "r1", in: text) * 1.01e3 - 1) < 1e-12)
  }

  @Test func modelsAreLocalToASubcircuit() {
    let text = NetlistText(
      """
      V1 a 0 1
      X1 a strip s=50
      X2 a strip s=100
      .subckt strip p s=1
      .model here r(rsh={s})
      R1 p 0 here l=20u w=10u
      .ends
      """)
    #expect(text.codes == [])
    #expect(abs((text.value("x1.r1", "r") ?? 0) - 100) < 1e-12)
    #expect(abs((text.value("x2.r1", "r") ?? 0) - 200) < 1e-12)
  }

  @Test func cardsWithoutAModelKeepTheShortEquations() {
    let text = NetlistText("R1 a 0 1k tc1=1m\nC1 a 0 1p ic=2\nL1 a 0 1m\nV1 a 0 1")
    #expect(text.circuit.groups.map(\.model.name).sorted() == ["capacitor", "inductor", "resistor", "voltage source"])
  }

  @Test func faultsAreSaid() {
    let rest = "\nV1 1 0 1\nR9 1 0 1\n.model thin c(cj=1m)\n.model strip r(rsh=50)\n.model coil l(tc1=1m)"
    #expect(NetlistText("R1 1 0 thin l=1u" + rest).codes == ["wrong-model"])
    #expect(NetlistText("N1 1 0 thin" + rest).codes == ["wrong-model"])
    #expect(NetlistText("C1 1 0 thin" + rest).codes == ["no-value"])
    #expect(NetlistText("R1 1 0 stirp l=1u" + rest).codes == ["unknown-model"])
    #expect(NetlistText("R1 1 0" + rest).codes == ["missing-element-value"])
    #expect(NetlistText("R1 1 0 strip rsh=3" + rest).codes == ["unknown-parameter"])
    #expect(NetlistText("R1 1 0 1k temp=50 dtemp=3" + rest).codes == ["ignored-dtemp"])
    #expect(NetlistText(".model bad c(c=2u)" + rest).codes == ["unknown-parameter"])
    #expect(NetlistText(".model bad l(l=2u)" + rest).codes == ["unknown-parameter"])
  }
}
