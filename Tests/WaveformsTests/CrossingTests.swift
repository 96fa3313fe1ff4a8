import Expressions
import Testing
import Waveforms

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct CrossingTests {
  private let sine: (Double) -> Double = { sin(2 * .pi * $0) }

  @Test func crossingsOfASineAreExactToRounding() {
    let times = steps(23, to: 2)
    let quantities: [MeasureRequest.Quantity] = (1...4).map { number in
      .when(CrossingCondition(signal: 0, level: .constant(0.5), occurrence: .number(number)))
    }
    let table = results(of: [sine], at: times, quantities)
    for (number, exact) in [1.0 / 12, 5.0 / 12, 13.0 / 12, 17.0 / 12].enumerated() {
      #expect(isNear(table.number("m\(number)"), exact, within: 2e-15))
    }
  }

  @Test func edgesAndLast() {
    let times = steps(40, to: 3)
    func when(_ edge: CrossingEdge, _ occurrence: CrossingOccurrence, _ window: AxisWindow = .whole)
      -> MeasureRequest.Quantity
    {
      .when(
        CrossingCondition(signal: 0, level: .constant(0.5), edge: edge, occurrence: occurrence, window: window))
    }
    let table = results(
      of: [sine], at: times,
      [
        when(.rise, .number(2)), when(.fall, .number(2)), when(.cross, .last), when(.rise, .last),
        when(.rise, .number(1), AxisWindow(from: 0.5)), when(.rise, .number(4)),
      ])
    #expect(isNear(table.number("m0"), 13.0 / 12, within: 1e-14))
    #expect(isNear(table.number("m1"), 17.0 / 12, within: 1e-14))
    #expect(isNear(table.number("m2"), 29.0 / 12, within: 1e-14))
    #expect(isNear(table.number("m3"), 25.0 / 12, within: 1e-14))
    #expect(isNear(table.number("m4"), 13.0 / 12, within: 1e-14))
    #expect(table.failure("m5") == .tooFewCrossings(found: 3, .rise, .number(4)))
  }

  @Test func aSignalThatStartsOnItsLevelHasNotCrossed() {
    let table = results(
      of: [sine], at: steps(20, to: 1), [.when(CrossingCondition(signal: 0, level: .constant(0)))])
    #expect(isNear(table.number("m0"), 0.5, within: 1e-15))
  }

  @Test func oneSignalAgainstAnother() {
    let table = results(
      of: [{ $0 * $0 }, { 2 - $0 }], at: steps(3, to: 2), [.when(CrossingCondition(signal: 0, level: .signal(1)))])
    #expect(isNear(table.number("m0"), 1, within: 1e-15))
  }

  @Test func aJumpBetweenSegmentsIsACrossingAtTheJump() {
    let set = MeasureSet(
      MeasurePlan(
        watched: [.number(0, nowhere)],
        measures: [
          MeasureRequest(
            name: "t", quantity: .when(CrossingCondition(signal: 0, level: .constant(0.5))), range: nowhere)
        ]), reltol: 1e-6)
    set.observe(AnalyticSegment(start: 0, end: 1, signals: [{ _ in 0 }]))
    set.observe(AnalyticSegment(start: 1, end: 2, signals: [{ _ in 1 }]))
    #expect(set.finish(scope: EmptyScope()).number("t") == 1)
  }

  @Test func findReadsASignalAtAnInstant() {
    let atHalf = CrossingCondition(signal: 0, level: .constant(0.5), edge: .rise, occurrence: .number(2))
    let table = results(
      of: [sine, { 3 * $0 }], at: steps(40, to: 2),
      [
        .find(signal: 1, .crossing(atHalf)), .find(signal: 1, .at(0.3)), .find(signal: 1, .at(2)),
        .find(signal: 1, .at(2.5)),
      ])
    #expect(isNear(table.number("m0"), 3.25, within: 1e-14))
    #expect(table.number("m1") == 3 * 0.3)
    #expect(table.number("m2") == 6)
    #expect(table.failure("m3") == .outsideRun(axis: 2.5, from: 0, to: 2))
  }

  @Test func delayFromTriggerToTarget() {
    let rise = Instant.crossing(CrossingCondition(signal: 0, level: .constant(0.5), edge: .rise))
    let fall = Instant.crossing(
      CrossingCondition(signal: 0, level: .constant(0.5), edge: .fall, window: AxisWindow(from: 1)))
    let never = Instant.crossing(CrossingCondition(signal: 0, level: .constant(2)))
    let table = results(
      of: [sine], at: steps(40, to: 2),
      [.delay(from: rise, to: fall), .delay(from: .at(0.5), to: rise), .delay(from: rise, to: never)])
    #expect(isNear(table.number("m0"), 16.0 / 12, within: 1e-14))
    #expect(isNear(table.number("m1"), 1.0 / 12 - 0.5, within: 1e-14))
    #expect(table.failure("m2")?.description == "targ: there is no crossing")
  }

  @Test func aChainThatReturnsCrossesTwice() {
    let up = stride(from: 0.0, through: 1, by: 0.25).map { (axis: $0, values: [$0 * 2]) }
    let chain = up + up.dropLast().reversed()
    func when(_ edge: CrossingEdge, _ number: Int) -> MeasureRequest.Quantity {
      .when(CrossingCondition(signal: 0, level: .constant(0.9), edge: edge, occurrence: .number(number)))
    }
    let table = chainResults(
      of: chain, [when(.rise, 1), when(.fall, 1), when(.cross, 2), .find(signal: 0, .at(0.6))], signals: 1)
    #expect(isNear(table.number("m0"), 0.45, within: 1e-15))
    #expect(isNear(table.number("m1"), 0.45, within: 1e-15))
    #expect(isNear(table.number("m2"), 0.45, within: 1e-15))
    #expect(isNear(table.number("m3"), 1.2, within: 1e-15))
  }
}
