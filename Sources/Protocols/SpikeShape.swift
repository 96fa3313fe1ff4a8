internal import Analyses
internal import Waveforms

/// The first spike of a response, read off three runs of it: when it crosses the threshold, its extremes in between, where
/// it passes half of its height.
package struct SpikeShape: Sendable {
  /// From the stimulus's beginning to the upward crossing of the threshold, s.
  package var latency: Double
  /// The highest value above the threshold, and when.
  package var peak: Double
  package var peakTime: Double
  /// Peak less rest.
  package var height: Double
  /// The width at half the height above rest, s; nil where the output does not come down again.
  package var halfWidth: Double?
  /// The lowest value behind the spike and before the next, and when; nil where the output does not come down again.
  package var lowest: Double?
  package var lowestTime: Double?
  /// Spikes in all.
  package var count: Int

  /// Nil where the stimulus brings no spike. `rest` is the output's level of rest.
  package init?(of stimulus: Stimulus, until stop: Double, rest: Double, _ bench: TestBench) {
    let output = TestBench.output
    func crossing(
      _ level: Double, _ edge: CrossingEdge, _ occurrence: CrossingOccurrence, from: Double, to: Double
    ) -> MeasureRequest.Quantity {
      .when(
        CrossingCondition(
          signal: output, level: .constant(level), edge: edge, occurrence: occurrence,
          window: AxisWindow(from: from, to: to)))
    }
    func run(_ measures: [(name: String, quantity: MeasureRequest.Quantity?)]) -> TestBench.Trial {
      bench.run(
        TestBench.Request(
          stimulus: stimulus, stop: stop,
          measures: measures.compactMap { measure in measure.quantity.map { (measure.name, $0) } }))
    }

    let level = bench.neuron.threshold
    let crossings = run([("fall", crossing(level, .fall, .number(1), from: 0, to: stop))])
    guard let first = crossings.spikes.first else { return nil }
    let fall = crossings["fall"].flatMap { $0 > first ? $0 : nil }
    let next = crossings.spikes.dropFirst().first ?? stop
    latency = first
    count = crossings.spikes.count

    let extremes = run([
      ("peak", .over("max", output, from: first, to: fall ?? stop)),
      ("peak_time", .over("max_at", output, from: first, to: fall ?? stop)),
      ("lowest", fall.flatMap { .over("min", output, from: $0, to: next) }),
      ("lowest_time", fall.flatMap { .over("min_at", output, from: $0, to: next) }),
    ])
    guard let peak = extremes["peak"], let peakTime = extremes["peak_time"] else { return nil }
    (self.peak, self.peakTime) = (peak, peakTime)
    (lowest, lowestTime) = (extremes["lowest"], extremes["lowest_time"])
    height = peak - rest

    let half = 0.5 * (peak + rest)
    let sides = run([
      ("up", crossing(half, .rise, .last, from: 0, to: peakTime)),
      ("down", crossing(half, .fall, .number(1), from: peakTime, to: stop)),
    ])
    if let up = sides["up"], let down = sides["down"] { halfWidth = down - up }
  }
}
