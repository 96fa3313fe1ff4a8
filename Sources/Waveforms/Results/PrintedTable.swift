/// A `.print` line: the points of a run as columns of text.
///
/// Holds what is printed until the end of the run, as the table is printed in one piece.
package final class PrintedTable: WaveformSink {
  private let names: [String]
  private var places: [Int] = []
  private var heads: [String] = []
  private var numbers: [Double] = []

  /// Of the signals written to it those of `names` are printed, in that order, behind the axis.
  package init(signals names: [String]) {
    self.names = names.map { $0.lowercased() }
  }

  package func begin(_ header: PlotHeader) {
    let signals = [header.axis] + header.signals
    places = [0] + names.compactMap { name in signals.firstIndex { $0.name.lowercased() == name } }
    heads = places.map { signals[$0].name }
    numbers = []
  }

  package func append(_ point: borrowing Span<Double>) {
    for place in places { numbers.append(place < point.count ? point[place] : .nan) }
  }

  package func finish(_ ending: RunEnding) {}

  /// Heads and rows with eight significant digits, columns right-aligned; empty where nothing was computed.
  package var text: String {
    guard !numbers.isEmpty else { return "" }
    let cells = numbers.map { NumberFormat.significant($0, digits: 8) }
    let count = places.count
    var widths = heads.map(\.count)
    for (index, cell) in cells.enumerated() { widths[index % count] = max(widths[index % count], cell.utf8.count) }
    var text = ""
    func append(_ row: some Collection<String>) {
      let padded = zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
      text += padded.joined(separator: "  ") + "\n"
    }
    append(heads)
    for start in stride(from: 0, to: cells.count, by: count) { append(cells[start..<start + count]) }
    return text
  }
}
