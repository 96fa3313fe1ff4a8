/// A statistic in a window around every spike, averaged over the spikes.
///
/// A window begins before its spike is known, so the last steps of the signal are kept, as far back as a window can
/// reach. Windows that reach outside the run are left out.
struct SpikeWindowMeasure<Statistic: WindowStatistic>: RunningMeasure {
  private struct OpenWindow {
    var end: Double
    var statistic: Statistic
  }

  private let signal: Int
  private let window: SpikeWindow
  private let tolerance: Double
  private let train: SpikeTrain
  private let replay = SegmentView(signalCount: 1)
  private var runStart: Double?
  private var history: [StoredSegment] = []
  /// Steps before this one are no longer needed.
  private var firstKept = 0
  private var spikesSeen = 0
  private var openWindows: [OpenWindow] = []
  private var sum = 0.0
  private var count = 0

  init(_ statistic: Statistic.Type, of signal: Int, around train: SpikeTrain, _ window: SpikeWindow, tolerance: Double)
  {
    self.signal = signal
    self.window = window
    self.tolerance = tolerance
    self.train = train
  }

  mutating func observe(_ view: SegmentView) {
    let runStart = self.runStart ?? view.start
    self.runStart = runStart
    forget(before: view.start - window.before)
    for index in openWindows.indices {
      feed(&openWindows[index].statistic, view, of: signal, from: view.start, to: openWindows[index].end)
    }
    history.append(StoredSegment(of: signal, in: view))
    let spikes = train.timesOfLastSignal
    for spike in spikes[min(spikesSeen, spikes.count)...] {
      let begin = spike - window.before
      guard begin >= runStart - 1e-12 * abs(spike - runStart) else { continue }
      var opened = OpenWindow(end: spike + window.after, statistic: Statistic())
      let remembered = StoredSegments(history[firstKept])
      for segment in history[firstKept...] where segment.end > begin {
        remembered.current = segment
        replay.load(remembered)
        feed(&opened.statistic, replay, of: 0, from: begin, to: opened.end)
      }
      openWindows.append(opened)
    }
    spikesSeen = spikes.count
    close(until: view.end)
  }

  private func feed(
    _ statistic: inout Statistic, _ view: SegmentView, of signal: Int, from begin: Double, to end: Double
  ) {
    let first = max(view.start, begin)
    let last = min(view.end, end)
    guard first < last else { return }
    statistic.observe(SegmentPiece(of: signal, in: view, from: first, to: last, tolerance: tolerance))
  }

  private mutating func close(until time: Double) {
    for window in openWindows where window.end <= time {
      guard let value = window.statistic.value else { continue }
      sum += value
      count += 1
    }
    openWindows.removeAll { $0.end <= time }
  }

  private mutating func forget(before time: Double) {
    while firstKept < history.count, history[firstKept].end < time { firstKept += 1 }
    guard firstKept > 64, firstKept > history.count / 2 else { return }
    history.removeFirst(firstKept)
    firstKept = 0
  }

  func result() -> Result<Double, MeasureFailure> {
    count > 0 ? .success(sum / Double(count)) : .failure(.noSpikeWindow(spikes: spikesSeen))
  }
}
