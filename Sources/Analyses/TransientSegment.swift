internal import Equations
internal import Solvers
internal import Waveforms

/// The last step of an integrator as measures see it, or the part of it up to an event.
final class TransientSegment: SolutionSegment {
  private let integrator: IDAIntegrator
  private let program: SignalProgram
  private let probe: PolynomialProbe
  private(set) var start = 0.0
  private(set) var end = 0.0
  private(set) var sampleTimes: [Double] = []
  private var loaded = false

  init(_ program: SignalProgram, _ integrator: IDAIntegrator) throws(SolverFailure) {
    self.program = program
    self.integrator = integrator
    probe = try PolynomialProbe(program.unknowns, of: integrator)
  }

  func set(from start: Double, to end: Double) {
    self.start = start
    self.end = end
    sampleTimes = GaussLobatto.times(from: start, to: end)
    loaded = false
  }

  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    loaded = false
    load(0, time)
    program.run(1)
    for signal in 0..<program.signalCount { values[signal] = program.value(signal) }
  }

  func sample(_ sample: Int, of signal: Int) -> Double {
    loadSamples()
    return program.value(signal, at: sample)
  }

  func copySamples(ofFirst count: Int, into samples: UnsafeMutablePointer<Double>) {
    loadSamples()
    for signal in 0..<count {
      for point in 0..<GaussLobatto.count {
        samples[signal * GaussLobatto.count + point] = program.value(signal, at: point)
      }
    }
  }

  /// The values at the end of the segment.
  var endValues: [Double] {
    loadSamples()
    return (0..<program.signalCount).map { program.value($0, at: GaussLobatto.count - 1) }
  }

  private func loadSamples() {
    guard !loaded else { return }
    for (point, time) in sampleTimes.enumerated() { load(point, time) }
    program.run(GaussLobatto.count)
    loaded = true
  }

  private func load(_ point: Int, _ time: Double) {
    integrator.interpolate(at: time, probe, rates: program.needsRates)
    program.load(point, time: time, y: probe.y, rate: probe.rate)
  }
}

/// The straight line across a restart: from the values before it to those after.
struct RestartSegment: SolutionSegment {
  let start: Double
  let end: Double
  let before: [Double]
  let after: [Double]

  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    for signal in before.indices { values[signal] = value(signal, time) }
  }

  var sampleTimes: [Double] { GaussLobatto.times(from: start, to: end) }
  func sample(_ sample: Int, of signal: Int) -> Double { value(signal, sampleTimes[sample]) }

  private func value(_ signal: Int, _ time: Double) -> Double {
    let share = end > start ? (time - start) / (end - start) : 1
    return share <= 0
      ? before[signal] : share >= 1 ? after[signal] : before[signal] + share * (after[signal] - before[signal])
  }
}
