internal import Circuits
internal import Devices
internal import Kernels
package import Solvers

/// Tells delay lines what is sent off: at the start, at every accepted step, and at every corner of a run.
package final class DelayRecorder {
  private let evaluator: SystemEvaluator
  private let lines: DelayLines
  private let waves: SignalProgram
  private let slopes: SignalProgram
  private let initial: SignalProgram
  private var probe: PolynomialProbe?

  /// Nil where the circuit has no lines.
  package init?(_ evaluator: SystemEvaluator) {
    guard !evaluator.delayLines.isEmpty else { return nil }
    self.evaluator = evaluator
    lines = evaluator.delayLines
    var graph = SignalGraph(evaluator.system)
    let sources = lines.waves.map { graph.importing($0.delay.source, of: $0.device) }
    let rates = sources.map { graph.rate(of: $0) ?? $0 }
    let initials = lines.waves.map { graph.importing($0.delay.initial, of: $0.device) }
    waves = SignalProgram(sources, of: graph, evaluator)
    slopes = SignalProgram(rates, of: graph, evaluator)
    initial = SignalProgram(initials, of: graph, evaluator)
  }

  /// Fills the lines with what has been under way where a run begins at `y`.
  package func begin(_ y: UnsafePointer<Double>, usesInitialConditions: Bool) {
    let program = usesInitialConditions ? initial : waves
    program.loadRest(time: 0, y: y)
    program.run(1)
    lines.begin(values(of: program))
  }

  /// From now on steps are those of `integrator`.
  package func attach(_ integrator: IDAIntegrator) throws(SolverFailure) {
    probe = try PolynomialProbe(waves.unknowns, of: integrator)
  }

  /// Adds the last step, or the part of it from `begin` to `end`.
  package func record(from begin: Double, to end: Double) {
    guard let probe, end > begin else { return }
    probe.read()
    for k in 0..<WaveSampling.count {
      let time = WaveSampling.time(k, from: begin, to: end)
      probe.evaluate(at: time, rates: false)
      waves.load(k, time: time, y: probe.y, rate: probe.rate)
    }
    waves.run(WaveSampling.count)
    var samples: [Double] = []
    samples.reserveCapacity(WaveSampling.count * waves.signalCount)
    for k in 0..<WaveSampling.count {
      for wave in 0..<waves.signalCount { samples.append(waves.value(wave, at: k)) }
    }
    lines.append(from: begin, to: end, samples: samples)
  }

  /// Notes that the run begins again at `time` with `y` and `rate`, after a step of `lastStep`; the first time at which a
  /// corner that this makes arrives, infinity if it makes none.
  package func noteCorner(
    at time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, lastStep: Double
  ) -> Double {
    for program in [waves, slopes] {
      program.load(0, time: time, fromFull: y, rate: rate)
      program.run(1)
    }
    let settings = evaluator.tolerances
    return lines.noteCorner(at: time, values: values(of: waves), slopes: values(of: slopes), span: lastStep) {
      settings.relative * $0 + settings.absoluteVoltage
    }
  }

  private func values(of program: SignalProgram) -> [Double] { (0..<program.signalCount).map { program.value($0) } }
}
