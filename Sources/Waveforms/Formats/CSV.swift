/// Comma-separated values: one line of names, then one line per point, every number with as many digits as no bit is lost by (17 at most).
///
/// The names stand alone, `time,v(out),i(v1)`, so that `pandas.read_csv(path)["v(out)"]` and
/// `numpy.genfromtxt(path, delimiter=",", names=True)` work as they are; a name that holds a comma is quoted, as
/// RFC 4180 has it. Everything is in SI units. A file holds one analysis: a second one of the netlist goes to `x-2.csv`
/// beside `x.csv`. Runs of a `.step` stand one below the other, what it gave to each name in a column at the end.
package enum CSV: OutputFormat {
  package static let name = "csv"
  package static let suffixes = ["csv"]

  package static func sink(path: String) throws(SinkFailure) -> any WaveformSink {
    CSVSink(path: path, file: try FileWriter(creating: path))
  }

  package static func read(_ bytes: [UInt8], path: String) throws(WaveformFileError) -> [WaveformTable] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
    guard let first = lines.popFirst() else { throw .empty(path: path) }
    let names = cells(trimmed(first))
    guard let axis = names.first, !axis.isEmpty else { throw .empty(path: path) }
    var columns = [[Double]](repeating: [], count: names.count)
    for (index, line) in lines.enumerated() {
      let line = trimmed(line)
      if line.isEmpty { continue }
      let row = cells(line)
      // A run that was killed may leave half a line at the end.
      let isUnfinished = index == lines.count - 1
      guard row.count == names.count else {
        if isUnfinished { break }
        throw .unequalRows(path: path, line: index + 2, expected: names.count, found: row.count)
      }
      var values: [Double] = []
      for (column, cell) in row.enumerated() {
        guard let value = Double(cell) else {
          if isUnfinished { break }
          throw .notANumber(path: path, line: index + 2, column: column + 1, text: cell)
        }
        values.append(value)
      }
      guard values.count == names.count else { break }
      for column in columns.indices { columns[column].append(values[column]) }
    }
    let signals = Signal.pairing(names.map { Signal(name: $0, kind: kind(ofName: $0)) })
    let header = PlotHeader(title: "", plotName: "", axis: signals[0], signals: Array(signals.dropFirst()))
    return runs(of: WaveformTable(header: header, columns: columns))
  }

  /// What a name tells of its quantity; a table of numbers says no more.
  static func kind(ofName name: String) -> SignalKind {
    let name = name.lowercased()
    if name.hasPrefix("re(") || name.hasPrefix("im(") { return kind(ofName: String(name.dropFirst(3))) }
    if name == "time" || name == "t" { return .time }
    if name == "frequency" { return .frequency }
    if name.hasPrefix("v(") || name.hasSuffix("[v]") { return .voltage }
    if name.hasPrefix("i(") || name.hasSuffix("[i]") || name.hasSuffix("#branch") { return .current }
    if name.hasPrefix("p(") || name.hasSuffix("[p]") { return .power }
    if name.hasPrefix("v") && !name.hasPrefix("@") { return .voltage }
    return .other(unit: "")
  }

  /// One line's cells, quotes taken off and blanks around cells dropped.
  private static func cells(_ line: ArraySlice<UInt8>) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    func finish() {
      var text = cell[...]
      while text.first == UInt8(ascii: " ") { text.removeFirst() }
      while text.last == UInt8(ascii: " ") { text.removeLast() }
      cells.append(String(decoding: text, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
    }
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      switch byte {
      case UInt8(ascii: "\""):
        if isQuoted, index + 1 < line.endIndex, line[index + 1] == byte {
          cell.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
        }
      case UInt8(ascii: ",") where !isQuoted: finish()
      default: cell.append(byte)
      }
      index += 1
    }
    finish()
    return cells
  }
}
