package import Diagnostics
package import Equations
package import Expressions
package import Waveforms

/// `.ac`: phasors of the linearised circuit over frequency.
package final class FrequencySweep {
  private let request: SmallSignalRequest
  private let evaluator: SystemEvaluator
  private let watched: ComplexProgram
  private let saved: ComplexProgram
  private let measures: MeasureSet?
  private let scope: any ConstantScope
  package private(set) var diagnostics = DiagnosticBag()

  /// `watched` are the signals of `measures`, `saved` those of the sink.
  package init(
    _ request: SmallSignalRequest, _ evaluator: SystemEvaluator, watched: ComplexProgram, measures: MeasureSet?,
    saved: ComplexProgram, scope: some ConstantScope
  ) {
    self.request = request
    self.evaluator = evaluator
    self.watched = watched
    self.measures = measures
    self.saved = saved
    self.scope = scope
  }

  package func run(_ control: inout RunControl, header: PlotHeader) -> AnalysisEnding {
    guard let circuit = LinearisedCircuit.make(evaluator, at: request.range, diagnostics: &diagnostics) else {
      return .failed
    }
    defer { diagnostics.append(circuit.diagnostics) }
    let phasors = SourcePhasors(evaluator.system)
    if phasors.isZero { diagnostics.report(.silentSources(request.range)) }
    let (ending, complaint) = control.write(header) { control throws(SinkFailure) in
      try sweep(circuit, phasors, header.signals, &control)
    }
    if let complaint { diagnostics.report(complaint) }
    return ending
  }

  private func sweep(
    _ circuit: LinearisedCircuit, _ phasors: SourcePhasors, _ columns: [Signal], _ control: inout RunControl
  ) throws(SinkFailure) -> AnalysisEnding {
    var (watched, saved) = (watched, saved)
    let probes = watched.inputs.probes + saved.inputs.probes
    let slopes = ProbeSlopes(probes, at: circuit.linearisation, scope: scope)
    let watchedCount = watched.inputs.count
    var last: (axis: Double, values: [Double])?
    let frequencies = request.frequencies.frequencies
    for (position, frequency) in frequencies.enumerated() {
      guard circuit.move(to: frequency) else { return .failed }
      let inputs = slopes.values(circuit.solve(phasors), phasors, frequency: frequency)
      if let measures {
        let values = watched.evaluate(Array(inputs[..<watchedCount]), frequency: frequency).map(\.real)
        if let last {
          measures.observe(ChainSegment(position: position - 1, from: last, to: (frequency, values)))
        } else if frequencies.count == 1 {
          measures.observe(ChainSegment(position: 0, from: (frequency, values), to: (frequency, values)))
        }
        last = (frequency, values)
      }
      if let sink = control.sink {
        let values = saved.evaluate(Array(inputs[watchedCount...]), frequency: frequency)
        var row = [frequency]
        for (value, isReal) in zip(values, saved.isReal) {
          row += isReal ? [value.real] : [value.real, value.imaginary]
        }
        if let column = row.firstIndex(where: { !$0.isFinite }), column > 0 {
          let place = NumberFormat.quantity(frequency, unit: "Hz", digits: 6)
          diagnostics.report(.notFinite(request.range, signal: columns[column - 1].name, place: place))
          return .failed
        }
        try sink.append(row.span)
      }
      if control.pause(Double(position + 1) / Double(frequencies.count), frequency) { return .interrupted }
    }
    return .completed
  }
}

extension [ComplexProgram.Input] {
  /// The probes among them, which are all but names.
  var probes: [Probe] {
    compactMap { if case .probe(let probe) = $0 { probe } else { nil } }
  }
}

extension Diagnostic {
  static func silentSources(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, "silent-sources", "no source has an AC value: every phasor is 0", at: range,
      fixIts: [FixIt("write AC 1 behind the value of the source that drives the circuit: V1 in 0 DC 0 AC 1")])
  }
}
