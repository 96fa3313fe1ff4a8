internal import Circuits
internal import Waveforms

/// The standard pulse, a fifth above its threshold: the spike's latency, height, width and what follows it.
enum SpikeShapeProtocol: NeuronProtocol {
  static let subject = "spike"

  /// Of larger circuits, the first memristors are followed through the spike.
  private static let mostTrajectories = 8

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    guard let standard = record.standard, let rest = record.scale.rest else { return }
    let stimulus = Stimulus.pulse(amplitude: standard.amplitude, width: standard.width)
    let stop = standard.width + bench.horizon
    guard let spike = SpikeShape(of: stimulus, until: stop, rest: rest, bench) else { return }
    record.scale.height = spike.height
    record.scale.halfWidth = spike.halfWidth
    record.spikeCount = spike.count
    record.spikeTime = spike.latency
    let unit = bench.outputUnit
    record.add(NeuronMeasure("stimulus", "standard pulse", .input, unit: bench.inputUnit, standard.amplitude))
    record.add(NeuronMeasure("latency", "latency", .time, unit: "s", spike.latency))
    record.add(NeuronMeasure("peak", "peak", .level, unit: unit, spike.peak))
    record.add(NeuronMeasure("height", "height above rest", .height, unit: unit, spike.height))
    record.add(
      NeuronMeasure(
        "half_width", "width at half height", .time, unit: "s", spike.halfWidth,
        words: spike.halfWidth == nil ? "does not come down" : ""))
    record.add(
      NeuronMeasure("after_potential", "after-potential", .height, unit: unit, spike.lowest.map { $0 - rest }))
    record.add(
      NeuronMeasure(
        "after_potential_time", "  after the peak", .time, unit: "s", spike.lowestTime.map { $0 - spike.peakTime }))
    record.add(NeuronMeasure("spike_count", "spikes to one pulse", .number, Double(spike.count)))
    follow(stimulus, until: stop, on: bench, &record)
  }

  /// Keeps the output and what the memristors do for the picture.
  private static func follow(
    _ stimulus: Stimulus, until stop: Double, on bench: TestBench, _ record: inout NeuronRecord
  ) {
    let memristors = Array(bench.memristors.prefix(mostTrajectories))
    let signals = memristors.flatMap { [bench.quantity("v", of: $0), bench.quantity("i", of: $0)] }
    let request = TestBench.Request(stimulus: stimulus, stop: stop, signals: signals, recordsWaveforms: true)
    let columns = bench.run(request).columns
    guard columns.count == 2 + signals.count else { return }
    record.spike = (columns[0], columns[1])
    record.trajectories = memristors.enumerated().map { index, device in
      NeuronRecord.Trajectory(
        device: bench.circuit.name(of: device), voltage: columns[2 + 2 * index], current: columns[3 + 2 * index])
    }
  }
}
