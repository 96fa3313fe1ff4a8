internal import Batches
internal import Waveforms
public import Neuristor

extension BatchResults {
  /// A measure over a parameter, a curve for each value of another one; points of one x (samples of `.mc`, parameters that
  /// are not named) are drawn in the order of their runs.
  public func picture(of measure: String, over parameter: String, by other: String? = nil) throws(BatchFailure)
    -> Picture
  {
    let (x, y) = (try column(parameter), try column(measure))
    let groups = try other.map { name throws(BatchFailure) in try column(name) }
    var points: [(group: Double?, x: Double, y: Double)] = []
    for row in 0..<count {
      guard let x = x.values[row], let y = y.values[row] else { continue }
      points.append((groups?.values[row], x, y))
    }
    if points.isEmpty { throw BatchFailure(FigureError.nothingToDraw.diagnostic) }
    let signal = Signal(name: y.name, kind: .other(unit: ""))
    let names = groups == nil ? [nil] : Set(points.compactMap(\.group)).sorted().map { Optional($0) }
    let traces = names.map { name in
      // A stable sort: of equal x the runs keep their order.
      let own = points.enumerated().filter { $0.element.group == name }
        .sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
      let words = name.map { "\(groups?.name ?? "") = \(NumberFormat.spice($0, digits: 5))" } ?? ""
      return Trace(signal: signal, run: words, x: own.map(\.x), y: own.map(\.y))
    }
    return Picture(Figure(title: "", axis: Signal(name: x.name, kind: .other(unit: "")), traces: traces))
  }

  /// A measure over two parameters as colours; of several runs in one cell their mean.
  public func heatMap(of measure: String, over first: String, and second: String) throws(BatchFailure) -> Picture {
    let (x, y, z) = (try column(first), try column(second), try column(measure))
    let (across, up) = (Set(x.values.compactMap { $0 }).sorted(), Set(y.values.compactMap { $0 }).sorted())
    var sums = [[(sum: Double, count: Double)]](
      repeating: Array(repeating: (0, 0), count: across.count), count: up.count)
    for row in 0..<count {
      guard let value = z.values[row], let place = x.values[row].flatMap(across.firstIndex),
        let height = y.values[row].flatMap(up.firstIndex)
      else { continue }
      sums[height][place].sum += value
      sums[height][place].count += 1
    }
    let cells = sums.map { $0.map { $0.count > 0 ? $0.sum / $0.count : nil } }
    if cells.joined().allSatisfy({ $0 == nil }) { throw BatchFailure(FigureError.nothingToDraw.diagnostic) }
    return Picture(HeatMap(title: "", x: (x.name, across), y: (y.name, up), name: z.name, cells: cells))
  }

  /// How a measure is distributed over the runs.
  public func histogram(of measure: String) throws(BatchFailure) -> Picture {
    let column = try column(measure)
    do throws(FigureError) {
      return Picture(try Figure(histogramOf: column.name, column.values.compactMap { $0 }, title: ""))
    } catch { throw BatchFailure(error.diagnostic) }
  }

  /// Kept waveforms as families of curves, each named by the values of its run.
  public func waveforms(of signals: [String] = [], over axis: String? = nil) throws(BatchFailure) -> Picture {
    let parameters = table.columns.filter { $0.kind == .parameter }
    var family: [WaveformTable] = []
    do throws(BatchError) {
      let file = try BatchFile.reading(path)
      if let kept = try file.keptSignals() {
        // Of many runs as many as can be told apart, spread over all.
        let most = 64
        let rows = count <= most ? Array(0..<count) : (0..<most).map { $0 * (count - 1) / (most - 1) }
        for row in rows {
          let waves = try file.waveforms(ofRun: table.runs[row], analysis: kept.analysis)
          guard let first = waves.first else { continue }
          func signal(_ wave: BatchRecord.Waveform) -> Signal { Signal(name: wave.signal, unit: wave.unit) }
          var header = PlotHeader(
            title: "", plotName: "", analysis: kept.analysis, axis: signal(first),
            signals: waves.dropFirst().map(signal))
          header.run.parameters = parameters.compactMap { column in
            column.values[row].map { RunPlace.Parameter(name: column.name, value: $0) }
          }
          family.append(WaveformTable(header: header, columns: waves.map(\.values)))
        }
      }
      try file.close()
    } catch { throw BatchFailure(error.diagnostic) }
    do throws(FigureError) {
      return Picture(try Figure(family: family, signals: signals, over: axis))
    } catch { throw BatchFailure(error.diagnostic) }
  }

  private func column(_ name: String) throws(BatchFailure) -> BatchTable.Column {
    do throws(BatchError) { return try table.column(named: name) } catch { throw BatchFailure(error.diagnostic) }
  }
}
