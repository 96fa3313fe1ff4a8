internal import Protocols
internal import Waveforms

extension Comparison {
  /// The spikes laid over one another, rates against input, and the memristors' way through the spike, all rescaled to each
  /// neuron's own measures; nil where no neuron fired.
  public var picture: Picture? {
    let figures = [spikes, rates, trajectories].compactMap { $0 }
    return figures.isEmpty ? nil : Picture(figures)
  }

  /// Crossings of the threshold at 0, in half widths; rest at 0 and the peak at 1.
  private var spikes: Figure? {
    let traces = neurons.compactMap { neuron -> Trace? in
      let (time, output) = neuron.record.spike
      guard let scale = neuron.record.spikeFrame else { return nil }
      let points = time.indices.filter { Self.shownTimes.contains((time[$0] - scale.start) / scale.width) }
      return Self.trace(
        neuron.name, points.map { (time[$0] - scale.start) / scale.width },
        points.map { (output[$0] - scale.rest) / scale.height })
    }
    return Self.figure("Spikes", over: "Time (half widths)", "Output (heights)", traces)
  }

  /// Steps in onsets of firing, rates in spikes per half width.
  private var rates: Figure? {
    let traces = neurons.compactMap { neuron -> Trace? in
      guard let onset = neuron.record.onset, let width = neuron.record.spikeFrame?.width else { return nil }
      // The onset itself stands at the foot.
      let points = [(onset, 0.0)] + neuron.rates.map { ($0.input, $0.rate) }
      let shown = points.filter { $0.0 <= Self.shownOnsets * onset || onset < 0 }
      return Self.trace(neuron.name, shown.map { $0.0 / onset }, shown.map { $0.1 * width })
    }
    return Self.figure("Rate against input", over: "Step (onsets)", "Rate (per half width)", traces)
  }

  /// Voltage and current of each memristor in shares of their largest magnitudes.
  private var trajectories: Figure? {
    let traces = neurons.flatMap { neuron in
      neuron.record.trajectories.map { trajectory in
        Self.trace(
          "\(neuron.name) \(trajectory.device)", Self.shares(trajectory.voltage), Self.shares(trajectory.current))
      }
    }
    return Self.figure("Memristors through the spike", over: "Voltage (share)", "Current (share)", traces)
  }

  private static let shownTimes = -4.0...12.0
  private static let shownOnsets = 4.0

  private static func shares(_ values: [Double]) -> [Double] {
    let largest = values.lazy.map(\.magnitude).max() ?? 0
    return largest > 0 ? values.map { $0 / largest } : values
  }

  private static func trace(_ name: String, _ x: [Double], _ y: [Double]) -> Trace {
    Trace(signal: Signal(name: name, kind: .other(unit: "")), x: x, y: y)
  }

  private static func figure(_ title: String, over x: String, _ y: String, _ traces: [Trace]) -> Figure? {
    guard traces.contains(where: { !$0.x.isEmpty }) else { return nil }
    var figure = Figure(title: title, axis: Signal(name: x, kind: .other(unit: "")), traces: traces)
    for panel in figure.panels.indices { figure.panels[panel].name = y }
    return figure
  }
}
