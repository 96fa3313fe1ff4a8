internal import Analyses
internal import Waveforms

/// Pulses from just above the threshold to three times as much: how equal their spikes are. And one just below.
enum AllOrNoneProtocol: NeuronProtocol {
  static let subject = "all or none"

  private static let above = [1.01, 1.1, 1.2, 1.5, 2, 3]
  private static let below = 0.99

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    guard let standard = record.standard, let rest = record.scale.rest, let threshold = record.scale.threshold,
      let height = record.scale.height, height != 0
    else { return }
    let stop = standard.width + bench.horizon
    let amplitudes = above.map { $0 * threshold }.filter { abs($0) <= abs(bench.neuron.maximum) }
    let peaks = amplitudes.compactMap { amplitude in
      SpikeShape(of: .pulse(amplitude: amplitude, width: standard.width), until: stop, rest: rest, bench)?.peak
    }
    let spread = peaks.min().flatMap { low in peaks.max().map { ($0 - low) / height } }
    record.add(NeuronMeasure("spread", "all-or-none spread", .number, peaks.count > 1 ? spread : nil))
    let response = bench.run(
      TestBench.Request(
        stimulus: .pulse(amplitude: below * threshold, width: standard.width), stop: stop,
        measures: MeasureRequest.Quantity.over("max", TestBench.output, from: 0, to: stop).map { [("peak", $0)] } ?? []
      ))
    record.add(
      NeuronMeasure(
        "subthreshold", "  response just below", .height, unit: bench.outputUnit, response["peak"].map { $0 - rest }))
  }
}
