internal import Equations
internal import Solvers
internal import Waveforms

/// The last step of an integrator as measures see it, or the part of it up to an event.
final class TransientSegment: SolutionSegment {
  private let program: SignalProgram
  private let probe: PolynomialProbe
  private(set) var start = 0.0
  private(set) var end = 0.0
  /// Whether the probe holds this step's polynomial, and the program the samples.
  private var isRead = false
  private var isSampled = false

  init(_ program: SignalProgram, _ integrator: IDAIntegrator) throws(SolverFailure) {
    self.program = program
    probe = try PolynomialProbe(program.unknowns, of: integrator)
  }

  func set(from start: Double, to end: Double) {
    self.start = start
    self.end = end
    isRead = false
    isSampled = false
  }

  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    isSampled = false
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

  func bounds(of signal: Int) -> (lower: Double, upper: Double)? {
    let place = program.plainPlaces[signal]
    guard place >= 0 else { return nil }
    return probe.bounds(of: place)
  }

  /// The values at the end of the segment.
  var endValues: [Double] {
    loadSamples()
    return (0..<program.signalCount).map { program.value($0, at: GaussLobatto.count - 1) }
  }

  private func loadSamples() {
    guard !isSampled else { return }
    for point in 0..<GaussLobatto.count { load(point, GaussLobatto.time(point, from: start, to: end)) }
    program.run(GaussLobatto.count)
    isSampled = true
  }

  private func readPolynomial() {
    if !isRead { probe.read() }
    isRead = true
  }

  private func load(_ point: Int, _ time: Double) {
    readPolynomial()
    probe.evaluate(at: time, rates: program.needsRates)
    program.load(point, time: time, y: probe.y, rate: probe.rate)
  }
}

/// The straight line across a restart: from the values before it to those after.
final class RestartSegment: SolutionSegment {
  let start: Double
  let end: Double
  private let before: [Double]
  private let after: [Double]

  init(start: Double, end: Double, before: [Double], after: [Double]) {
    self.start = start
    self.end = end
    self.before = before
    self.after = after
  }

  func evaluate(at time: Double, into values: UnsafeMutablePointer<Double>) {
    for signal in before.indices { values[signal] = value(signal, time) }
  }

  func sample(_ sample: Int, of signal: Int) -> Double {
    value(signal, GaussLobatto.time(sample, from: start, to: end))
  }

  private func value(_ signal: Int, _ time: Double) -> Double {
    let share = end > start ? (time - start) / (end - start) : 1
    return share <= 0
      ? before[signal] : share >= 1 ? after[signal] : before[signal] + share * (after[signal] - before[signal])
  }
}
