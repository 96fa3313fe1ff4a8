import Glibc
import Solvers
import Testing

/// What IDA makes of points where the equations cannot be evaluated.
@Suite struct IntegratorFailureTests {
  /// y' = -y with a residual that can be spoilt.
  static func decay() -> HandWrittenProblem {
    HandWrittenProblem(reltol: 1e-6, abstol: [1e-9]) { _, y, rate in
      [rate[0] + y[0]]
    } jacobian: { _, cj, _, _ in
      [[cj + 1]]
    }
  }

  static func run(_ problem: HandWrittenProblem) throws -> (value: Double, statistics: IntegrationStatistics) {
    let integrator = try problem.integrator(y: [1], rate: [-1])
    integrator.setStopTime(1)
    while integrator.time < 1 {
      try integrator.step(towards: 1)
      #expect(integrator.y[0].isFinite)
    }
    return (integrator.y[0], integrator.statistics)
  }

  @Test func soundRunHasNoFailures() throws {
    let run = try Self.run(Self.decay())
    #expect(run.statistics.convergenceFailures == 0)
    #expect(abs(run.value - exp(-1)) < 1e-5)
  }

  @Test func notANumberShrinksTheStep() throws {
    let problem = Self.decay()
    problem.poisonedCalls = 30..<36
    let run = try Self.run(problem)
    #expect(run.statistics.convergenceFailures > 0)
    #expect(abs(run.value - exp(-1)) < 1e-5)
  }

  @Test func refusedPointShrinksTheStep() throws {
    let problem = Self.decay()
    problem.refusedCalls = 30..<33
    let run = try Self.run(problem)
    #expect(run.statistics.convergenceFailures > 0)
    #expect(abs(run.value - exp(-1)) < 1e-5)
  }

  /// y' = 1 beyond whose 0.5 nothing is defined: the run stops there and says so.
  @Test func wallIsReported() throws {
    let problem = HandWrittenProblem(reltol: 1e-6, abstol: [1e-9]) { _, y, rate in
      [y[0] < 0.5 ? rate[0] - 1 : .nan]
    } jacobian: { _, cj, _, _ in
      [[cj]]
    }
    let failure = #expect(throws: SolverFailure.self) { try problem.solution(at: 1, y: [0], rate: [1]) }
    #expect(abs((failure?.time ?? 0) - 0.5) < 1e-3)
    #expect(failure?.worstUnknown == 0)
  }

  /// The Jacobian of 0 y' + 0 y = 1 is singular whatever the step.
  @Test func singularMatrixIsReported() throws {
    let problem = HandWrittenProblem(reltol: 1e-6, abstol: [1e-9, 1e-9]) { _, y, rate in
      [rate[0] + y[0], 0 * y[1] + 1]
    } jacobian: { _, cj, _, _ in
      [[cj + 1, 0], [0, 0]]
    }
    let failure = #expect(throws: SolverFailure.self) { try problem.solution(at: 1, y: [1, 0], rate: [-1, 0]) }
    #expect(failure?.reason == .singularMatrix)
  }
}
