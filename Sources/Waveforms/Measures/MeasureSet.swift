package import Expressions

/// All spikes and measures of one analysis: sees every segment once, in order, and keeps no waveform.
package final class MeasureSet {
  private let plan: MeasurePlan
  private let view: SegmentView
  private let trains: [SpikeTrain]
  /// By place in the plan.
  private var running: [(place: Int, measure: any RunningMeasure)]
  private var fourier: [FourierSeries]
  private let quietLevels = QuietLevels()
  /// Whether all need only be shown what leaves the quiet levels.
  private var isQuiet = false
  /// Whether so little is watched that it is worth telling whether it is quiet before it is looked at.
  private let mayBeQuiet: Bool

  /// `reltol` is the accuracy wanted of integrals; `stop` ends a transient, whose `.four` lines count `harmonics`, that of
  /// frequency 0 included.
  package init(_ plan: MeasurePlan, reltol: Double, stop: Double = .infinity, harmonics: Int = 10) {
    self.plan = plan
    view = SegmentView(signalCount: plan.watched.count)
    let trains = plan.spikes.map { SpikeTrain($0) }
    self.trains = trains
    let tolerance = min(max(reltol, 1e-12), 1e-3)
    fourier = plan.fourier.map { FourierSeries($0, stop: stop, count: harmonics) }
    running = plan.measures.enumerated().compactMap { place, request in
      Self.measure(request, trains, tolerance).map { (place, $0) }
    }
    mayBeQuiet = fourier.isEmpty && plan.spikes.reduce(running.count) { $0 + $1.signals.count } <= 8
  }

  private static func measure(
    _ request: MeasureRequest, _ trains: [SpikeTrain], _ tolerance: Double
  ) -> (any RunningMeasure)? {
    func windowed(_ statistic: (some WindowStatistic).Type, _ signal: Int, _ window: AxisWindow) -> any RunningMeasure {
      WindowMeasure(statistic, of: signal, in: window, tolerance: tolerance)
    }
    func around(_ statistic: (some WindowStatistic).Type, _ signal: Int, _ window: SpikeWindow) -> any RunningMeasure {
      SpikeWindowMeasure(statistic, of: signal, around: trains[window.train], window, tolerance: tolerance)
    }
    let continues = request.continues
    switch request.quantity {
    case .find(let signal, let instant): return InstantMeasure(instant, reading: signal, continues: continues)
    case .when(let condition): return InstantMeasure(.crossing(condition), reading: nil, continues: continues)
    case .delay(let trigger, let target): return DelayMeasure(from: trigger, to: target, continues: continues)
    case .statistic(let statistic, let signal, let window): return windowed(statistic, signal, window)
    case .statisticAroundSpikes(let statistic, let signal, let window): return around(statistic, signal, window)
    case .lobe(let y, let x, let side, let window):
      return Lobe(y: y, x: x, side: side, window: window, tolerance: tolerance)
    case .slope(let signal, let instant):
      return InstantMeasure(instant, reading: signal, asSlope: true, continues: continues)
    case .cycles(let kind, let signal, let levels, let window):
      return Cycles(kind, of: signal, levels, in: window)
    case .error(let kind, let measured, let calculated, let bounds, let window):
      return ErrorNorm(kind, of: calculated, from: measured, bounds, in: window)
    case .parameter: return nil
    }
  }

  package func observe(_ segment: any SolutionSegment) {
    if isQuiet && quietLevels.hold(in: segment) { return }
    view.load(segment)
    for train in trains { train.observe(view) }
    for index in running.indices { running[index].measure.observe(view) }
    for index in fourier.indices { fourier[index].observe(view) }
    if mayBeQuiet { findQuietLevels() }
  }

  private func findQuietLevels() {
    quietLevels.removeAll()
    isQuiet =
      trains.allSatisfy { $0.addQuietLevels(to: quietLevels) }
      && running.allSatisfy { $0.measure.addQuietLevels(to: quietLevels) }
  }

  /// How many spikes the last signal of a train has had so far.
  package func spikeCount(of train: Int) -> Int { trains[train].timesOfLastSignal.count }

  /// The results so far; `scope` holds the parameters and functions that `param=` expressions may name.
  package func finish(scope: some ConstantScope) -> ResultTable {
    var table = ResultTable()
    table.fourier = fourier.flatMap(\.results)
    table.spikes = trains.map { $0.results() }
    var results = [[MeasureResult]](repeating: [], count: plan.measures.count)
    for (place, measure) in running {
      let request = plan.measures[place]
      let value = measure.result().finite.flatMapError { failure in
        request.fallback.map { .success($0) } ?? .failure(failure)
      }
      results[place] = [MeasureResult(name: request.name, value: value)]
      guard let further = try? measure.results().get().dropFirst() else { continue }
      for (index, value) in further.enumerated() {
        results[place].append(MeasureResult(name: "\(request.name)[\(index + 2)]", value: .success(value)))
      }
    }
    table.evaluate(plan.measures, measured: results, scope: scope)
    return table
  }
}
