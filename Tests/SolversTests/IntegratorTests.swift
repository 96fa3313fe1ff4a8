import Glibc
import Solvers
import Testing

/// IDA on problems whose solutions are known.
@Suite struct IntegratorTests {
  /// Robertson's kinetics as a DAE (Robertson 1966; IDA's own example); values by Radau IIA at 1e-12.
  static func robertson(_ reltol: Double) -> HandWrittenProblem {
    HandWrittenProblem(reltol: reltol, abstol: [1e-2, 1e-6, 1e-2].map { $0 * reltol }) { _, y, rate in
      let slow = 0.04 * y[0]
      let back = 1e4 * y[1] * y[2]
      let fast = 3e7 * y[1] * y[1]
      return [rate[0] + slow - back, rate[1] - slow + back + fast, y[0] + y[1] + y[2] - 1]
    } jacobian: { _, cj, y, _ in
      [
        [cj + 0.04, -1e4 * y[2], -1e4 * y[1]], [-0.04, cj + 1e4 * y[2] + 6e7 * y[1], 1e4 * y[1]],
        [1, 1, 1],
      ]
    }
  }

  @Test(arguments: [1e-4, 1e-6, 1e-8]) func robertsonKinetics(reltol: Double) throws {
    let y = try Self.robertson(reltol).solution(at: 40, y: [1, 0, 0], rate: [-0.04, 0.04, 0])
    for (value, exact) in zip(y, [0.7158270687193, 9.185534764558e-6, 0.2841637457458]) {
      #expect(abs(value / exact - 1) < 20 * reltol)
    }
    #expect(abs(y[0] + y[1] + y[2] - 1) < 1e-12)
  }

  /// Van der Pol's oscillator with ε = 1e-6; values of the Test Set for IVP Solvers (Mazzia & Magherini 2008).
  @Test func vanDerPol() throws {
    let problem = HandWrittenProblem(reltol: 1e-8, abstol: [1e-10, 1e-10]) { _, y, rate in
      [rate[0] - y[1], 1e-6 * rate[1] - ((1 - y[0] * y[0]) * y[1] - y[0])]
    } jacobian: { _, cj, y, _ in
      [[cj, -1], [2 * y[0] * y[1] + 1, 1e-6 * cj - (1 - y[0] * y[0])]]
    }
    let y = try problem.solution(at: 2, y: [2, 0], rate: [0, -2e6])
    #expect(abs(y[0] - 1.706167732170483) < 1e-6)
    #expect(abs(y[1] + 0.8928097010247975) < 1e-6)
  }

  /// A pendulum in Cartesian coordinates with its tension as algebraic unknown (index 1), let go at 90 degrees: it is
  /// back after T = 4 sqrt(L/g) K(1/2).
  @Test func pendulum() throws {
    let g = 9.81
    let problem = HandWrittenProblem(reltol: 1e-9, abstol: Array(repeating: 1e-11, count: 5)) { _, y, rate in
      [
        rate[0] - y[2], rate[1] - y[3], rate[2] + y[4] * y[0], rate[3] + y[4] * y[1] + g,
        y[2] * y[2] + y[3] * y[3] - y[4] * (y[0] * y[0] + y[1] * y[1]) - g * y[1],
      ]
    } jacobian: { _, cj, y, _ in
      [
        [cj, 0, -1, 0, 0], [0, cj, 0, -1, 0], [y[4], 0, cj, 0, y[0]], [0, y[4], 0, cj, y[1]],
        [
          -2 * y[4] * y[0], -2 * y[4] * y[1] - g, 2 * y[2], 2 * y[3], -(y[0] * y[0] + y[1] * y[1]),
        ],
      ]
    }
    let y = try problem.solution(at: 2.36784194757624, y: [1, 0, 0, 0, 0], rate: [0, 0, 0, -g, 0])
    #expect(abs(y[0] - 1) < 1e-6)
    #expect(abs(y[1]) < 1e-6)
    #expect(abs(y[4]) < 1e-5)
  }

  /// y' = z, 0 = z + 20 (y - sin t) - cos t: y = sin t + exp(-20 t).
  static func forcedDecay(_ reltol: Double) -> HandWrittenProblem {
    HandWrittenProblem(reltol: reltol, abstol: [1e-2 * reltol, 1e-2 * reltol]) { time, y, rate in
      [rate[0] - y[1], y[1] + 20 * (y[0] - sin(time)) - cos(time)]
    } jacobian: { _, cj, _, _ in
      [[cj, -1], [20, 1]]
    }
  }

  @Test(arguments: [2, 5]) func errorsFallWithTheTolerance(order: Int) throws {
    let exact = sin(3.0)
    let errors = try [1e-3, 1e-5, 1e-7].map { reltol in
      abs(try Self.forcedDecay(reltol).solution(at: 3, y: [1, -19], rate: [-19, 400], order: order)[0] - exact)
    }
    #expect(errors[0] < 1e-2 && errors[1] < 1e-4 && errors[2] < 1e-6)
    #expect(errors[1] < errors[0] / 10 && errors[2] < errors[1] / 10)
  }

  @Test func highOrdersTakeFewerSteps() throws {
    let steps = try [2, 5].map { order in
      let integrator = try Self.forcedDecay(1e-8).integrator(y: [1, -19], rate: [-19, 400], order: order)
      integrator.setStopTime(3)
      while integrator.time < 3 { try integrator.step(towards: 3) }
      return integrator.statistics.steps
    }
    #expect(steps[1] < steps[0] / 2)
  }

  @Test func stepsKeepTheirLimitAndTheStopTime() throws {
    let integrator = try Self.forcedDecay(1e-4).integrator(y: [1, -19], rate: [-19, 400])
    integrator.setMaximumStep(0.01)
    integrator.setStopTime(1)
    var longest = 0.0
    while integrator.time < 1 {
      try integrator.step(towards: 1)
      longest = max(longest, integrator.time - integrator.previousTime)
    }
    #expect(integrator.time == 1)
    #expect(longest <= 0.01 * (1 + 1e-9))
  }

  /// v = sin t and i = v': a current that a derivative determines (index 2) would stop the run if it took part in the
  /// error test.
  @Test func exemptUnknownsDoNotStopTheRun() throws {
    let problem = HandWrittenProblem(reltol: 1e-4, abstol: [1e-6, 1e-6]) { time, y, rate in
      [y[0] - sin(time), rate[0] - y[1]]
    } jacobian: { _, cj, _, _ in
      [[1, 0], [cj, -1]]
    }
    problem.exemptUnknowns = [1]
    let integrator = try problem.integrator(y: [0, 1], rate: [1, 0])
    integrator.setMaximumStep(0.1)
    integrator.setStopTime(6)
    while integrator.time < 6 { try integrator.step(towards: 6) }
    #expect(integrator.statistics.steps < 500)
    #expect(abs(integrator.y[0] - sin(6.0)) < 1e-9)
    #expect(abs(integrator.y[1] - cos(6.0)) < 1e-2)
  }

  @Test func runsStartAnew() throws {
    let integrator = try Self.forcedDecay(1e-6).integrator(y: [1, -19], rate: [-19, 400])
    integrator.setStopTime(1)
    while integrator.time < 1 { try integrator.step(towards: 1) }
    let before = integrator.statistics.steps
    let y = [sin(1.0) + 0.5, cos(1.0) - 10]
    try integrator.restart(at: 1, y: y, rate: [y[1], -sin(1.0) + 200], initialStep: 1e-6)
    integrator.setStopTime(1.2)
    while integrator.time < 1.2 { try integrator.step(towards: 1.2) }
    #expect(abs(integrator.y[0] - (sin(1.2) + 0.5 * exp(-4))) < 1e-5)
    #expect(integrator.statistics.restarts == 1)
    #expect(integrator.statistics.steps > before)
  }
}
