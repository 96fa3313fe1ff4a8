/// Writes a CSV file while the run goes on.
final class CSVSink: WaveformSink {
  /// A file of one analysis.
  private struct Result {
    /// `tran1`, and the names of its columns.
    let analysis, heads: String
    let file: FileWriter
  }

  private let path: String
  private var file: FileWriter
  private var results: [Result] = []
  private var current: Int?
  private var run = 0
  /// How many results of each analysis the run at hand has begun.
  private var begun: [String: Int] = [:]
  /// What ends every line of the run: the values of its parameters.
  private var lineEnd = ""
  /// Kept from point to point: numbers are written into it in place.
  private var line = ""

  init(path: String, file: FileWriter) {
    self.path = path
    self.file = file
  }

  func begin(_ header: PlotHeader) throws(SinkFailure) {
    if header.run.number != run { begun = [:] }
    run = header.run.number
    begun[header.analysis, default: 0] += 1
    let analysis = "\(header.analysis)\(begun[header.analysis, default: 1])"
    let names = ([header.axis] + header.signals).map(\.name) + header.run.parameters.map(\.name)
    let heads = names.map(Self.quoted).joined(separator: ",") + "\n"
    lineEnd = header.run.parameters.map { ",\($0.value)" }.joined() + "\n"
    let before = current
    if let known = results.firstIndex(where: { $0.analysis == analysis && $0.heads == heads }) {
      file = results[known].file
      current = known
      // Files of their own go on; a pipe that has shown something else in between needs the names again.
      if path != "-" || known == before { return }
      try file.write("\n" + heads)
    } else {
      if path == "-", before != nil { try file.write("\n") }
      if path != "-", before != nil {
        file = try FileWriter(creating: Self.path(path, number: results.count + 1))
      }
      current = results.count
      results.append(Result(analysis: analysis, heads: heads, file: file))
      try file.write(heads)
    }
    try file.flush()
  }

  func append(_ point: borrowing Span<Double>) throws(SinkFailure) {
    line.removeAll(keepingCapacity: true)
    for column in 0..<point.count {
      if column > 0 { line += "," }
      point[column].write(to: &line)
    }
    line += lineEnd
    try file.write(line)
    if file.isFlushDue { try file.flush() }
  }

  func finish(_ ending: RunEnding) throws(SinkFailure) { try file.flush() }

  private static func quoted(_ name: String) -> String {
    guard name.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" }) else { return name }
    return "\"" + name.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }

  /// `out-2.csv` for the second analysis of `out.csv`.
  static func path(_ path: String, number: Int) -> String {
    guard path.lowercased().hasSuffix(".csv") else { return "\(path)-\(number)" }
    return "\(path.dropLast(4))-\(number)\(path.suffix(4))"
  }
}
