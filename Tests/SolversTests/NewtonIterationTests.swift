import Solvers
import Testing

/// Our own Newton iteration decides as IDA's does: the same steps, the same numbers.
@Suite struct NewtonIterationTests {
  struct Outcome: Equatable {
    var y: [Double] = []
    var steps = 0
    var iterations = 0
    var jacobians = 0
    var failures = 0
  }

  static func run(
    _ problem: HandWrittenProblem, to end: Double, y: [Double], rate: [Double], sweeps: Bool,
    vectors: IDAIntegrator.Vectors = .formed
  ) throws -> Outcome {
    let integrator = try problem.integrator(y: y, rate: rate, sweeps: sweeps, vectors: vectors)
    integrator.setStopTime(end)
    while integrator.time < end { try integrator.step(towards: end) }
    #expect(integrator.lostReads == 0)
    let statistics = integrator.statistics
    return Outcome(
      y: y.indices.map { integrator.y[$0] }, steps: statistics.steps, iterations: statistics.iterations,
      jacobians: statistics.jacobians, failures: statistics.convergenceFailures)
  }

  @Test(arguments: [1e-4, 1e-6]) func stiffKineticsTakeTheSameSteps(reltol: Double) throws {
    let runs = try [true, false].map { sweeps in
      try Self.run(IntegratorTests.robertson(reltol), to: 400, y: [1, 0, 0], rate: [-0.04, 0.04, 0], sweeps: sweeps)
    }
    #expect(runs[0].steps == runs[1].steps)
    #expect(runs[0].iterations == runs[1].iterations)
    #expect(runs[0].jacobians == runs[1].jacobians)
    for (own, other) in zip(runs[0].y, runs[1].y) { #expect(abs(own - other) <= 1e-9 * abs(other)) }
  }

  /// Sums that wait change nothing but rounding, though failures are on the way; and nobody reads one that is gone.
  @Test(arguments: [1e-3, 1e-5, 1e-7]) func deferredVectorsTakeTheSameSteps(reltol: Double) throws {
    // Rounding grows with the rate of reaction, and decides where a step is lengthened: one run may be some steps longer or
    // shorter than the other, many are not.
    var difference = 0
    var steps = 0
    for share in [1, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3] {
      let runs = try [IDAIntegrator.Vectors.deferred, .formed].map { vectors in
        try Self.run(
          IntegratorTests.robertson(share * reltol), to: 400, y: [1, 0, 0], rate: [-0.04, 0.04, 0], sweeps: true,
          vectors: vectors)
      }
      difference += runs[0].steps - runs[1].steps
      steps += runs[1].steps
      guard share == 1 else { continue }
      for (own, other) in zip(runs[0].y, runs[1].y) { #expect(abs(own - other) <= reltol * abs(other)) }
    }
    #expect(abs(difference) <= steps / 30)
  }

  /// A Jacobian that is wrong by a factor makes iterations fail; both give up and recover alike.
  @Test(arguments: [IDAIntegrator.Vectors.deferred, .formed])
  func badJacobiansFailAlike(vectors: IDAIntegrator.Vectors) throws {
    let runs = try [true, false].map { sweeps in
      let problem = HandWrittenProblem(reltol: 1e-5, abstol: [1e-7]) { time, y, rate in
        [rate[0] + 1e3 * (y[0] * y[0] * y[0] - (1 + time))]
      } jacobian: { _, cj, y, _ in
        [[cj + 1.2e3 * y[0] * y[0]]]
      }
      return try Self.run(problem, to: 1, y: [1], rate: [0], sweeps: sweeps, vectors: vectors)
    }
    #expect(runs[0].failures > 0)
    #expect(runs[0].steps == runs[1].steps)
    #expect(runs[0].failures == runs[1].failures)
    #expect(abs(runs[0].y[0] - runs[1].y[0]) < 1e-9)
  }
}
