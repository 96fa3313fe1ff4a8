import Testing
import Waveforms

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Measures of signals that go on and off, final values and slopes, against closed forms.
@Suite struct CycleTests {
  private let sine: (Double) -> Double = { sin(2 * .pi * $0) }
  private let times = steps(400, to: 4)

  @Test func aSineIsOnWhileItIsAboveItsLevel() {
    let levels = CycleLevels(on: 0.5, off: 0.5)
    let table = results(of: [sine], at: times, CycleKind.allCases.map { .cycles($0, signal: 0, levels, .whole) })
    #expect(isNear(table.number("m0"), 1.0 / 3, within: 1e-9))
    #expect(isNear(table.number("m1"), 1, within: 1e-12))
    #expect(isNear(table.number("m2"), 1.0 / 3, within: 1e-9))
    #expect(isNear(table.number("m3"), 2.0 / 3, within: 1e-9))
  }

  /// On from arcsin(0.5) until it falls below -0.5: half a period, two levels apart.
  @Test func twoLevelsMakeAHysteresis() {
    let levels = CycleLevels(on: 0.5, off: -0.5)
    let window = AxisWindow(from: 1, to: 3)
    let table = results(of: [sine], at: times, [.cycles(.duty, signal: 0, levels, window)])
    // The window begins between the levels: neither on nor off before the first crossing.
    #expect(isNear(table.number("m0"), 0.5, within: 1e-9))
    let off = results(of: [sine], at: times, [.cycles(.frequency, signal: 0, CycleLevels(on: 2, off: 2), .whole)])
    #expect(off.number("m0") == 0)
  }

  @Test func aFinalValueIsThatOfTheWindow() throws {
    let final = try #require(MeasureCatalogue.statistic("final"))
    let table = results(
      of: [sine], at: times,
      [.statistic(final, signal: 0, .whole), .statistic(final, signal: 0, AxisWindow(from: 0, to: 1.25))])
    #expect(isNear(table.number("m0"), 0, within: 1e-9))
    #expect(isNear(table.number("m1"), 1, within: 1e-9))
  }

  @Test func slopesAreDerivativesByTheAxis() {
    let crossing = CrossingCondition(signal: 0, level: .constant(0.5), edge: .fall, occurrence: .number(2))
    let table = results(
      of: [sine], at: times, [.slope(signal: 0, .at(1.125)), .slope(signal: 0, .crossing(crossing))])
    #expect(isNear(table.number("m0"), 2 * .pi * cos(0.25 * .pi), within: 1e-5))
    #expect(isNear(table.number("m1"), -2 * .pi * cos(.pi / 6), within: 1e-5))
    let chain = chainResults(
      of: (0...10).map { (Double($0), [Double($0 * $0)]) }, [.slope(signal: 0, .at(4.5))], signals: 1)
    #expect(isNear(chain.number("m0"), 9, within: 1e-9))
  }

  @Test func crossingsCountFromTheLastOneToo() {
    let levels = [-1, -3, -9].map {
      MeasureRequest.Quantity.when(
        CrossingCondition(signal: 0, level: .constant(0.5), edge: .rise, occurrence: .fromLast(-$0)))
    }
    let table = results(of: [sine], at: times, levels)
    #expect(isNear(table.number("m0"), 3 + 1.0 / 12, within: 1e-9))
    #expect(isNear(table.number("m1"), 1 + 1.0 / 12, within: 1e-9))
    #expect(table.failure("m2") == .tooFewCrossings(found: 4, .rise, .fromLast(9)))
  }
}
