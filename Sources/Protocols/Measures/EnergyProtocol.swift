internal import Circuits
internal import Waveforms

/// The standard spike once more: what every element and source spends on it, what they spend at rest subtracted.
enum EnergyProtocol: NeuronProtocol {
  static let subject = "energy"

  /// Of larger circuits only the sums are taken.
  private static let mostElements = 10_000

  static func run(on bench: TestBench, _ record: inout NeuronRecord) {
    guard let standard = record.standard, record.spikeCount > 0 else { return }
    let stop = standard.width + bench.horizon
    let input = [bench.source]
    let listed = bench.elements.count <= mostElements ? input + bench.supplies + bench.elements : []
    let sums = [bench.supplies, input, bench.memristors]
    let signals = sums.map(bench.power(of:)) + listed.map { bench.power(of: $0) }
    var measures: [(name: String, quantity: MeasureRequest.Quantity)] = []
    for place in 1...signals.count {
      measures.append(("rest\(place)", .find(signal: place, .at(0))))
      MeasureRequest.Quantity.over("integ", place, from: 0, to: stop).map { measures.append(("all\(place)", $0)) }
    }
    let trial = bench.run(
      TestBench.Request(
        stimulus: .pulse(amplitude: standard.amplitude, width: standard.width), stop: stop, signals: signals,
        measures: measures))
    func energy(_ place: Int) -> Double? {
      guard let all = trial["all\(place)"], let rest = trial["rest\(place)"] else { return nil }
      return (all - rest * stop) / Double(record.spikeCount)
    }
    let supplied = energy(1).map { -$0 }
    let given = energy(2).map { -$0 }
    let total = supplied.flatMap { supplied in given.map { supplied + $0 } }
    record.scale.energy = total
    record.add(NeuronMeasure("energy", "energy per spike", .energy, unit: "J", total))
    record.add(NeuronMeasure("energy_supplies", "  of the supplies", .energy, unit: "J", supplied))
    record.add(NeuronMeasure("energy_input", "  of the input", .energy, unit: "J", given))
    record.add(NeuronMeasure("energy_memristors", "  into memristors", .energy, unit: "J", energy(3)))
    for (index, device) in listed.enumerated() {
      guard let spent = energy(sums.count + 1 + index) else { continue }
      record.energies.append((bench.circuit.name(of: device), spent))
    }
    record.energies.sort { abs($0.energy) > abs($1.energy) }
  }
}
