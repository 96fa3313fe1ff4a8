internal import Circuits
package import Diagnostics
package import Equations
package import Solvers
package import Waveforms

/// `.tran`: the circuit in time from its operating point (or, with `uic`, from initial conditions) to tstop.
///
/// The loop goes step by step. Between two breakpoints sources are smooth formulas; a breakpoint, a comparison that
/// turns, a bound or an event cuts the run, which starts again from a consistent point just behind.
package final class Transient {
  private let request: TransientRequest
  private let evaluator: SystemEvaluator
  private let settings: RunSettings
  private let matrix: BorderedMatrix
  private let restart: Restart
  private let arena = Arena()
  private let y: UnsafeMutablePointer<Double>
  private let rate: UnsafeMutablePointer<Double>
  private let consistent: UnsafeMutablePointer<Double>
  private let zeros: UnsafeMutablePointer<Double>
  private let weights: UnsafeMutablePointer<Double>
  private var integrator: IDAIntegrator?
  private var breakpoint = Double.infinity
  private var chatter = ChatterWatch()
  package private(set) var diagnostics = DiagnosticBag()
  package private(set) var statistics = IntegrationStatistics()

  // What is watched and written.
  private let watched: SignalProgram
  private let saved: SignalProgram
  private let measures: MeasureSet?
  private var watchedSegment: TransientSegment?
  private var savedSegment: TransientSegment?
  private var output: TransientOutput?

  package init(
    _ request: TransientRequest, _ evaluator: SystemEvaluator, settings: RunSettings, watched: SignalProgram,
    measures: MeasureSet?, saved: SignalProgram
  ) {
    self.request = request
    self.evaluator = evaluator
    self.settings = settings
    self.watched = watched
    self.measures = measures
    self.saved = saved
    matrix = BorderedMatrix(evaluator.structure, condensation: settings.condensation)
    restart = Restart(evaluator, matrix: matrix)
    y = arena.doubles(evaluator.count)
    rate = arena.doubles(evaluator.count)
    consistent = arena.doubles(evaluator.count)
    zeros = arena.doubles(evaluator.count)
    weights = arena.doubles(evaluator.count)
    chatter.window = 1e-6 * request.stop
  }

  /// Runs to the end; failures are reported and what was computed is kept.
  package func run(_ control: inout RunControl, header: PlotHeader) -> AnalysisEnding {
    if let sink = control.sink {
      output = TransientOutput(sink, saved, request, pointsAreSteps: settings.pointsAreSteps, arena: arena)
    }
    do throws(RunStop) {
      try attempt { () throws(SinkFailure) in try control.sink?.begin(header) }
      try solve { () throws(SolverFailure) in try start() }
      try integrate(&control)
      try attempt { () throws(SinkFailure) in try control.sink?.finish(.completed) }
      return .completed
    } catch {
      return end(error, control)
    }
  }

  /// Why a run stopped before its end.
  private enum RunStop: Error {
    case solver(SolverFailure)
    case sink(SinkFailure)
    case interrupted
  }

  private func solve(_ body: () throws(SolverFailure) -> Void) throws(RunStop) {
    do throws(SolverFailure) { try body() } catch { throw .solver(error) }
  }

  private func attempt(_ body: () throws(SinkFailure) -> Void) throws(RunStop) {
    do throws(SinkFailure) { try body() } catch { throw .sink(error) }
  }

  private func end(_ stop: RunStop, _ control: RunControl) -> AnalysisEnding {
    switch stop {
    case .interrupted:
      try? control.sink?.finish(.interrupted)
      return .interrupted
    case .solver(let failure):
      let report = FailureReport.diagnostic(failure, of: evaluator.system, at: request.range)
      diagnostics.report(report)
      try? control.sink?.finish(.failed(report.message))
      return .failed
    case .sink(let failure):
      if failure.isClosedPipe { return .completed }
      diagnostics.report(failure.diagnostic)
      return .failed
    }
  }

  // MARK: Start

  private func start() throws(SolverFailure) {
    if request.usesInitialConditions {
      evaluator.startFromInitialConditions(into: y)
      evaluator.settleTolerances(matrix, y: y)
    } else {
      let point = OperatingPoint(evaluator)
      try point.solve(initial: true)
      y.update(from: point.y, count: evaluator.count)
    }
    evaluator.enterSegment(at: 0)
    watched.loadRest(time: 0, y: y)
  }

  /// The largest step from here on: a written tmax, a fiftieth of the run, a tenth of the shortest period at work.
  private func stepLimit(at time: Double) -> Double {
    min(
      request.maximumStep ?? .infinity, (request.stop - request.start) / 50, evaluator.shortestPeriod(at: time) / 10)
  }

  // MARK: The loop

  private func integrate(_ control: inout RunControl) throws(RunStop) {
    guard evaluator.count > 0 else { return try replaySources(&control) }
    try solve { () throws(SolverFailure) in try restartRun(at: 0, lastStep: .infinity) }
    guard let integrator else { return }
    while integrator.time < request.stop {
      let stop = min(breakpoint, request.stop)
      integrator.setStopTime(stop)
      try solve { () throws(SolverFailure) in try integrator.step(towards: stop) }
      evaluator.widenRanges(integrator.y)
      var end = integrator.time
      var due: [Change] = []
      if evaluator.hasChanges { (due, end) = try located(integrator) }
      try observe(from: integrator.previousTime, to: end, isEvent: !due.isEmpty || end == breakpoint)
      if !due.isEmpty {
        try solve { () throws(SolverFailure) in
          try chatter.note(due, at: end, evaluator, y: integrator.y, weights: weights, &diagnostics)
        }
        evaluator.commit(due, time: end, y: y, rate: rate)
        try solve { () throws(SolverFailure) in try restartRun(at: end, lastStep: integrator.lastStep) }
        try observeRestart(at: end, integrator)
      } else if end == breakpoint, end < request.stop {
        y.update(from: integrator.y, count: evaluator.count)
        rate.update(from: integrator.rate, count: evaluator.count)
        try solve { () throws(SolverFailure) in try restartRun(at: end, lastStep: integrator.lastStep) }
        try observeRestart(at: end, integrator)
      }
      if control.pause(integrator.time / request.stop, integrator.time) { throw .interrupted }
    }
    statistics = integrator.statistics
  }

  /// The changes due in the last step and the instant just behind the first of them; `y` and `rate` are those at that
  /// instant. Changes that alter nothing (branches that agree) are made on the way.
  private func located(_ integrator: IDAIntegrator) throws(RunStop) -> ([Change], Double) {
    let time = integrator.time
    var due = evaluator.changes(time: time, y: integrator.y, rate: integrator.rate)
    if due.isEmpty {
      evaluator.noteEventSides(time: time, y: integrator.y, rate: integrator.rate)
      return ([], time)
    }
    evaluator.errorWeights(y: integrator.y, into: weights)
    if evaluator.agree(
      due, time: time, y: integrator.y, rate: integrator.rate, step: time - integrator.previousTime, weights: weights)
    {
      evaluator.commit(due, time: time, y: integrator.y, rate: integrator.rate)
      return ([], time)
    }
    var low = integrator.previousTime
    var high = time
    y.update(from: integrator.y, count: evaluator.count)
    rate.update(from: integrator.rate, count: evaluator.count)
    let resolution = max(4 * time.ulp, 1e-9 * (high - low))
    while high - low > resolution {
      let middle = low + 0.5 * (high - low)
      integrator.interpolate(at: middle, y: y, rate: rate)
      let here = evaluator.changes(time: middle, y: y, rate: rate, strict: true)
      if here.isEmpty {
        low = middle
      } else {
        high = middle
        due = here
      }
    }
    integrator.interpolate(at: high, y: y, rate: rate)
    let here = evaluator.changes(time: high, y: y, rate: rate, strict: true)
    return (here.isEmpty ? due : here, high)
  }

  /// Starts the integrator at `time` from `y`: micro-steps, guards that turn at once, first step.
  private func restartRun(at time: Double, lastStep: Double) throws(SolverFailure) {
    evaluator.enterSegment(at: time)
    breakpoint = evaluator.nextBreakpoint(after: time)
    let gap = min(breakpoint, request.stop) - time
    let microStep = Restart.microStep(at: time, gap: gap, lastStep: lastStep)
    var reached = time
    for round in 0... {
      reached = try restart.run(time: time, microStep: microStep, y: y, rate: rate, consistent: consistent)
      let due = evaluator.changes(time: reached, y: y, rate: rate)
      guard !due.isEmpty else { break }
      if round == 100 { throw SolverFailure(.chatter, time: time) }
      evaluator.commit(due, time: reached, y: y, rate: rate)
    }
    evaluator.noteEventSides(time: reached, y: y, rate: rate)
    evaluator.errorWeights(y: y, into: weights)
    var speed = 0.0
    for unknown in 0..<evaluator.count { speed = max(speed, (rate[unknown] * weights[unknown]).magnitude) }
    let first = min(1e-3 * gap, speed > 0 ? 0.5 / speed : .infinity)
    if let integrator {
      integrator.y.update(from: y, count: evaluator.count)
      integrator.rate.update(from: rate, count: evaluator.count)
      try integrator.restart(at: reached, initialStep: first)
      integrator.setMaximumStep(stepLimit(at: time))
    } else {
      var options = IDAIntegrator.Options()
      options.maximumOrder = settings.maximumOrder
      options.maximumStep = stepLimit(at: time)
      let integrator = try IDAIntegrator(
        evaluator, matrix: matrix, time: reached, y: y, rate: rate, options: options)
      integrator.setInitialStep(first)
      self.integrator = integrator
      watchedSegment = try TransientSegment(watched, integrator)
      savedSegment = try TransientSegment(saved, integrator)
      saved.load(0, time: time, fromFull: consistent, rate: rate)
      saved.run(1)
      startPending = true
    }
  }

  private var startPending = false

  // MARK: What is seen of it

  private func observe(from start: Double, to end: Double, isEvent: Bool) throws(RunStop) {
    if startPending {
      startPending = false
      try attempt { () throws(SinkFailure) in try output?.write(time: 0) }
    }
    if let measures, let watchedSegment {
      watchedSegment.set(from: start, to: end)
      measures.observe(watchedSegment)
    }
    if output != nil, let savedSegment {
      savedSegment.set(from: start, to: end)
      try attempt { () throws(SinkFailure) in try output?.write(savedSegment, isEvent: isEvent) }
    }
  }

  /// The right side of a corner or event at `time`, and the line from its left side for measures.
  private func observeRestart(at time: Double, _ integrator: IDAIntegrator) throws(RunStop) {
    if measures != nil, watched.signalCount > 0 {
      let before = (0..<watched.signalCount).map { watchedSegment?.lastValue($0) ?? watched.value($0) }
      watched.load(0, time: integrator.time, fromFull: integrator.y, rate: integrator.rate)
      watched.run(1)
      let after = (0..<watched.signalCount).map { watched.value($0) }
      measures?.observe(RestartSegment(start: time, end: integrator.time, before: before, after: after))
    }
    if output != nil {
      saved.load(0, time: time, fromFull: consistent, rate: integrator.rate)
      saved.run(1)
      try attempt { () throws(SinkFailure) in try output?.write(time: time) }
    }
  }

  /// A circuit whose every voltage is known beforehand: the sources alone, on the grid and at their corners.
  private func replaySources(_ control: inout RunControl) throws(RunStop) {
    var time = 0.0
    var multiple = 0.0
    var corner = evaluator.nextBreakpoint(after: 0)
    while time <= request.stop {
      watched.load(0, time: time, fromFull: y, rate: rate)
      saved.load(0, time: time, fromFull: y, rate: rate)
      saved.run(1)
      watched.run(1)
      let before = (0..<watched.signalCount).map { watched.value($0) }
      try attempt { () throws(SinkFailure) in try output?.write(time: time) }
      if control.pause(time / request.stop, time) { throw .interrupted }
      if time >= request.stop { break }
      if time == corner {
        evaluator.enterSegment(at: corner)
        corner = evaluator.nextBreakpoint(after: corner)
        saved.load(0, time: time, fromFull: y, rate: rate)
        saved.run(1)
        try attempt { () throws(SinkFailure) in try output?.write(time: time) }
      }
      multiple += (multiple + 1) * request.step <= corner ? 1 : 0
      let next = min(multiple * request.step > time ? multiple * request.step : corner, corner, request.stop)
      watched.load(0, time: next, fromFull: y, rate: rate)
      watched.run(1)
      let after = (0..<watched.signalCount).map { watched.value($0) }
      measures?.observe(RestartSegment(start: time, end: next, before: before, after: after))
      time = next
    }
  }
}
