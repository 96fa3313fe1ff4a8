internal import Analyses
internal import Waveforms

/// Steps that last: from which on the neuron keeps firing, how its rate grows, and how it begins (Hodgkin 1948, J Physiol
/// 107:165: class 1 from rates as low as one likes, class 2 with a rate of its own).
package enum RateProtocol: NeuronProtocol {
  static let subject = "rate against input"

  /// A step is watched for so many horizons; rates are those of the last two thirds.
  private static let duration = 6.0
  private static let accuracy = 2e-6
  /// Steps in onsets.
  private static let steps = [
    1.00002, 1.0002, 1.002, 1.02, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 7, 10,
  ]
  /// Steps ever ten times closer to the onset, by which its class is told.
  private static let approach = [1.02, 1.002, 1.0002, 1.00002]

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    guard let width = record.standardWidth else { return }
    func rate(_ amplitude: Double) -> Double {
      Self.rate(bench, .step(amplitude: amplitude, edge: Stimulus.edgeShare * width))
    }
    let unit = bench.inputUnit
    guard
      let onset = Bisection.threshold(below: bench.neuron.maximum, accuracy: accuracy, where: { rate($0) > 0 })
    else {
      return record.add(
        NeuronMeasure("onset", "onset of firing", .input, unit: unit, nil, words: "no step keeps it firing"))
    }
    record.onset = onset
    let inputs = steps.map { $0 * onset }.filter { abs($0) <= abs(bench.neuron.maximum) }
    record.rates = inputs.map { ($0, rate($0)) }
    func rate(at share: Double) -> Double? { record.rates.first { $0.input == share * onset }?.rate }
    record.add(NeuronMeasure("onset", "onset of firing", .input, unit: unit, onset))
    record.add(NeuronMeasure("onset_rate", "  rate there", .rate, unit: "Hz", rate(at: 1.0002)))
    record.add(NeuronMeasure("rate_2", "  rate at twice the onset", .rate, unit: "Hz", rate(at: 2)))
    record.add(NeuronMeasure("largest_rate", "largest rate", .rate, unit: "Hz", record.rates.map(\.rate).max()))
    let rates = approach.compactMap(rate(at:))
    let watched = 2 / 3 * duration * bench.horizon
    record.add(
      NeuronMeasure("class", "excitability class", .number, excitabilityClass(of: rates, watchedFor: watched)))
  }

  /// The class by the rates of four steps, each ten times closer to the onset than the one before; nil where one is 0.
  ///
  /// Where the interval between spikes grows without bound, each tenth adds as much to it as the one before (a logarithm,
  /// the passage of a saddle) or more (3.2 times as much for a root, a saddle-node on the cycle). Where it has an end, each
  /// adds less, so that the last adds a tenth of what the first added (a fold of cycles) or a hundredth (a line). It is told
  /// by a half; slow transients near a fold make a quarter of the tenth. An interval that fills a quarter of the time (s) that
  /// rates are watched for is as long as can be seen: the onset itself then lies where three spikes just fit.
  package static func excitabilityClass(of rates: [Double], watchedFor time: Double) -> Double? {
    guard rates.count == 4, rates.allSatisfy({ $0 > 0 }) else { return nil }
    let intervals = rates.map { 1 / $0 }
    let (first, last) = (intervals[1] - intervals[0], intervals[3] - intervals[2])
    return intervals[3] > 0.25 * time || (last > 0 && last > 0.5 * first) ? 1 : 2
  }

  /// The rate that a step keeps up, Hz; 0 where firing stops.
  static func rate(_ bench: TestBench, _ step: Stimulus) -> Double {
    let stop = duration * bench.horizon
    let spikes = bench.run(TestBench.Request(stimulus: step, stop: stop)).spikes.filter { $0 >= stop / 3 }
    return sustainedRate(of: spikes, until: stop)
  }

  /// (count - 1)/(last - first), or 0 where the silence behind the last spike is longer than two intervals.
  package static func sustainedRate(of spikes: [Double], until stop: Double) -> Double {
    guard let first = spikes.first, let last = spikes.last, spikes.count > 2, last > first else { return 0 }
    let interval = (last - first) / Double(spikes.count - 1)
    return stop - last > 2 * interval ? 0 : 1 / interval
  }
}
