/// Gathers the curves of a picture while a run goes on, in memory that does not grow with the length of the run.
///
/// A curve that has become too long is thinned to what the eye can tell. Runs of a `.step` become one family of curves:
/// no more runs than can be told apart, evenly chosen.
package final class PlotRecorder: WaveformSink {
  private let names: [String]
  private let axisName: String?
  private var header = PlotHeader(title: "", plotName: "", axis: Signal(name: "", kind: .time), signals: [])
  private var horizontal = 0
  private var curves: [Curve] = []
  private var leftOut = 0
  /// Curves of the runs before, and how many runs are drawn and not drawn.
  private var family: [Trace] = []
  private var runs = (drawn: 0, leftOut: 0)
  private var traces: [Trace] = []
  private var limit = PlotRecorder.capacity
  private var figures: [Figure] = []

  private static let capacity = 1 << 16
  /// A fifth of a pixel in a picture a thousand wide.
  static let deviation = 2e-4
  /// Curves of a family that a picture holds.
  static let mostCurves = 12

  /// Of the signals written to it those of `names` are drawn (a few node voltages where it is empty), over the axis
  /// or the signal named `axisName`.
  package init(signals names: [String] = [], over axisName: String? = nil) {
    self.names = names.map { $0.lowercased() }
    self.axisName = axisName?.lowercased()
  }

  package func begin(_ header: PlotHeader) {
    self.header = header
    let signals = [header.axis] + header.signals
    func place(_ name: String) -> Int? {
      signals.firstIndex { $0.name.lowercased() == name || $0.signalName.lowercased() == name }
    }
    horizontal = axisName.flatMap(place) ?? 0
    let chosen = DefaultSignals(among: signals, over: horizontal)
    let places = names.isEmpty ? chosen.places : names.compactMap(place)
    leftOut = names.isEmpty ? chosen.leftOut : 0
    if !header.run.isDrawn(among: Self.mostCurves / max(1, places.count)) {
      runs.leftOut += 1
      curves = []
    } else {
      curves = places.flatMap { Curve.curves(of: signals, at: $0) }
    }
    traces = curves.map { Trace(signal: $0.signal, run: header.run.words, x: [], y: []) }
    limit = Self.capacity
  }

  package func append(_ point: borrowing Span<Double>) {
    for index in curves.indices {
      traces[index].x.append(point[horizontal])
      traces[index].y.append(curves[index].next { $0 < point.count ? point[$0] : .nan })
    }
    if let count = traces.first?.x.count, count >= limit { thin() }
  }

  private func thin() {
    let figure = Figure(title: "", axis: header.axis, traces: traces)
    let xRange = figure.axisRange
    for index in traces.indices {
      let yRange = Trace.range(of: traces[index].y) ?? 0...1
      // Half the deviation of a picture: curves are thinned more than once.
      traces[index] = traces[index].simplified(
        deviation: Self.deviation / 2, xRange: xRange, yRange: yRange,
        isLogarithmic: header.isLogarithmic && horizontal == 0)
    }
    limit = Self.capacity + (traces.map(\.x.count).max() ?? 0)
  }

  package func finish(_ ending: RunEnding) {
    defer { traces = [] }
    guard traces.contains(where: { !$0.x.isEmpty }) else { return }
    if header.run.count > 1 {
      family += traces
      runs.drawn += 1
    } else {
      figures.append(figure(of: traces))
    }
  }

  private func figure(of traces: [Trace]) -> Figure {
    let axis = horizontal == 0 ? header.axis : header.signals[horizontal - 1]
    var figure = Figure(title: header.title, axis: axis, traces: traces)
    figure.isLogarithmic = horizontal == 0 && header.isLogarithmic
    figure.leftOut = leftOut
    figure.runs = runs
    return figure
  }

  /// One picture per result that was written, one for all runs of a `.step`.
  package func takeFigures() -> [Figure] {
    defer {
      figures = []
      family = []
      runs = (0, 0)
    }
    return family.isEmpty ? figures : figures + [figure(of: family)]
  }
}
