internal import Circuits
package import Diagnostics
package import Equations
internal import Solvers
package import Waveforms

/// `.dc`: a chain of equilibria, each found from the one before, so that branches are followed and hysteresis shows.
package final class DCSweep {
  private let request: SweepRequest
  private let evaluator: SystemEvaluator
  private let watched: SignalProgram
  private let saved: SignalProgram
  private let measures: MeasureSet?
  package private(set) var diagnostics = DiagnosticBag()
  private var branchEnds: [BranchEnd] = []

  package init(
    _ request: SweepRequest, _ evaluator: SystemEvaluator, watched: SignalProgram, measures: MeasureSet?,
    saved: SignalProgram
  ) {
    self.request = request
    self.evaluator = evaluator
    self.watched = watched
    self.saved = saved
    self.measures = measures
  }

  package func run(_ control: inout RunControl, header: PlotHeader) -> AnalysisEnding {
    let circuit = evaluator.system.circuit
    guard let device = circuit.device(named: request.source.value), let waveform = evaluator.waveform(of: device) else {
      diagnostics.report(
        .unknownSource(
          request.source.range, name: request.source.value, known: circuit.sourceNames, purpose: "to sweep"))
      return .failed
    }
    let original = evaluator.direct(of: waveform)
    defer { evaluator.setDirect(original, of: waveform) }
    do throws(SinkFailure) {
      try control.sink?.begin(header)
      let ending = try follow(waveform, header.signals.map(\.name), &control)
      try control.sink?.finish(ending == .completed ? .completed : ending == .interrupted ? .interrupted : .failed(""))
      return ending
    } catch {
      if error.isClosedPipe { return .completed }
      diagnostics.report(error.diagnostic)
      return .failed
    }
  }

  private func follow(_ waveform: Int, _ names: [String], _ control: inout RunControl) throws(SinkFailure)
    -> AnalysisEnding
  {
    let point = OperatingPoint(evaluator, at: request.range)
    var last: (axis: Double, values: [Double])?
    var row = Array(repeating: 0.0, count: saved.signalCount + 1)
    defer {
      diagnostics.append(point.diagnostics)
      if !branchEnds.isEmpty { diagnostics.report(.lostBranch(request.range, branchEnds)) }
    }
    let chain = request.values
    for (position, value) in chain.enumerated() {
      do throws(SolverFailure) {
        if position == 0 {
          evaluator.setDirect(value, of: waveform)
          try point.solve(initial: false)
        } else {
          try advance(point, waveform, from: chain[position - 1], to: value)
        }
      } catch {
        var report = point.report(error)
        let reached = NumberFormat.significant(value)
        report.notes.append("at \(request.source.value) = \(reached), point \(position + 1) of \(chain.count)")
        diagnostics.report(report)
        return .failed
      }
      watched.loadRest(time: 0, y: point.y)
      watched.run(1)
      let values = (0..<watched.signalCount).map { watched.value($0) }
      if let measures, let last {
        measures.observe(ChainSegment(position: position - 1, from: last, to: (value, values)))
      }
      last = (value, values)
      if let sink = control.sink {
        saved.loadRest(time: 0, y: point.y)
        saved.run(1)
        row[0] = value
        for signal in 0..<saved.signalCount { row[signal + 1] = saved.value(signal) }
        if let signal = row.firstIndex(where: { !$0.isFinite }), signal > 0 {
          let place = "\(request.source.value) = \(NumberFormat.significant(value))"
          diagnostics.report(.notFinite(request.range, signal: names[signal - 1], place: place))
          return .failed
        }
        try sink.append(row.span)
      }
      if control.pause(Double(position + 1) / Double(chain.count), value) { return .interrupted }
    }
    return .completed
  }

  /// The next point of the chain. Algebraic unknowns (`var`) stay on their branch by steps in between where it takes
  /// any; where the branch ends that is noted.
  private func advance(
    _ point: OperatingPoint, _ waveform: Int, from start: Double, to end: Double
  ) throws(SolverFailure) {
    var reached = 0.0
    var step = 1.0
    while evaluator.hasAlgebraicUnknowns, reached < 1, step > 1e-6 {
      let next = min(1, reached + step)
      evaluator.setDirect(next < 1 ? start + next * (end - start) : end, of: waveform)
      if point.advanceOnBranch() {
        reached = next
      } else {
        step /= 4
      }
    }
    if reached == 1 { return }
    let place = "\(request.source.value) = \(NumberFormat.significant(start + reached * (end - start), digits: 5))"
    var lost = BranchEnd(place: place, worstUnknown: point.worstUnknown)
    defer { if evaluator.hasAlgebraicUnknowns { branchEnds.append(lost) } }
    evaluator.setDirect(end, of: waveform)
    try point.advance()
    lost.successor = point.successor
  }
}
