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
      let known = circuit.groups.filter { !$0.waveforms.isEmpty }.flatMap { Array($0.names) }
      diagnostics.report(.unknownSource(request.source.range, name: request.source.value, known: known))
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
    let point = OperatingPoint(evaluator)
    var last: (axis: Double, values: [Double])?
    var row = Array(repeating: 0.0, count: saved.signalCount + 1)
    defer { diagnostics.append(point.diagnostics) }
    let chain = request.values
    for (position, value) in chain.enumerated() {
      evaluator.setDirect(value, of: waveform)
      do {
        if position == 0 { try point.solve(initial: false) } else { try point.advance() }
      } catch {
        var report = point.report(error, at: request.range)
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
}
