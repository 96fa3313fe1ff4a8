internal import Waveforms

/// Measures whose times count from a stimulus's beginning.
extension MeasureRequest.Quantity {
  /// A statistic of `MeasureCatalogue` over a window.
  static func over(_ keyword: String, _ signal: Int, from: Double, to: Double) -> MeasureRequest.Quantity? {
    MeasureCatalogue.statistic(keyword).map { .statistic($0, signal: signal, AxisWindow(from: from, to: to)) }
  }

  /// The same on the clock of a run in which the stimulus begins at `start`.
  func delayed(by start: Double) -> MeasureRequest.Quantity {
    switch self {
    case .find(let signal, .at(let time)): return .find(signal: signal, .at(start + time))
    case .when(var condition):
      condition.window = condition.window.delayed(by: start)
      return .when(condition)
    case .statistic(let statistic, let signal, let window):
      return .statistic(statistic, signal: signal, window.delayed(by: start))
    case .find, .slope, .cycles, .delay, .statisticAroundSpikes, .lobe, .error, .parameter: return self
    }
  }

  /// Whether its value is a time of the run.
  var isInstant: Bool {
    switch self {
    case .when: true
    case .statistic(let statistic, _, _): statistic.keyword.hasSuffix("_at")
    case .find, .slope, .cycles, .delay, .statisticAroundSpikes, .lobe, .error, .parameter: false
    }
  }
}

extension AxisWindow {
  fileprivate func delayed(by start: Double) -> AxisWindow { AxisWindow(from: start + from, to: start + to) }
}
