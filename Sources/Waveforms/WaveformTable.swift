/// Points kept in memory, one array per column.
package final class WaveformTable: WaveformSink {
  package private(set) var header: PlotHeader
  /// `columns[0]` is the axis, `columns[1 + k]` signal k.
  package private(set) var columns: [[Double]]
  package private(set) var ending: RunEnding?

  package init() {
    header = PlotHeader(title: "", plotName: "", axis: Signal(name: "", kind: .time), signals: [])
    columns = []
  }

  package init(header: PlotHeader, columns: [[Double]]) {
    self.header = header
    self.columns = columns
  }

  package func begin(_ header: PlotHeader) {
    self.header = header
    columns = Array(repeating: [], count: 1 + header.signals.count)
    ending = nil
  }

  package func append(_ point: borrowing Span<Double>) {
    for column in 0..<min(columns.count, point.count) { columns[column].append(point[column]) }
  }

  package func finish(_ ending: RunEnding) { self.ending = ending }

  package var count: Int { columns.first?.count ?? 0 }

  /// The axis and all signals, as columns.
  package var signals: [Signal] { [header.axis] + header.signals }

  /// The column of `name` (any letter case), or nil.
  package func column(named name: String) -> [Double]? {
    let name = name.lowercased()
    return signals.firstIndex { $0.name.lowercased() == name }.map { columns[$0] }
  }
}
