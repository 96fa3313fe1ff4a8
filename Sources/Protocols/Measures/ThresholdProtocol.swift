internal import Analyses
internal import Waveforms

/// Single pulses of several widths, and a step: the smallest amplitude that brings a spike, bisected.
enum ThresholdProtocol: NeuronProtocol {
  static let subject = "thresholds"

  /// Widths in shares of the standard pulse's.
  static let widths: [Double] = [0.1, 0.2, 0.5, 1, 2, 5]

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    guard !record.firesByItself else { return }
    record.standardWidth = bench.neuron.width ?? widthOfFirstSpike(bench, &record)
    guard let width = record.standardWidth else {
      let words = "no spike up to " + NumberFormat.quantity(bench.neuron.maximum, unit: bench.inputUnit, digits: 4)
      return record.add(NeuronMeasure("threshold", "pulse threshold", .input, unit: bench.inputUnit, nil, words: words))
    }
    record.add(NeuronMeasure("pulse_width", "standard pulse width", .time, unit: "s", width))
    for share in widths {
      let name = share == 1 ? "threshold" : "threshold_\(NumberFormat.significant(share))"
      let label = share == 1 ? "pulse threshold" : "  \(NumberFormat.significant(share)) of that width"
      let threshold = threshold(bench, width: share * width)
      if share == 1, let threshold {
        record.scale.threshold = threshold
        let amplitude = excess * threshold
        let isLarger = abs(amplitude) > abs(bench.neuron.maximum)
        record.standard = (isLarger ? bench.neuron.maximum : amplitude, width)
      }
      record.add(measure(name, label, threshold, bench))
    }
    let step = Bisection.threshold(below: bench.neuron.maximum) {
      bench.fires(.step(amplitude: $0, edge: Stimulus.edgeShare * width), within: bench.horizon)
    }
    record.add(measure("rheobase", "  step (rheobase)", step, bench))
  }

  /// The standard pulse lies by this factor above its threshold.
  static let excess = 1.2

  /// The threshold of a pulse of `width`.
  static func threshold(_ bench: TestBench, width: Double) -> Double? {
    Bisection.threshold(below: bench.neuron.maximum) {
      bench.fires(.pulse(amplitude: $0, width: width), within: width + bench.horizon)
    }
  }

  private static func measure(
    _ name: String, _ label: String, _ value: Double?, _ bench: TestBench
  ) -> NeuronMeasure {
    NeuronMeasure(name, label, .input, unit: bench.inputUnit, value, words: value == nil ? "no spike" : "")
  }

  /// The half width of the first spike under the weakest of some steps that brings a whole one.
  private static func widthOfFirstSpike(_ bench: TestBench, _ record: inout NeuronRecord) -> Double? {
    guard let rest = record.scale.rest else { return nil }
    var width: Double?
    var amplitude = bench.neuron.maximum
    for _ in 0...12 {
      let step = Stimulus.step(amplitude: amplitude, edge: 1e-6 * bench.horizon)
      if let spike = SpikeShape(of: step, until: bench.horizon, rest: rest, bench), let found = spike.halfWidth {
        width = found
      } else if width != nil {
        break
      }
      amplitude /= 2
    }
    return width
  }
}
