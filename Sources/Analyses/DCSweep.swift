internal import Circuits
package import Diagnostics
package import Equations
internal import Solvers
package import Waveforms

/// A circuit with the values that a sweep has given to its parameters, and the programs that read it.
package struct SweepStage {
  package let evaluator: SystemEvaluator
  package let watched: SignalProgram
  package let saved: SignalProgram

  package init(_ evaluator: SystemEvaluator, watched: SignalProgram, saved: SignalProgram) {
    self.evaluator = evaluator
    self.watched = watched
    self.saved = saved
  }
}

/// `.dc`: a chain of equilibria, each found from the one before, so that branches are followed and hysteresis shows.
///
/// Sources are swept in place; a parameter or the temperature changes devices, so that each of its values is a circuit of
/// its own, whose equilibrium is sought from the last one.
package final class DCSweep {
  private let request: SweepRequest
  private let measures: MeasureSet?
  /// Makes the circuit anew for values of parameters; nil where these make none.
  private let stage: ([String: Double]) -> SweepStage?
  private var present: SweepStage
  /// What is swept: a waveform of the circuit, or nil where it is a parameter.
  private var waveforms: [Int?] = []
  package private(set) var diagnostics = DiagnosticBag()
  private var branchEnds: [BranchEnd] = []

  /// `stage` makes the circuit for values of parameters.
  package init(
    _ request: SweepRequest, _ first: SweepStage, measures: MeasureSet?,
    stage: @escaping ([String: Double]) -> SweepStage?
  ) {
    self.request = request
    self.measures = measures
    self.stage = stage
    present = first
  }

  package func run(_ control: inout RunControl, header: PlotHeader) -> AnalysisEnding {
    findVariables()
    let (ending, complaint) = control.write(header) { control throws(SinkFailure) in
      try follow(header.signals.map(\.name), &control)
    }
    if let complaint { diagnostics.report(complaint) }
    return ending
  }

  private func findVariables() {
    let circuit = present.evaluator.system.circuit
    waveforms = request.variables.map { variable in
      circuit.device(named: variable.name.value).flatMap { present.evaluator.waveform(of: $0) }
    }
  }

  private func follow(_ names: [String], _ control: inout RunControl) throws(SinkFailure) -> AnalysisEnding {
    var point = OperatingPoint(present.evaluator, at: request.range)
    var last: (axis: Double, values: [Double])?
    var row = Array(repeating: 0.0, count: present.saved.signalCount + 1)
    defer {
      diagnostics.append(point.diagnostics)
      if !branchEnds.isEmpty { diagnostics.report(.lostBranch(request.range, branchEnds)) }
    }
    var before: [Double] = []
    for position in 0..<request.count {
      let target = request.values(at: position)
      do throws(SolverFailure) {
        guard let next = try advance(point, from: before, to: target) else { return .failed }
        if next !== point { diagnostics.append(point.diagnostics) }
        point = next
      } catch {
        var report = point.report(error)
        report.notes.append("at \(place(of: target)), point \(position + 1) of \(request.count)")
        diagnostics.report(report)
        return .failed
      }
      // An outer value that changes begins another curve.
      if !before.isEmpty, before.dropFirst() != target.dropFirst() { last = nil }
      before = target
      present.watched.loadRest(time: 0, y: point.y)
      present.watched.run(1)
      let values = (0..<present.watched.signalCount).map { present.watched.value($0) }
      if let measures, let last {
        measures.observe(ChainSegment(position: position - 1, from: last, to: (target[0], values)))
      } else if let measures, request.count == 1 {
        measures.observe(ChainSegment(position: 0, from: (target[0], values), to: (target[0], values)))
      }
      last = (target[0], values)
      if let sink = control.sink {
        present.saved.loadRest(time: 0, y: point.y)
        present.saved.run(1)
        row[0] = target[0]
        for signal in 0..<present.saved.signalCount { row[signal + 1] = present.saved.value(signal) }
        if let signal = row.firstIndex(where: { !$0.isFinite }), signal > 0 {
          diagnostics.report(.notFinite(request.range, signal: names[signal - 1], place: place(of: target)))
          return .failed
        }
        try sink.append(row.span)
      }
      if control.pause(Double(position + 1) / Double(request.count), target[0]) { return .interrupted }
    }
    return .completed
  }

  private func place(of values: [Double], digits: Int = 6) -> String {
    zip(request.variables, values).map { "\($0.name.value) = \(NumberFormat.significant($1, digits: digits))" }
      .joined(separator: ", ")
  }

  /// The next point of the chain, in a circuit of its own where a parameter changes; nil after a complaint.
  private func advance(
    _ point: OperatingPoint, from start: [Double], to end: [Double]
  ) throws(SolverFailure) -> OperatingPoint? {
    let changed = end.indices.filter { waveforms[$0] == nil && (start.isEmpty || start[$0] != end[$0]) }
    if !changed.isEmpty {
      let parameters = end.indices.filter { waveforms[$0] == nil }.map { (request.variables[$0].name.value, end[$0]) }
      guard let stage = stage(Dictionary(parameters, uniquingKeysWith: { $1 })) else {
        diagnostics.report(.withoutCircuit(request.range, place: place(of: end)))
        return nil
      }
      present = stage
      setSources(end)
      let next = OperatingPoint(stage.evaluator, at: request.range)
      if start.isEmpty { try next.solve(initial: false) } else { try next.advance(from: point) }
      return next
    }
    if start.isEmpty {
      setSources(end)
      try point.solve(initial: false)
    } else {
      try follow(point, from: start, to: end)
    }
    return point
  }

  private func setSources(_ values: [Double]) {
    for (waveform, value) in zip(waveforms, values) {
      if let waveform { present.evaluator.setDirect(value, of: waveform) }
    }
  }

  /// The next point in the same circuit. Algebraic unknowns (`var`) stay on their branch by steps in between where it
  /// takes any; where the branch ends that is noted.
  private func follow(_ point: OperatingPoint, from start: [Double], to end: [Double]) throws(SolverFailure) {
    func between(_ share: Double) -> [Double] { zip(start, end).map { $0 + share * ($1 - $0) } }
    var reached = 0.0
    var step = 1.0
    while present.evaluator.hasAlgebraicUnknowns, reached < 1, step > 1e-6 {
      let next = min(1, reached + step)
      setSources(next < 1 ? between(next) : end)
      if point.advanceOnBranch() {
        reached = next
      } else {
        step /= 4
      }
    }
    if reached == 1 { return }
    var lost = BranchEnd(place: place(of: between(reached), digits: 5), worstUnknown: point.worstUnknown)
    defer { if present.evaluator.hasAlgebraicUnknowns { branchEnds.append(lost) } }
    setSources(end)
    try point.advance()
    lost.successor = point.successor
  }
}
