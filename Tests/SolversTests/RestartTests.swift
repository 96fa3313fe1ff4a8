import Solvers
import Testing

/// Consistent values and slopes behind a discontinuity.
@Suite struct RestartTests {
  /// y and y' after two micro-steps of `h` from `start` at time 1.
  static func restarted(_ problem: HandWrittenProblem, from start: [Double], microStep h: Double) throws
    -> (y: [Double], rate: [Double], consistent: [Double], time: Double)
  {
    let arena = Arena()
    let y = arena.copy(start)
    let rate = arena.doubles(start.count)
    let consistent = arena.doubles(start.count)
    let restart = Restart(problem, matrix: BorderedMatrix(problem.structure))
    let time = try restart.run(time: 1, microStep: h, y: y, rate: rate, consistent: consistent)
    func array(_ pointer: UnsafePointer<Double>) -> [Double] { start.indices.map { pointer[$0] } }
    return (array(y), array(rate), array(consistent), time)
  }

  /// C v' = i, R i = e - v with R = 2, C = 3, e jumping to 5.
  static func charging() -> HandWrittenProblem {
    HandWrittenProblem(reltol: 1e-6, abstol: [1e-9, 1e-9]) { _, y, rate in
      [3 * rate[0] - y[1], 2 * y[1] - (5 - y[0])]
    } jacobian: { _, cj, _, _ in
      [[3 * cj, -1], [1, 2]]
    }
  }

  @Test(arguments: [1e-12, 1e-10, 1e-8, 1e-6]) func slopeBehindAJumpDoesNotDependOnTheStep(h: Double) throws {
    // Before the jump e was 1 and the capacitor full: i = 0 is what is not consistent any more.
    let found = try Self.restarted(Self.charging(), from: [1, 0], microStep: h)
    #expect(abs(found.time - (1 + 2 * h)) < 1e-15)
    #expect(abs(found.consistent[0] - 1) < 2 * h)
    #expect(abs(found.consistent[1] - 2) < 2 * h)
    // v' = i/C, i' = -v'/R, to the two micro-steps' own change and to rounding over h.
    let rounding = 1e-15 / h
    #expect(abs(found.rate[0] - 2.0 / 3) < 2 * h + rounding)
    #expect(abs(found.rate[1] + 1.0 / 3) < 2 * h + rounding)
  }

  /// A capacitor across a source: v = e(t), i = C e'. The first micro-step leaves the jump over h in i, the second has C e'.
  @Test(arguments: [1e-11, 1e-7]) func capacitorAcrossASource(h: Double) throws {
    let problem = HandWrittenProblem(reltol: 1e-6, abstol: [1e-9, 1e-9]) { time, y, rate in
      [y[0] - (7 + 4 * (time - 1)), 3 * rate[0] - y[1]]
    } jacobian: { _, cj, _, _ in
      [[1, 0], [3 * cj, -1]]
    }
    problem.exemptUnknowns = [1]
    let found = try Self.restarted(problem, from: [6, 0], microStep: h)
    #expect(abs(found.y[0] - (7 + 4 * (found.time - 1))) < 1e-14)
    #expect(abs(found.rate[0] - 4) < 1e-14 / h)
    #expect(abs(found.y[1] - 12) < 1e-13 / h)
    // What is shown as the right side of the jump has no 1/h in it; nor has what the integrator is told of i'.
    #expect(abs(found.consistent[1] - 12) < 1e-13 / h)
    #expect(found.rate[1] == 0)
  }

  /// Charges share themselves out when a switch closes: C1 v1' + C2 v2' = 0, v1 = v2. The charge stays what it was.
  @Test func chargeIsConserved() throws {
    let problem = HandWrittenProblem(reltol: 1e-6, abstol: [1e-9, 1e-9]) { _, y, rate in
      [2 * rate[0] + 3 * rate[1], y[0] - y[1]]
    } jacobian: { _, cj, _, _ in
      [[2 * cj, 3 * cj], [1, -1]]
    }
    let found = try Self.restarted(problem, from: [5, 0], microStep: 1e-9)
    #expect(abs(found.y[0] - 2) < 1e-12)
    #expect(abs(found.y[1] - 2) < 1e-12)
    #expect(abs(found.rate[0]) < 1e-5)
  }

  @Test func nonlinearEquationsAreSolvedToRounding() throws {
    // 0 = z³ + z - x, x' = -x.
    let problem = HandWrittenProblem(reltol: 1e-3, abstol: [1e-3, 1e-3]) { _, y, rate in
      [rate[0] + y[0], y[1] * y[1] * y[1] + y[1] - y[0]]
    } jacobian: { _, cj, y, _ in
      [[cj + 1, 0], [-1, 3 * y[1] * y[1] + 1]]
    }
    let found = try Self.restarted(problem, from: [10, -40], microStep: 1e-10)
    #expect(abs(found.y[1] - 2) < 1e-8)
    #expect(abs(found.rate[0] + 10) < 1e-4)
    #expect(abs(found.rate[1] + 10.0 / 13) < 1e-4)
  }

  @Test func hopelessStartIsReported() {
    // 0 = z² + 1 has no solution.
    let problem = HandWrittenProblem(reltol: 1e-6, abstol: [1e-9, 1e-9]) { _, y, rate in
      [rate[0] + y[0], y[1] * y[1] + 1]
    } jacobian: { _, cj, y, _ in
      [[cj + 1, 0], [0, 2 * y[1]]]
    }
    let failure = #expect(throws: SolverFailure.self) {
      try Self.restarted(problem, from: [1, 0.3], microStep: 1e-9)
    }
    #expect(failure?.worstUnknown == 1 || failure?.reason == .singularMatrix)
  }

  @Test func microStepFollowsGapAndLastStep() {
    #expect(Restart.microStep(at: 0, gap: 0.5, lastStep: .infinity) == 1e-9 * 0.5)
    #expect(Restart.microStep(at: 0, gap: 1e-3, lastStep: 1e-6) == 1e-9 * 1e-6)
    #expect(Restart.microStep(at: 1, gap: 1e-9, lastStep: 1) == 64 * (1.0).ulp)
  }
}
