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
  let request: TransientRequest
  let evaluator: SystemEvaluator
  let settings: RunSettings
  let matrix: BorderedMatrix
  let restart: Restart
  private let arena = Arena()
  let y: UnsafeMutablePointer<Double>
  let rate: UnsafeMutablePointer<Double>
  /// The right side of the last discontinuity.
  let consistent: UnsafeMutablePointer<Double>
  let weights: UnsafeMutablePointer<Double>
  /// Where the last step began; filled where a comparison turns within it.
  lazy var stepBegin = (y: arena.doubles(evaluator.count), rate: arena.doubles(evaluator.count))
  var integrator: IDAIntegrator?
  var breakpoint = Double.infinity
  var chatter: ChatterWatch
  private var noiseWatch = NoiseWatch()
  /// Sources whose jumps were spoken of.
  var rampedSources: Set<DeviceReference> = []
  package internal(set) var diagnostics = DiagnosticBag()
  package var statistics: IntegrationStatistics { integrator?.statistics ?? IntegrationStatistics() }

  /// How many steps are accepted before the run may go on again from a consistent point where a step has failed.
  var stepsBeforeMend = 0
  /// Accepted steps.
  var steps = 0
  private var restingStateIsNoted = false

  // What is watched and written.
  let watched: SignalProgram
  let saved: SignalProgram
  let measures: MeasureSet?
  var watchedSegment: TransientSegment? {
    didSet {
      guard let measures, let watchedSegment else { return }
      watching = (.passUnretained(measures), .passUnretained(watchedSegment))
    }
  }
  /// Measures and what they see of a step, as they are asked after every step: without counting references.
  private(set) var watching: (measures: Unmanaged<MeasureSet>, segment: Unmanaged<TransientSegment>)?
  var savedSegment: TransientSegment?
  /// What keeps the waves in transmission lines; nil without such.
  let delays: DelayRecorder?
  var output: TransientOutput?

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
    matrix = BorderedMatrix(evaluator.structure, method: settings.linearSolver)
    restart = Restart(evaluator, matrix: matrix)
    y = arena.doubles(evaluator.count)
    rate = arena.doubles(evaluator.count)
    consistent = arena.doubles(evaluator.count)
    weights = arena.doubles(evaluator.count)
    chatter = ChatterWatch(stop: request.stop)
    delays = DelayRecorder(evaluator)
  }

  /// Runs to the end; failures are reported and what was computed is kept.
  package func run(_ control: inout RunControl, header: PlotHeader) -> AnalysisEnding {
    if let sink = control.sink {
      output = TransientOutput(
        sink, saved, names: header.signals.map(\.name), request, pointsAreSteps: settings.pointsAreSteps, arena: arena)
    }
    do throws(RunStop) {
      try RunStop.writing { () throws(SinkFailure) in try control.sink?.begin(header) }
      try start()
      try integrate(&control)
      try RunStop.writing { () throws(SinkFailure) in try control.sink?.finish(.completed) }
      return .completed
    } catch {
      return end(error, control)
    }
  }

  private func end(_ stop: RunStop, _ control: RunControl) -> AnalysisEnding {
    switch stop {
    case .interrupted:
      try? control.sink?.finish(.interrupted)
      return .interrupted
    case .solver(let failure): return end(report(failure), control)
    case .complaint(let complaint): return end(complaint, control)
    case .sink(let failure):
      if failure.isClosedPipe { return .completed }
      diagnostics.report(failure.diagnostic)
      return .failed
    }
  }

  private func end(_ complaint: Diagnostic, _ control: RunControl) -> AnalysisEnding {
    diagnostics.report(complaint)
    try? control.sink?.finish(.failed(complaint.message))
    return .failed
  }

  private func report(_ failure: SolverFailure) -> Diagnostic {
    var report = FailureReport.diagnostic(failure, of: evaluator, at: request.range)
    if failure.reason == .outsideDomain, let integrator, let state = evaluator.stateAtOpenBound(integrator.y) {
      report.notes.append(
        "\(state.name) is at the end of its open range, \(NumberFormat.significant(state.value)), which it must not reach"
      )
    }
    return report
  }

  private func start() throws(RunStop) {
    if request.usesInitialConditions {
      evaluator.startFromInitialConditions(into: y)
      evaluator.settleTolerances(matrix, y: y)
    } else {
      let point = OperatingPoint(evaluator, at: request.range)
      defer { diagnostics.append(point.diagnostics) }
      do throws(SolverFailure) { try point.solve(initial: true) } catch {
        throw .complaint(point.report(error))
      }
      y.update(from: point.y, count: evaluator.count)
    }
    delays?.begin(y, usesInitialConditions: request.usesInitialConditions)
    if evaluator.hasNoise {
      let interval = settings.noiseInterval ?? evaluator.fastestNoise(y: y, matrix: matrix)
      evaluator.beginNoise(interval: interval ?? request.step)
    }
  }

  private func integrate(_ control: inout RunControl) throws(RunStop) {
    if request.writesRest, request.start == 0, output != nil {
      saved.loadRest(time: 0, y: y)
      saved.run(1)
      output?.rest = (0..<saved.signalCount).map { saved.value($0) }
    }
    let integrator = try startIntegrator()
    while integrator.time < request.stop {
      let stop = min(breakpoint, request.stop)
      integrator.setStopTime(stop)
      try advance(integrator, towards: stop)
      var start = integrator.previousTime
      var end = integrator.time
      var due: [Change] = []
      if !evaluator.isUnchanged(after: integrator.correctionNorm), evaluator.mayChange(at: integrator.solution) {
        due = try located(integrator, from: &start, to: &end)
      }
      let isCorner = due.isEmpty && end == breakpoint && end < request.stop
      try observe(from: start, to: end, isEvent: !due.isEmpty || end == breakpoint)
      if isCorner {
        y.update(from: integrator.y, count: evaluator.count)
        rate.update(from: integrator.rate, count: evaluator.count)
      }
      if !due.isEmpty || isCorner {
        let before = measures == nil ? [] : watchedSegment?.endValues ?? []
        let lastStep = integrator.lastStep
        if !due.isEmpty { try carryOut(due, at: end, state: integrator.y) }
        if request.stop - end <= Self.resolution(at: end) { break }
        let reached = try settle(at: end, lastStep: lastStep)
        sendCorner(at: end, lastStep: lastStep)
        try restart(integrator, at: end, reached)
        try observeRestart(at: end, to: reached, before: before)
      }
      noteRestingState(integrator)
      if control.pause(integrator.time / request.stop, integrator.time) { throw .interrupted }
    }
  }

  /// The integrator has vectors of its own; those of the start are written anew before they are read again.
  private func discardStart() {
    for vector in [y, rate, consistent, weights] { arena.discard(vector, count: evaluator.count) }
  }

  func step(_ integrator: IDAIntegrator, towards stop: Double) throws(RunStop) {
    if steps == 0 { discardStart() }
    evaluator.followKinks()
    defer { evaluator.restoreKinks() }
    try RunStop.solving { () throws(SolverFailure) in try integrator.step(towards: stop) }
    steps += 1
    if noiseWatch.stalls(at: integrator.time, interval: evaluator.noiseInterval) {
      let devices = evaluator.noisyDevices(atMost: NoiseWatch.mostDevices)
      throw .complaint(.stalledNoise(request.range, devices: devices, time: integrator.time))
    }
    if evaluator.hasRangedUnknowns { evaluator.widenRanges(integrator.solution) }
  }

  /// A state that lies on a bound for good is worth one word.
  private func noteRestingState(_ integrator: IDAIntegrator) {
    guard evaluator.mayHoldStillState, !restingStateIsNoted else { return }
    evaluator.mayHoldStillState = false
    noteRestingState(integrator.y, at: integrator.time)
  }

  func noteRestingState(_ y: UnsafePointer<Double>, at time: Double) {
    guard !restingStateIsNoted, let state = evaluator.stateThatStays(y) else { return }
    restingStateIsNoted = true
    diagnostics.report(.restingOnBound(state.range, state: state.name, bound: state.value, time: time))
  }
}
