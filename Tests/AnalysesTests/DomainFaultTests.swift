import Diagnostics
import Testing

/// A run that leaves the domain of an equation names device, quantity and time (LANGUAGE, section 4).
@Suite struct DomainFaultTests {
  /// A state that grows by 1 per second from 0.5, and a quantity of it that enters weakly.
  private static func run(_ quantity: String, range: String = "") -> NetlistRun {
    NetlistRun(
      """
      .memristor dev
        state x \(range) = 0.5
        half = x/2
        q = \(quantity)
        ddt(x) = 1 + 1p*q
        i = 1m*v
      .endmemristor
      V1 a 0 1
      N0 a 0 safe
      .memristor safe
        i = 1u*v
      .endmemristor
      N1 a 0 dev
      N2 a 0 dev x=0.1
      .tran 1m 2
      """)
  }

  @Test(arguments: [
    ("ln(0.8 - x)", "the logarithm of a number that is not positive", "ln(0.8 - x)"),
    ("sqrt(0.4 - half)", "the square root of a negative number", "sqrt("),
    ("(0.8 - x)**0.3", "a negative number to a power that is no whole number", "(0.8 - x)**0.3"),
    ("acos(x + 0.2)", "an inverse function outside its range", "acos("),
  ])
  func deviceQuantityAndTimeAreNamed(quantity: String, reason: String, formula: String) throws {
    for range in ["", "in [0, 1]"] {
      let run = Self.run(quantity, range: range)
      let complaint = try #require(run.complaint("outside-domain"), "\(run.words)")
      #expect(complaint.message.hasSuffix("@n1[q] meets \(reason)"), "\(run.words)")
      #expect(complaint.message.contains("t = 0.3 s") || complaint.message.contains("t = 0.29999"))
      #expect(complaint.notes.contains { $0.hasPrefix(formula) && $0.contains(" = 0.") }, "\(run.words)")
      #expect(complaint.range != nil)
    }
  }

  @Test func aSourceIsNamedWithItsNodes() throws {
    let run = NetlistRun(
      """
      V1 in 0 SIN(0 1 1k)
      R1 in a 1k
      C1 a 0 10n
      X1 a cell
      .subckt cell p
      B1 p 0 I=1m*sqrt(v(p) + 0.5)
      B2 p 0 I=1m*v(p)**2
      .ends
      .tran 10u 1m
      """)
    let complaint = try #require(run.complaint("outside-domain"), "\(run.words)")
    #expect(complaint.message.contains("@x1.b1[i] meets the square root"))
    #expect(complaint.notes.contains { $0.contains("v(a) = -0.5") }, "\(run.words)")
  }

  @Test func theStartIsNoExcuse() throws {
    let complaint = try #require(Self.run("ln(-v)").complaint("outside-domain"))
    #expect(complaint.message.contains("@n1[q] meets the logarithm"))
  }

  @Test func anOperatingPointSaysWhatItMet() throws {
    let run = NetlistRun("V1 in 0 -1\nR1 in a 1k\nB1 a 0 I=1m*ln(v(a))\n.op")
    let complaint = try #require(run.complaint("no-operating-point"))
    #expect(complaint.notes.contains { $0.contains("@b1[i] meets the logarithm") }, "\(run.words)")
  }
}
