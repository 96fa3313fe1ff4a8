/// A picture: panels one below the other over one horizontal axis.
package struct Figure: Sendable {
  package var title: String
  package var axis: Signal
  package var panels: [Panel]
  /// Signals of the results that are not drawn because nobody named any.
  package var leftOut = 0

  /// Traces of one unit share a panel, in the order in which the units come first.
  package init(title: String, axis: Signal, traces: [Trace]) {
    self.title = title
    self.axis = axis
    panels = []
    for trace in traces {
      if let index = panels.firstIndex(where: { $0.kind == trace.signal.kind }) {
        panels[index].traces.append(trace)
      } else {
        panels.append(Panel(kind: trace.signal.kind, traces: [trace]))
      }
    }
  }

  /// Every signal of `names` in `table` over its axis or over the signal named `x`; a few node voltages where `names` is
  /// empty.
  package init(_ table: WaveformTable, signals names: [String] = [], over x: String? = nil) throws(FigureError) {
    let known = table.signals
    func place(_ name: String) throws(FigureError) -> Int {
      let wanted = name.lowercased().filter { $0 != " " }
      if let place = known.firstIndex(where: { $0.name.lowercased() == wanted }) { return place }
      throw .unknownSignal(name: name, known: known.map(\.name))
    }
    let horizontal = try x.map { name throws(FigureError) in try place(name) } ?? 0
    var wanted: [Int] = []
    for name in names { wanted.append(try place(name)) }
    let chosen = names.isEmpty ? DefaultSignals(among: known, over: horizontal) : nil
    if let chosen { wanted = chosen.places }
    guard !wanted.isEmpty, table.count > 0 else { throw .nothingToDraw }
    let traces = wanted.map { Trace(signal: known[$0], x: table.columns[horizontal], y: table.columns[$0]) }
    self.init(title: table.header.title, axis: known[horizontal], traces: traces)
    leftOut = chosen?.leftOut ?? 0
  }

  /// From the first to the last point of all traces.
  var axisRange: ClosedRange<Double> {
    let ranges = panels.flatMap { $0.traces.compactMap { Trace.range(of: $0.x) } }
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max() else { return 0...1 }
    return low...high
  }
}

/// A request for a picture that cannot be drawn.
package enum FigureError: Error, Sendable, Equatable {
  case unknownSignal(name: String, known: [String])
  case nothingToDraw
}
