internal import Analyses
internal import Waveforms

/// Everything that takes the points of a run: files, a table in memory, pictures. One sink to the analyses.
final class OutputSet: WaveformSink {
  private var files: [any WaveformSink] = []
  private let table: WaveformTable?
  private let recordsPictures: Bool
  private var place = RunPlace()
  private var plots: [OutputRequests.Plot] = []
  private var saved: [String] = []
  private var drawsResults = false
  private var prints: [OutputRequests.Print] = []
  /// How many analyses of each kind the run has begun.
  private var begun: [AnalysisKind: Int] = [:]
  /// The pictures of every analysis, which its runs share: a family of curves each.
  private var pictures: [(analysis: String, recorders: [PlotRecorder])] = []
  private var recorders: [PlotRecorder] = []
  /// The `.print` lines of the analysis at hand, and their tables.
  private var asked: [OutputRequests.Print] = []
  private var tables: [PrintedTable] = []
  /// A file takes no more points: further runs have nowhere to go.
  private(set) var isClosed = false

  init(_ options: RunOptions, of source: Source) throws(SinkFailure) {
    table = options.keepsWaveforms ? WaveformTable() : nil
    recordsPictures = options.recordsPictures
    for file in options.files {
      switch file {
      case .raw(let path): files.append(try Rawfile.sink(path: path))
      case .csv(let path): files.append(try CSV.sink(path: path))
      case .hdf5(let path):
        let attributes: KeyValuePairs = ["program": "neuristor \(Release.number)", "netlist": source.name]
        files.append(try HDF5.sink(path: path, attributes: attributes))
      }
    }
  }

  /// The run at `place` is to come.
  func begin(_ place: RunPlace, of experiment: Experiment) {
    self.place = place
    begun = [:]
    plots = experiment.requests.outputs.plots
    saved = experiment.requests.outputs.saved.map(\.name)
    prints = experiment.requests.outputs.prints.map { request in
      var request = request
      if let digits = experiment.settings.printedDigits { request.layout.digits = digits }
      return request
    }
    drawsResults = !experiment.requests.outputs.resultPlots.isEmpty
  }

  /// The set as the sink of an analysis, or nil where nobody listens and no point need be computed. Each `.plot` line
  /// of that analysis becomes a picture; without one, what `.save` names is drawn, else a few node voltages, unless
  /// `.plot step` lines draw the results alone.
  func sink(for kind: AnalysisKind) -> (any WaveformSink)? {
    begun[kind, default: 0] += 1
    recorders = recordsPictures && kind != .op ? recorders(of: kind, number: begun[kind, default: 1]) : []
    asked = prints.filter { $0.analysis == kind }
    tables = asked.map {
      PrintedTable(signals: $0.signals.map(\.name), takesAll: $0.takesAll, layout: $0.layout)
    }
    return files.isEmpty && table == nil && recorders.isEmpty && tables.isEmpty ? nil : self
  }

  private func recorders(of kind: AnalysisKind, number: Int) -> [PlotRecorder] {
    let analysis = "\(kind.rawValue)\(number)"
    if let known = pictures.first(where: { $0.analysis == analysis }) { return known.recorders }
    let wanted = plots.filter { $0.analysis == nil || $0.analysis == kind }
    var made = wanted.map { PlotRecorder($0.curves.map { ($0.signal.name, $0.over?.name) }) }
    if made.isEmpty, !(plots.isEmpty && drawsResults) { made = [PlotRecorder(signals: saved)] }
    pictures.append((analysis, made))
    return made
  }

  func begin(_ header: PlotHeader) throws(SinkFailure) {
    var header = header
    header.run = place
    table?.begin(header)
    for table in tables { table.begin(header) }
    for recorder in recorders { recorder.begin(header) }
    do throws(SinkFailure) {
      for file in files { try file.begin(header) }
    } catch {
      throw close(error)
    }
  }

  func append(_ point: borrowing Span<Double>) throws(SinkFailure) {
    table?.append(point)
    for table in tables { table.append(point) }
    for recorder in recorders { recorder.append(point) }
    do throws(SinkFailure) {
      for file in files { try file.append(point) }
    } catch {
      throw close(error)
    }
  }

  func finish(_ ending: RunEnding) throws(SinkFailure) {
    table?.finish(ending)
    for recorder in recorders { recorder.finish(ending) }
    do throws(SinkFailure) {
      for file in files { try file.finish(ending) }
      for (request, table) in zip(asked, tables) {
        if let path = request.path { try TextFile.write(table.text, to: path, appending: place.number > 0) }
      }
    } catch {
      throw close(error)
    }
  }

  private func close(_ failure: SinkFailure) -> SinkFailure {
    isClosed = true
    return failure
  }

  /// The `.print` lines of the analysis at hand as text.
  var printed: String {
    var result = ""
    for (asked, table) in zip(asked, tables) where asked.path == nil { result += table.text }
    return result
  }

  /// The points since the last `begin`, where they are kept.
  var waveforms: Waveforms? { table.flatMap { Waveforms($0) } }

  func takeFigures() -> [Figure] { pictures.flatMap { $0.recorders.flatMap { $0.takeFigures() } } }
}
