import Expressions
import Testing
import Waveforms

@Suite struct ExpectationTests {
  private func verdict(_ expected: Double, _ tolerance: Waveforms.Expectation.Tolerance, measured: Double) -> Verdict {
    Verdict(
      expectation: Waveforms.Expectation(
        subject: .result("m"), analysis: nil, expected: expected, tolerance: tolerance, text: "m", range: nowhere),
      measured: .success(measured))
  }

  @Test func tolerances() {
    #expect(verdict(2, .relative(1e-3), measured: 2.0019).holds)
    #expect(!verdict(2, .relative(1e-3), measured: 2.0021).holds)
    #expect(!verdict(-2, .absolute(1e-3), measured: -2.0011).holds)
    #expect(verdict(0, .absolute(1e-3), measured: -1e-3).holds)
    #expect(
      verdict(2, .absolute(1e-3), measured: 2.5).sentence == "m = 2.5, expected 2: off by 0.5, allowed 0.001")
  }

  @Test func aFailedMeasureFailsItsExpectation() {
    var table = ResultTable()
    table.measures = [MeasureResult(name: "m", value: .failure(.noWholePeriod))]
    table.spikes = [SpikeResults(name: "s", signalNames: ["v(a)"], times: [[1, 2]])]
    func expectation(_ subject: Waveforms.Expectation.Subject, _ kind: AnalysisKind?, _ value: Double)
      -> Waveforms.Expectation
    {
      Waveforms.Expectation(
        subject: subject, analysis: kind, expected: value, tolerance: .relative(1e-3), text: "x", range: nowhere)
    }
    let plan = ExpectationPlan(
      signals: [.number(0, nowhere)],
      expectations: [
        expectation(.result("m"), nil, 1), expectation(.result("s.time[2]"), .tran, 2),
        expectation(.result("s.time[2]"), .dc, 2), expectation(.signal(0), .op, 4),
        expectation(.signalCondition(0), .op, 0),
      ])
    let verdicts = plan.verdicts(on: [(.tran, table)], operatingPoint: [4], scope: EmptyScope())
    #expect(verdicts.map(\.holds) == [false, true, false, true, true])
    #expect(Tables.verdicts(verdicts).contains("2 of 5 expectations failed"))
  }
}
