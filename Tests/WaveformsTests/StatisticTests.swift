import Expressions
import Testing
import Waveforms

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct StatisticTests {
  private func statistic(_ keyword: String, _ window: AxisWindow = .whole, signal: Int = 0) throws
    -> MeasureRequest.Quantity
  {
    .statistic(try #require(MeasureCatalogue.statistic(keyword)), signal: signal, window)
  }

  private func check(
    _ keyword: String, of signal: @escaping (Double) -> Double, in window: AxisWindow = .whole, is exact: Double,
    within tolerance: Double
  ) throws {
    let table = results(of: [signal], at: steps(17, to: 2), [try statistic(keyword, window)])
    #expect(isNear(table.number("m0"), exact, within: tolerance), "\(keyword)")
  }

  @Test func extremesOfASineBetweenSteps() throws {
    let sine: (Double) -> Double = { sin(2 * .pi * $0) }
    try check("max", of: sine, is: 1, within: 1e-15)
    try check("min", of: sine, is: -1, within: 1e-15)
    try check("pp", of: sine, is: 2, within: 1e-15)
    try check("min_at", of: sine, is: 0.75, within: 1e-8)
    try check("max_at", of: sine, in: AxisWindow(from: 1, to: 2), is: 1.25, within: 1e-8)
    try check("max", of: sine, in: AxisWindow(from: 0.3, to: 0.6), is: sin(0.6 * .pi), within: 1e-15)
    try check("max_at", of: sine, in: AxisWindow(from: 0.3, to: 0.6), is: 0.3, within: 1e-15)
  }

  @Test func integralsOverAWindow() throws {
    let sine: (Double) -> Double = { sin(2 * .pi * $0) }
    try check("integ", of: sine, in: AxisWindow(from: 0, to: 0.5), is: 1 / .pi, within: 1e-12)
    try check("avg", of: sine, in: AxisWindow(from: 0.1, to: 0.4), is: cos(0.2 * .pi) / .pi / 0.3, within: 1e-11)
    try check("rms", of: sine, is: 0.5.squareRoot(), within: 1e-12)
    try check("avg", of: { $0 }, in: AxisWindow(from: 1.5, to: 7), is: 1.75, within: 1e-15)
    // A peak far narrower than a step makes the rule halve it.
    try check(
      "integ", of: { 1 / (1 + 1e4 * ($0 - 1.03) * ($0 - 1.03)) }, is: 0.01 * (atan(97) + atan(103)), within: 1e-9)
  }

  @Test func polynomialsOfDegreeSevenAreExact() throws {
    try check("integ", of: { pow($0, 7) }, is: 32, within: 1e-13)
  }

  @Test func aWindowOutsideTheRunIsEmpty() throws {
    let table = results(of: [{ $0 }], at: [0, 1], [try statistic("max", AxisWindow(from: 3, to: 4))])
    #expect(table.failure("m0")?.description == "no point of the run lies in the window from 3 to 4")
  }

  @Test func theSideOfAJumpOutsideTheWindowIsNotSeen() throws {
    let set = MeasureSet(
      MeasurePlan(
        watched: [.number(0, nowhere)],
        measures: [
          MeasureRequest(name: "m", quantity: try statistic("max", AxisWindow(from: 1, to: 2)), range: nowhere)
        ]), reltol: 1e-6)
    set.observe(AnalyticSegment(start: 0, end: 1, signals: [{ _ in 5 }]))
    set.observe(AnalyticSegment(start: 1, end: 2, signals: [{ _ in 1 }]))
    #expect(set.finish(scope: EmptyScope()).number("m") == 1)
  }

  @Test func chainsIntegrateOverTheSweptValue() throws {
    let up = stride(from: 0.0, through: 1, by: 0.125).map { (axis: $0, values: [$0]) }
    let down = stride(from: 0.875, through: 0, by: -0.125).map { (axis: $0, values: [$0 + 1]) }
    let table = chainResults(
      of: up + down, [try statistic("integ"), try statistic("avg"), try statistic("max_at"), try statistic("max")],
      signals: 1)
    // Up 1/2, the jump from (1, 1) to (0.875, 1.875) and down to (0, 1) back.
    #expect(isNear(table.number("m0"), 0.5 - 0.125 * 1.4375 - 0.875 * 1.4375, within: 1e-14))
    #expect(isNear(table.number("m1"), (0.5 + 1.4375) / 2, within: 1e-14))
    #expect(table.number("m2") == 0.875)
    #expect(table.number("m3") == 1.875)
  }

  @Test func aSweepDownwardsHasTheSameWindow() throws {
    let down = stride(from: 1.0, through: 0, by: -0.25).map { (axis: $0, values: [$0 * $0]) }
    let table = chainResults(
      of: down,
      [try statistic("max", AxisWindow(from: 0.25, to: 0.5)), try statistic("pp", AxisWindow(from: 0.5, to: 0.25))],
      signals: 1)
    #expect(table.number("m0") == 0.25)
    #expect(table.number("m1") == 0.1875)
  }

  @Test func everyKeywordIsUniqueAndExplained() {
    let keywords = MeasureCatalogue.statistics.map { $0.keyword }
    #expect(Set(keywords).count == keywords.count)
    #expect(MeasureCatalogue.statistics.allSatisfy { !$0.meaning.isEmpty })
  }
}
