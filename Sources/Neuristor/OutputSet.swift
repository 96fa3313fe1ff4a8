internal import Analyses
internal import Waveforms

/// Everything that takes the points of a run: files, a table in memory, pictures. One sink to the analyses.
final class OutputSet: WaveformSink {
  private var files: [any WaveformSink] = []
  private let table: WaveformTable?
  private let recordsPictures: Bool
  private let plots: [OutputRequests.Plot]
  private let saved: [String]
  private var recorders: [PlotRecorder] = []
  private var figures: [Figure] = []
  private let prints: [OutputRequests.Print]
  private var tables: [PrintedTable] = []

  init(_ options: RunOptions, of source: Source, drawing experiment: Experiment) throws(SinkFailure) {
    table = options.keepsWaveforms ? WaveformTable() : nil
    recordsPictures = options.recordsPictures
    plots = experiment.requests.outputs.plots
    saved = experiment.requests.outputs.saved.map(\.name)
    prints = experiment.requests.outputs.prints
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

  /// The set as the sink of an analysis, or nil where nobody listens and no point need be computed. Each `.plot` line
  /// of that analysis becomes a picture; without one, what `.save` names is drawn, else a few node voltages.
  func sink(for kind: AnalysisKind) -> (any WaveformSink)? {
    recorders = []
    tables = prints.filter { $0.analysis == kind }.map { PrintedTable(signals: $0.signals.map(\.name)) }
    if recordsPictures, kind != .op {
      let wanted = plots.filter { $0.analysis == nil || $0.analysis == kind }
      recorders = wanted.map { PlotRecorder(signals: $0.signals.map(\.name), over: $0.over?.name) }
      if recorders.isEmpty { recorders = [PlotRecorder(signals: saved)] }
    }
    return files.isEmpty && table == nil && recorders.isEmpty && tables.isEmpty ? nil : self
  }

  func begin(_ header: PlotHeader) throws(SinkFailure) {
    table?.begin(header)
    for table in tables { table.begin(header) }
    for recorder in recorders { recorder.begin(header) }
    for file in files { try file.begin(header) }
  }

  func append(_ point: borrowing Span<Double>) throws(SinkFailure) {
    table?.append(point)
    for table in tables { table.append(point) }
    for recorder in recorders { recorder.append(point) }
    for file in files { try file.append(point) }
  }

  func finish(_ ending: RunEnding) throws(SinkFailure) {
    table?.finish(ending)
    for recorder in recorders {
      recorder.finish(ending)
      figures += recorder.takeFigures()
    }
    for file in files { try file.finish(ending) }
  }

  /// The `.print` lines of the analysis at hand as text.
  var printed: String { tables.map(\.text).filter { !$0.isEmpty }.joined(separator: "\n") }

  /// The points since the last `begin`, where they are kept.
  var waveforms: Waveforms? { table.flatMap { Waveforms($0) } }

  func takeFigures() -> [Figure] { figures }
}
