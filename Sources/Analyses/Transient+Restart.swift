internal import Circuits
internal import Diagnostics
internal import Equations
internal import Solvers

/// Breakpoints, comparisons that turn, bounds and events: where the run is cut and how it starts again.
extension Transient {
  /// The largest step from here on: a written tmax, a fiftieth of the run, a tenth of the shortest period at work, the
  /// distance of samples of noise, half a line's delay.
  func stepLimit(at time: Double) -> Double {
    min(
      request.maximumStep ?? .infinity, (request.stop - request.start) / 50, evaluator.longestStep(at: time),
      evaluator.noiseInterval ?? .infinity, evaluator.delayLines.shortestDelay / 2)
  }

  /// The changes that cut the last step, whose part from `start` to `end` is not yet observed; then `end` is just behind
  /// the first of them, and `y` and `rate` are those there. None if the step stands.
  ///
  /// Comparisons whose branches agree where they turn do so on the way, the step being observed up to there.
  func located(_ integrator: IDAIntegrator, from start: inout Double, to end: inout Double) throws(RunStop) -> [Change]
  {
    let last = SolutionPoint(time: integrator.time, y: integrator.y, rate: UnsafePointer(integrator.rate))
    for _ in 0..<Self.turnsInAStep {
      let late = evaluator.changes(time: last.time, y: last.y, rate: last.rate)
      if late.isEmpty {
        evaluator.noteEventSides(time: last.time, y: last.y, rate: last.rate)
        return []
      }
      if evaluator.isNoise(late, at: last) {
        evaluator.commit(late, time: last.time, y: last.y, rate: last.rate)
        continue
      }
      let (due, instant) = firstChange(of: late, in: integrator, from: start)
      guard stands(due, at: instant, integrator) else {
        end = instant
        return due
      }
      if instant < last.time {
        try observe(from: start, to: instant, isEvent: false)
        start = instant
      }
      evaluator.commit(due, time: instant, y: y, rate: rate)
    }
    // Sides that depend on one another and never settle: a restart decides, or says that they chatter.
    y.update(from: integrator.y, count: evaluator.count)
    rate.update(from: integrator.rate, count: evaluator.count)
    return evaluator.changes(time: last.time, y: last.y, rate: last.rate)
  }

  private func stands(_ due: [Change], at instant: Double, _ integrator: IDAIntegrator) -> Bool {
    let begin = integrator.previousTime
    integrator.interpolate(at: begin, y: stepBegin.y, rate: stepBegin.rate)
    evaluator.errorWeights(y: integrator.y, into: weights)
    return evaluator.stepStands(
      due, at: SolutionPoint(time: instant, y: y, rate: rate),
      from: SolutionPoint(time: begin, y: stepBegin.y, rate: stepBegin.rate),
      to: SolutionPoint(time: integrator.time, y: integrator.y, rate: integrator.rate), weights: weights)
  }

  /// The most times comparisons may turn within one step that stands.
  private static let turnsInAStep = 100

  /// The first of the changes that are due at the end of the last step, by bisection on its polynomial, and the instant
  /// just behind it, where `y` and `rate` are then.
  private func firstChange(of late: [Change], in integrator: IDAIntegrator, from start: Double) -> ([Change], Double) {
    var due = late
    var low = start
    var high = integrator.time
    let resolution = max(4 * high.ulp, 1e-9 * (high - integrator.previousTime))
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

  /// Makes changes due at `time`, where `y` and `rate` stand; `state` gives the scale of the unknowns. Events keep the sides
  /// of zero that they had if `notesSides` is false.
  func carryOut(
    _ due: [Change], at time: Double, state: UnsafePointer<Double>, notesSides: Bool = true
  ) throws(RunStop) {
    evaluator.errorWeights(y: state, into: weights)
    let stop = chatter.note(due, at: time, step: steps, evaluator, y: state, weights: weights, &diagnostics)
    if let stop { throw .complaint(stop) }
    if notesSides { evaluator.noteEventSides(time: time, y: y, rate: rate) }
    evaluator.commit(due, time: time, y: y, rate: rate)
  }

  /// Less than this after `time` nothing can be resolved: corners so close are one.
  static func resolution(at time: Double) -> Double { 32 * time.ulp }

  /// Goes on to the segment of sources that begins at `time`.
  func enterSegment(at time: Double) {
    enterOneSegment(at: time)
    while breakpoint - time <= Self.resolution(at: time), breakpoint < request.stop { enterOneSegment(at: breakpoint) }
  }

  private func enterOneSegment(at time: Double) {
    for source in evaluator.enterSegment(at: time, stop: request.stop) where rampedSources.insert(source).inserted {
      let group = evaluator.system.circuit.groups[source.group]
      let range = source.instance < group.origins.count ? group.origins[source.instance] : nil
      diagnostics.report(.rampedJump(range, source: group.names[source.instance], time: time))
    }
    breakpoint = evaluator.nextBreakpoint(after: time)
  }

  /// From `y` at `time` to a consistent point just behind: micro-steps, and changes that are due at once. Returns the
  /// time reached.
  func settle(at time: Double, lastStep: Double, isStart: Bool = false) throws(RunStop) -> Double {
    enterSegment(at: time)
    let gap = min(breakpoint, request.stop) - time
    var microStep = Restart.microStep(at: time, gap: gap, lastStep: lastStep)
    let longest = Restart.longestMicroStep(gap: gap, lastStep: lastStep)
    var reached = time
    var isStart = isStart
    while true {
      try RunStop.solving { () throws(SolverFailure) in
        reached = try restart.run(
          time: time, microStep: &microStep, atMost: longest, y: y, rate: rate, consistent: consistent)
      }
      if isStart { evaluator.startEventSides(time: time, y: consistent, then: y, at: reached, rate: rate) }
      isStart = false
      let due = evaluator.changes(time: reached, y: y, rate: rate)
      guard !due.isEmpty else { break }
      // Comparisons first: until those that an event's writing has turned stand right, rates say nothing about other events.
      let turned = due.filter(\.isMode)
      try carryOut(turned.isEmpty ? due : turned, at: reached, state: y, notesSides: turned.isEmpty)
    }
    evaluator.noteEventSides(time: reached, y: y, rate: rate)
    // From a micro-step or two behind the discontinuity back to it.
    let back = Double(restart.stepsToConsistency) * microStep
    for unknown in 0..<evaluator.count { consistent[unknown] -= back * rate[unknown] }
    return reached
  }

  private static let stepsBetweenMends = 20

  /// One step. Where Newton's iteration fails, what it has left of errors may have led away from the equations, or a
  /// junction may have to come down its exponential, which takes more iterations than a step has; where the error test fails,
  /// the solution may be at a cusp, as `sqrt(abs(v))` has one at 0: one more attempt, from a consistent point at the same time,
  /// or behind the cusp.
  func advance(_ integrator: IDAIntegrator, towards stop: Double) throws(RunStop) {
    do throws(RunStop) { try step(integrator, towards: stop) } catch {
      let time = integrator.time
      guard case .solver(let failure) = error, [.newtonDiverged, .errorTestFailed].contains(failure.reason),
        steps >= stepsBeforeMend,
        stop - time > Self.resolution(at: time)
      else { throw error }
      stepsBeforeMend = steps + Self.stepsBetweenMends
      integrator.interpolate(at: time, y: y, rate: rate)
      var lastStep = integrator.lastStep
      if failure.reason == .errorTestFailed {
        // Steps of the last size would still lie where the slope has no bound.
        lastStep = stop - time
        try turnComparisons(
          within: 2 * Restart.microStep(at: time, gap: lastStep, lastStep: lastStep), of: time, integrator)
      }
      let before = measures == nil ? [] : watchedSegment?.endValues ?? []
      guard let reached = try? settle(at: time, lastStep: lastStep) else { throw error }
      try restart(integrator, at: time, reached)
      try observeRestart(at: time, to: reached, before: before)
      let next = min(breakpoint, request.stop)
      integrator.setStopTime(next)
      try step(integrator, towards: next)
    }
  }

  /// Turns the comparisons that will have turned a `distance` behind `time`, so little that it counts as the same instant.
  private func turnComparisons(
    within distance: Double, of time: Double, _ integrator: IDAIntegrator
  ) throws(RunStop) {
    for unknown in 0..<evaluator.count { consistent[unknown] = y[unknown] + distance * rate[unknown] }
    let due = evaluator.changes(time: time + distance, y: consistent, rate: rate).filter(\.isMode)
    if !due.isEmpty { try carryOut(due, at: time, state: integrator.y, notesSides: false) }
  }

  /// Lines carry what turned at `time`; where the run goes on from `consistent`, a step of `lastStep` behind it.
  func sendCorner(at time: Double, lastStep: Double) {
    guard let delays else { return }
    breakpoint = min(breakpoint, delays.noteCorner(at: time, y: consistent, rate: rate, lastStep: lastStep))
  }

  /// The first step: a thousandth of the way to the next corner, or half a tolerance at the present speed.
  private func firstStep(from time: Double) -> Double {
    evaluator.errorWeights(y: y, into: weights)
    var speed = 0.0
    for unknown in 0..<evaluator.count { speed = max(speed, (rate[unknown] * weights[unknown]).magnitude) }
    return min(1e-3 * (min(breakpoint, request.stop) - time), speed > 0 ? 0.5 / speed : .infinity)
  }

  /// The integrator at the start of the run.
  func startIntegrator() throws(RunStop) -> IDAIntegrator {
    let reached = try settle(at: 0, lastStep: .infinity, isStart: true)
    var options = IDAIntegrator.Options()
    options.maximumOrder = settings.maximumOrder
    options.maximumStep = stepLimit(at: 0)
    options.sweeps = settings.sweeps
    options.vectors = settings.vectors
    evaluator.mayTrySingleSweep = settings.joinsGroups
    employCrew()
    do throws(SolverFailure) {
      let integrator = try IDAIntegrator(evaluator, matrix: matrix, time: reached, y: y, rate: rate, options: options)
      integrator.setInitialStep(firstStep(from: 0))
      self.integrator = integrator
      try delays?.attach(integrator)
      sendCorner(at: 0, lastStep: options.maximumStep)
      watchedSegment = try TransientSegment(watched, integrator)
      savedSegment = try TransientSegment(saved, integrator)
      noteRestingState(consistent, at: 0)
    } catch {
      throw .solver(error)
    }
    guard let integrator else { throw .solver(SolverFailure(.solver(-1), time: 0)) }
    try observeRestart(at: 0, to: reached, before: nil)
    return integrator
  }

  /// Threads for a circuit that is large enough for them.
  private func employCrew() {
    guard settings.threads > 1, evaluator.isWorthCrew, let crew = Crew(size: settings.threads) else { return }
    evaluator.employ(crew)
    matrix.crew = crew
  }

  /// Sets the integrator going again from `y` and `rate` at `reached`, behind a discontinuity at `time`.
  func restart(_ integrator: IDAIntegrator, at time: Double, _ reached: Double) throws(RunStop) {
    let first = firstStep(from: time)
    try RunStop.solving { () throws(SolverFailure) in
      try integrator.restart(at: reached, y: y, rate: rate, initialStep: first)
    }
    integrator.setMaximumStep(stepLimit(at: time))
  }
}
