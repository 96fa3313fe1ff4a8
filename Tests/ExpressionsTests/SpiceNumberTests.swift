import Diagnostics
import Expressions
import Testing

@Suite struct SpiceNumberTests {
  @Test(
    arguments: [
      ("36m", 0.036), ("1.5k", 1500), ("100p", 100e-12), ("3meg", 3e6), ("3MEG", 3e6), ("2g", 2e9), ("1t", 1e12),
      ("7u", 7e-6), ("7\u{B5}", 7e-6), ("7\u{3BC}F", 7e-6), ("5n", 5e-9), ("0.3f", 0.3e-15), ("10mil", 254e-6),
      ("1.3mil", 33.02e-6), ("1e3", 1000), ("1e-3k", 1), ("1d3", 1000), (".5", 0.5), ("5.", 5), ("1.7e308", 1.7e308),
      ("1mV", 1e-3), ("2.5ms", 2.5e-3), ("100pF", 100e-12), ("10kOhm", 1e4), ("10k\u{3A9}", 1e4), ("5V", 5), ("1A", 1),
      ("3Hz", 3), ("2MegHz", 2e6), ("1uabc", nil), ("1e-400", 0), ("0e999999999999999999999", 0),
    ] as [(String, Double?)])
  func expressionsReadSuffixesAndUnits(text: String, value: Double?) throws {
    guard let value else {
      #expect(codes(text) == ["unknown-number-tail"])
      return
    }
    guard case .number(let number, _) = try parsed(text) else {
      Issue.record("\(text) is no number")
      return
    }
    #expect(number == value)
  }

  /// The suffix must not cost a rounding of its own, whatever the digits.
  @Test func suffixesAreExact() throws {
    var generator = SeededGenerator(seed: 3)
    let suffixes = [("t", 12), ("g", 9), ("meg", 6), ("k", 3), ("m", -3), ("u", -6), ("n", -9), ("p", -12), ("f", -15)]
    for _ in 0..<3000 {
      let digits =
        "\(Int.random(in: 0...9999, using: &generator)).\(UInt32.random(in: 0...UInt32.max, using: &generator))"
      let (suffix, exponent) = suffixes.randomElement(using: &generator) ?? ("", 0)
      #expect(SpiceNumber.parseField(Array((digits + suffix).utf8)) == Double("\(digits)e\(exponent)"))
    }
  }

  @Test func digitsBeyondCountDecideHalves() throws {
    // One half ulp above 1, and a digit far behind it.
    let half = "1.00000000000000011102230246251565404236316680908203125"
    #expect(SpiceNumber.parseField(half.utf8) == 1)
    #expect(SpiceNumber.parseField((half + String(repeating: "0", count: 2000) + "1").utf8) == 1.0.nextUp)
    #expect(SpiceNumber.parseField(("0." + String(repeating: "0", count: 5000) + "1e5001").utf8) == 1)
    #expect(SpiceNumber.parseField((String(repeating: "0", count: 5000) + "12").utf8) == 12)
  }

  @Test(
    arguments: [
      ("100pF", 100e-12), ("10kOhm", 1e4), ("1uabc", 1e-6), ("-1.5k", -1500), ("+3", 3), ("1k5", 1000), ("1Mabc", 1e-3),
      ("1A", 1), ("4K_x", 4000), ("abc", nil), ("", nil), ("-", nil), ("1.2.3", nil), ("1*2", nil), ("1e999", nil),
      ("--1", nil),
    ] as [(String, Double?)])
  func fieldsAreReadLeniently(text: String, value: Double?) {
    #expect(SpiceNumber.parseField(text.utf8) == value)
  }

  @Test func surprisingCapitalsAreNoted() {
    #expect(codes("1M") == ["capital-m-means-milli"])
    #expect(codes("1MHz") == ["capital-m-means-milli"])
    #expect(codes("1Meg + 1MEG + 1MIL + 1m") == [])
    #expect(codes("1F") == ["capital-f-means-femto"])
    #expect(codes("1f + 1pF") == [])
    var diagnostics = DiagnosticBag()
    #expect(SpiceNumber.field(sourceText("-10Mabc"), diagnostics: &diagnostics) == -0.01)
    #expect(diagnostics.diagnostics.map(\.code) == ["capital-m-means-milli"])
  }

  @Test(arguments: ["2x", "3farad", "5kelvin", "10cm", "1_0", "2m2", "1e", "0x10"])
  func otherTailsProposeAProduct(text: String) throws {
    let complaint = try #require(parse(text).1.diagnostics.first)
    #expect(complaint.code == "unknown-number-tail")
    #expect(complaint.fixIts.first?.replacement?.contains("*") == true)
  }

  @Test func quantitiesOfADeviceAreNoUnits() throws {
    let grammar = ExpressionGrammar(mathematicalPower: true, reservedTails: ["h", "n"])
    #expect(codes("3h", grammar) == ["ambiguous-number-tail"])
    #expect(codes("5N", grammar) == ["ambiguous-number-tail"])
    #expect(codes("3mH + 5nV + 3", grammar) == [])
    #expect(parse("m**3h", grammar).1.diagnostics.first?.fixIts.first?.replacement == "3*h")
  }

  @Test func tooLargeIsAnError() {
    #expect(codes("1e400") == ["number-out-of-range"])
    #expect(codes("1e99999999999999999999999999") == ["number-out-of-range"])
  }
}
