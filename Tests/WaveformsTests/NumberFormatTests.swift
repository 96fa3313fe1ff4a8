import Testing
import Waveforms

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0.0, "0"), (1, "1"), (0.001901231, "1.90123m"), (999.9999999, "1k"), (-4.7e-12, "-4.7p"), (2e7, "20meg"),
    (1e-30, "1e-12a"), (.infinity, "inf"),
  ]) func spicePrefixes(_ value: Double, _ text: String) {
    #expect(NumberFormat.spice(value) == text)
  }

  @Test func quantitiesWithUnits() {
    #expect(NumberFormat.quantity(-0.064996379331, unit: "V", digits: 9) == "-64.9963793 mV")
    #expect(NumberFormat.quantity(18.75, unit: "m/s") == "18.75 m/s")
    #expect(NumberFormat.quantity(0.5, unit: "-") == "0.5")
    #expect(NumberFormat.quantity(6.3, unit: "C") == "6.3 C")
    #expect(NumberFormat.significant(0.1, digits: 12) == "0.1")
    #expect(NumberFormat.significant(1.0 / 3) == "0.333333333333")
  }
}
