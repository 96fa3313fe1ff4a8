internal import Waveforms

/// Two standard pulses: the longest interval between their beginnings at which the second brings no spike of its own.
package enum RefractoryProtocol: NeuronProtocol {
  static let subject = "refractory time"

  private static let accuracy = 1e-4
  /// The intervals that are tried fall by this factor.
  private static let descent = 0.8

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    guard let standard = record.standard, record.spikeCount > 0 else { return }
    let found = refractoryTime(bench, standard.amplitude, standard.width, spikes: record.spikeCount)
    record.add(NeuronMeasure("refractory", "refractory time", .time, unit: "s", found.time, words: found.words))
  }

  /// Onset to onset for pulses of `amplitude` and `width`, of which one alone brings `spikes`.
  ///
  /// Intervals are tried from long ones down to the first that fails, and bisected from there: two pulses close together
  /// act as one long pulse and may fire again.
  package static func refractoryTime(
    _ bench: TestBench, _ amplitude: Double, _ width: Double, spikes: Int
  ) -> (time: Double?, words: String) {
    let shortest = Stimulus.shortestInterval(of: width)
    func secondFires(_ interval: Double) -> Bool {
      let request = TestBench.Request(
        stimulus: .pair(amplitude: amplitude, width: width, interval: interval),
        stop: interval + width + bench.horizon, enoughSpikes: spikes + 1)
      return bench.run(request).spikes.count > spikes
    }
    var interval = max(bench.horizon, shortest)
    guard secondFires(interval) else { return (nil, "longer than \(seconds(interval))") }
    while interval > shortest, !bench.isInterrupted {
      let next = max(descent * interval, shortest)
      if !secondFires(next) {
        return (Bisection.narrowed(from: next, to: interval, accuracy: accuracy, where: secondFires), "")
      }
      interval = next
    }
    return (nil, "below \(seconds(shortest))")
  }

  private static func seconds(_ time: Double) -> String { NumberFormat.quantity(time, unit: "s", digits: 4) }
}
