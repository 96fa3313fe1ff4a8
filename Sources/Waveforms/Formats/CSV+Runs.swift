extension CSV {
  /// The runs that stand one below the other in `table`, its columns of parameters taken off.
  ///
  /// A table of numbers does not say which columns are parameters: they are the last ones, and change only where the
  /// axis begins anew.
  static func runs(of table: WaveformTable) -> [WaveformTable] {
    guard let axis = table.columns.first, let start = axis.first else { return [table] }
    let restarts = axis.indices.dropFirst().filter { axis[$0] == start }
    let signals = table.signals
    func isParameter(_ column: Int) -> Bool {
      let values = table.columns[column]
      let isSignal = ["v(", "i(", "p(", "@"].contains { signals[column].name.hasPrefix($0) }
      return !isSignal && values.indices.dropFirst().allSatisfy { values[$0] == values[$0 - 1] || axis[$0] == start }
    }
    let parameters = signals.indices.dropFirst().reversed().prefix(while: isParameter).reversed()
    guard !restarts.isEmpty, let first = parameters.first else { return [table] }
    let kept = Array(0..<first)
    let begins =
      [0] + restarts.filter { row in parameters.contains { table.columns[$0][row] != table.columns[$0][row - 1] } }
    return begins.enumerated().map { number, begin in
      let end = number + 1 < begins.count ? begins[number + 1] : axis.count
      var header = table.header
      header.signals = kept.dropFirst().map { signals[$0] }
      header.run.parameters = parameters.map {
        RunPlace.Parameter(name: signals[$0].name, value: table.columns[$0][begin])
      }
      return WaveformTable(header: header, columns: kept.map { Array(table.columns[$0][begin..<end]) })
    }
  }
}
