internal import Waveforms

/// Whether all is as before when the standard spike is over: the output and the supplies' power, and if not, whether it
/// latches or fires on.
enum RecoveryProtocol: NeuronProtocol {
  static let subject = "return to rest"

  /// Of the spike's height, and of the static power.
  private static let tolerance = 0.02
  /// A neuron that has not returned after the horizon is given so many times as long.
  private static let patience = 10.0

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    guard let standard = record.standard, let rest = record.scale.rest, let height = record.scale.height else { return }
    let stimulus = Stimulus.pulse(amplitude: standard.amplitude, width: standard.width)
    var deviation: Double?
    var words = ""
    for time in [bench.horizon, patience * bench.horizon] {
      let stop = standard.width + time
      let trial = bench.run(
        TestBench.Request(
          stimulus: stimulus, stop: stop, signals: [bench.power(of: bench.supplies)],
          measures: [
            ("end", .find(signal: TestBench.output, .at(stop))), ("before", .find(signal: 1, .at(0))),
            ("supplied", .find(signal: 1, .at(stop))),
          ]))
      guard let end = trial["end"], let before = trial["before"], let supplied = trial["supplied"] else {
        words = "the run did not come to its end"
        break
      }
      deviation = end - rest
      let hasReturned = abs(end - rest) <= tolerance * abs(height)
      let spendsAsBefore = abs(supplied - before) <= tolerance * abs(before)
      // Spikes in the last third of a longer run have no stimulus any more.
      let isFiring = trial.spikes.contains { $0 > standard.width + 2 / 3 * time }
      words = isFiring ? "fires on" : hasReturned && spendsAsBefore ? "returns" : "latches"
      if words == "returns" { break }
    }
    record.add(
      NeuronMeasure("recovery", "return to rest", .height, unit: bench.outputUnit, deviation, words: words))
  }
}
