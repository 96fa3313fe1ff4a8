internal import Waveforms

/// Everything that takes the points of a run: files, a table in memory, pictures. One sink to the analyses.
final class OutputSet: WaveformSink {
  private var files: [any WaveformSink] = []
  private let table: WaveformTable?
  private let recorder: PlotRecorder?

  init(_ options: RunOptions, drawing signals: [String]) throws(SinkFailure) {
    table = options.keepsWaveforms ? WaveformTable() : nil
    recorder = options.recordsPictures ? PlotRecorder(signals: signals) : nil
    for file in options.files {
      switch file {
      case .raw(let path): files.append(try Rawfile.sink(path: path))
      case .csv(let path): files.append(try CSV.sink(path: path))
      }
    }
  }

  /// Whether nobody listens, so that no point need be computed.
  var isEmpty: Bool { files.isEmpty && table == nil && recorder == nil }

  func begin(_ header: PlotHeader) throws(SinkFailure) {
    table?.begin(header)
    recorder?.begin(header)
    for file in files { try file.begin(header) }
  }

  func append(_ point: borrowing Span<Double>) throws(SinkFailure) {
    table?.append(point)
    recorder?.append(point)
    for file in files { try file.append(point) }
  }

  func finish(_ ending: RunEnding) throws(SinkFailure) {
    table?.finish(ending)
    recorder?.finish(ending)
    for file in files { try file.finish(ending) }
  }

  /// The points since the last `begin`, where they are kept.
  var waveforms: Waveforms? { table.flatMap { Waveforms($0) } }

  func takeFigures() -> [Figure] { recorder?.takeFigures() ?? [] }
}
