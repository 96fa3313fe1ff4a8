internal import Analyses
internal import Waveforms

/// Nothing is done: the level of rest, what the supplies give there, and whether it is a rest at all.
///
/// A state that a netlist starts with a value of its own (`state w = 0.08`) is let go at t = 0, and so is what `uic` starts;
/// then stimuli wait until the circuit has come to rest.
enum RestProtocol: NeuronProtocol {
  static let subject = "rest"

  /// When rest may be reached, in horizons; the last one is what it is told by.
  private static let waits = [0.0, 0.5, 1, 2, 4, 10]
  /// Of the distance from rest to threshold, and of the static power.
  private static let tolerance = 1e-4

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    let times = waits.map { $0 * bench.horizon }
    let trial = bench.run(
      TestBench.Request(
        stimulus: .rest, stop: times[times.count - 1], signals: [bench.power(of: bench.supplies)],
        measures: times.indices.flatMap { index in
          [
            ("output\(index)", .find(signal: TestBench.output, .at(times[index]))),
            ("power\(index)", .find(signal: 1, .at(times[index]))),
          ]
        }))
    func state(_ index: Int) -> (output: Double, power: Double)? {
      trial["output\(index)"].flatMap { output in trial["power\(index)"].map { (output, $0) } }
    }
    var words = ""
    if let end = state(times.count - 1) {
      let reach = tolerance * abs(bench.neuron.threshold - end.output)
      let settled = times.indices.first { index in
        guard let now = state(index) else { return false }
        return abs(now.output - end.output) <= reach && abs(now.power - end.power) <= tolerance * abs(end.power)
      }
      bench.start = settled.map { times[$0] } ?? 0
      record.scale.rest = end.output
      record.staticPower = -end.power
      let spikes = trial.spikes.filter { $0 > 0.5 * times[times.count - 1] }
      record.firesByItself = !spikes.isEmpty
      let rate = NumberFormat.quantity(
        RateProtocol.sustainedRate(of: spikes, until: times[times.count - 1]), unit: "Hz", digits: 4)
      words = record.firesByItself ? "fires by itself (\(rate))" : settled == times.count - 1 ? "does not settle" : ""
    }
    record.add(NeuronMeasure("rest", "rest", .level, unit: bench.outputUnit, record.scale.rest, words: words))
    record.add(NeuronMeasure("static_power", "static power", .power, unit: "W", record.staticPower))
  }
}
