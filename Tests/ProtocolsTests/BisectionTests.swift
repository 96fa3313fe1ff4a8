import Protocols
import Testing

/// Thresholds by bisection.
@Suite struct BisectionTests {
  @Test(arguments: [0.3, 1e-3, 0.99, -0.2])
  func findsTheBorder(border: Double) throws {
    let largest = border < 0 ? -1.0 : 1.0
    let found = try #require(Bisection.threshold(below: largest) { abs($0) >= abs(border) })
    #expect(abs(found / border - 1) < 1.1e-5)
    #expect(abs(found) >= abs(border))
  }

  @Test func nothingDoes() {
    #expect(Bisection.threshold(below: 1) { _ in false } == nil)
  }

  @Test func theLowestStretchCounts() throws {
    // It blocks from 0.6 on.
    let found = try #require(Bisection.threshold(below: 1) { $0 >= 0.1 && $0 < 0.6 })
    #expect(abs(found - 0.1) < 1e-5)
  }

  @Test func whatHappensByItselfHasNoThreshold() throws {
    #expect(try #require(Bisection.threshold(below: 1) { _ in true }) < 1e-5)
  }
}
