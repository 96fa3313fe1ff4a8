import Equations
import Solvers
import Testing

/// What signals did in time.
struct TestRun {
  var times: [Double] = []
  /// By signal, at `times`.
  var values: [[Double]] = []
  var statistics = IntegrationStatistics()

  /// The value of a signal at the last time.
  func last(_ signal: Int = 0) -> Double { values[signal].last ?? .nan }

  /// The largest distance from what `expected` says, from `start` on.
  func error(_ signal: Int = 0, from start: Double = 0, _ expected: (Double) -> Double) -> Double {
    zip(times, values[signal]).reduce(0) { $1.0 < start ? $0 : max($0, ($1.1 - expected($1.0)).magnitude) }
  }
}

extension TestCircuit {
  /// Runs in time from the operating point, every accepted step read; corners of sources are hit. No comparison may
  /// turn.
  func run(
    to end: Double, _ signals: String..., maximumStep: Double = .infinity, fromInitialConditions: Bool = false,
    method: BorderedMatrix.Method = .automatic, sweeps: Bool = true, joinsGroups: Bool = true,
    vectors: IDAIntegrator.Vectors = .automatic, oldestJacobian: Int = 20, stepLimit: Int = 20_000
  ) throws -> TestRun {
    let matrix = BorderedMatrix(evaluator.structure, method: method)
    evaluator.mayTrySingleSweep = joinsGroups
    if fromInitialConditions {
      evaluator.startFromInitialConditions(into: y)
      evaluator.settleTolerances(matrix, y: y)
    } else {
      try settle(initial: true)
    }
    let program = program(signals)
    var run = TestRun()
    run.values = Array(repeating: [], count: signals.count)
    func read(_ time: Double, _ y: UnsafePointer<Double>, _ rate: UnsafePointer<Double>) {
      program.load(0, time: time, fromFull: y, rate: rate)
      program.run(1)
      run.times.append(time)
      for signal in signals.indices { run.values[signal].append(program.value(signal)) }
    }
    let restart = Restart(evaluator, matrix: matrix)
    var integrator: IDAIntegrator?
    var breakpoint = 0.0
    var time = 0.0
    while time < end {
      if time == breakpoint {
        _ = evaluator.enterSegment(at: time, stop: end)
        breakpoint = evaluator.nextBreakpoint(after: time)
        let gap = min(breakpoint, end) - time
        time = try restart.run(
          time: time, microStep: Restart.microStep(at: time, gap: gap, lastStep: .infinity), y: y, rate: rate)
        var options = IDAIntegrator.Options()
        options.sweeps = sweeps
        options.oldestJacobian = oldestJacobian
        options.vectors = vectors
        options.maximumStep = min(maximumStep, end / 50, evaluator.longestStep(at: time))
        let next = try IDAIntegrator(evaluator, matrix: matrix, time: time, y: y, rate: rate, options: options)
        next.setInitialStep(1e-6 * gap)
        next.setStopTime(min(breakpoint, end))
        if let integrator { run.statistics.steps += integrator.statistics.steps }
        integrator = next
        read(time, y, rate)
      }
      guard let integrator else { break }
      try integrator.step(towards: min(breakpoint, end))
      time = integrator.time
      evaluator.widenRanges(integrator.solution)
      #expect(evaluator.changes(time: time, y: integrator.y, rate: integrator.rate).isEmpty)
      y.update(from: integrator.y, count: evaluator.count)
      rate.update(from: integrator.rate, count: evaluator.count)
      read(time, y, rate)
      try #require(integrator.statistics.steps + run.statistics.steps < stepLimit, "too many steps, at \(time) s")
    }
    if let integrator {
      run.statistics.steps += integrator.statistics.steps
      #expect(integrator.lostReads == 0)
    }
    return run
  }
}
