/// Gathers the curves of a picture while a run goes on, in memory that does not grow with the length of the run.
///
/// A curve that has become too long is thinned to what the eye can tell. Runs of a `.step` become one family of curves:
/// no more runs than can be told apart, evenly chosen.
package final class PlotRecorder: WaveformSink {
  /// A signal, and what it is drawn over; over the axis where that is nil.
  package typealias Request = (signal: String, over: String?)

  private let requests: [Request]
  private var header = PlotHeader(title: "", plotName: "", axis: Signal(name: "", kind: .time), signals: [])
  /// Each curve, and the column that it is drawn over.
  private var curves: [(curve: Curve, over: Int)] = []
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

  /// Of the signals written to it `requests` are drawn; a few node voltages where it is empty.
  package init(_ requests: [Request] = []) {
    self.requests = requests.map { ($0.signal.lowercased(), $0.over?.lowercased()) }
  }

  /// Of the signals written to it those of `names` are drawn over the axis; a few node voltages where it is empty.
  package convenience init(signals names: [String]) {
    self.init(names.map { ($0, nil) })
  }

  package func begin(_ header: PlotHeader) {
    self.header = header
    let signals = [header.axis] + header.signals
    func place(_ name: String) -> Int? {
      signals.firstIndex { $0.name.lowercased() == name || $0.signalName.lowercased() == name }
    }
    let chosen = requests.isEmpty ? DefaultSignals(among: signals, over: 0) : nil
    let places =
      chosen.map { $0.places.map { (y: $0, x: 0) } }
      ?? requests.compactMap { request in
        place(request.signal).map { (y: $0, x: request.over.flatMap(place) ?? 0) }
      }
    leftOut = chosen?.leftOut ?? 0
    if !header.run.isDrawn(among: Self.mostCurves / max(1, places.count)) {
      runs.leftOut += 1
      curves = []
    } else {
      curves = places.flatMap { place in Curve.curves(of: signals, at: place.y).map { ($0, place.x) } }
    }
    traces = curves.map { Trace(signal: $0.curve.signal, run: header.run.words, x: [], y: []) }
    limit = Self.capacity
  }

  package func append(_ point: borrowing Span<Double>) {
    for index in curves.indices {
      traces[index].x.append(point[curves[index].over])
      traces[index].y.append(curves[index].curve.next { $0 < point.count ? point[$0] : .nan })
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
        isLogarithmic: isLogarithmic)
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
    var figure = Figure(title: header.title, axis: axis, traces: traces)
    figure.isLogarithmic = isLogarithmic
    figure.leftOut = leftOut
    figure.runs = runs
    return figure
  }

  private var isLogarithmic: Bool { header.isLogarithmic && curves.allSatisfy { $0.over == 0 } }

  /// What the curves are drawn over; where they differ, their common quantity.
  private var axis: Signal {
    let signals = [header.axis] + header.signals
    let horizontal = Set(curves.map { signals[$0.over] })
    guard horizontal.count > 1 else { return horizontal.first ?? header.axis }
    let kinds = Set(horizontal.map(\.kind))
    let kind = kinds.count == 1 ? kinds.first ?? .time : .other(unit: "")
    return Signal(name: kind.quantityName, kind: kind)
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
