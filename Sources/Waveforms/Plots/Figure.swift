/// A picture: panels one below the other over one horizontal axis.
package struct Figure: Sendable {
  package var title: String
  package var axis: Signal
  /// Whether the axis shows decades at equal distances.
  package var isLogarithmic = false
  package var panels: [Panel]
  /// Signals of the results that are not drawn because nobody named any.
  package var leftOut = 0
  /// Runs of a `.step` whose curves are drawn, and those for which there is no room.
  package var runs = (drawn: 0, leftOut: 0)
  /// Whether each point bears a mark: curves of few points, one for each run.
  package var marksPoints = false

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
    try self.init(family: [table], signals: names, over: x)
  }

  /// The same of every run in `family`, whose tables hold the same signals; of many runs those that can be told apart.
  package init(family: [WaveformTable], signals names: [String] = [], over x: String? = nil) throws(FigureError) {
    guard let table = family.first(where: { $0.count > 0 }) else { throw .nothingToDraw }
    let known = table.signals
    func place(_ name: String) throws(FigureError) -> Int {
      let wanted = name.lowercased().filter { $0 != " " }
      if let place = known.firstIndex(where: { $0.name.lowercased() == wanted || $0.signalName.lowercased() == wanted })
      {
        return place
      }
      throw .unknownSignal(name: name, known: known.filter { $0.half?.part != .imaginary }.map(\.signalName))
    }
    let horizontal = try x.map { name throws(FigureError) in try place(name) } ?? 0
    var wanted: [Int] = []
    for name in names { wanted.append(try place(name)) }
    let chosen = names.isEmpty ? DefaultSignals(among: known, over: horizontal) : nil
    if let chosen { wanted = chosen.places }
    if wanted.isEmpty { throw .nothingToDraw }
    let drawn = family.indices.filter {
      RunPlace(number: $0, count: family.count).isDrawn(among: PlotRecorder.mostCurves / wanted.count)
    }
    let traces = drawn.flatMap { run in
      let (columns, words) = (family[run].columns, family[run].header.run.words)
      return wanted.flatMap { Curve.curves(of: known, at: $0) }.map {
        Trace(signal: $0.signal, run: words, x: columns[horizontal], y: $0.values(columns))
      }
    }
    self.init(title: table.header.title, axis: known[horizontal], traces: traces)
    isLogarithmic = horizontal == 0 && table.hasLogarithmicAxis
    leftOut = chosen?.leftOut ?? 0
    runs = (drawn.count, family.count - drawn.count)
  }

  /// Results one by one, but runs of a `.step` that hold the same signals together.
  package static func families(of tables: [WaveformTable]) -> [[WaveformTable]] {
    var families: [[WaveformTable]] = []
    for table in tables {
      let place =
        table.header.run.parameters.isEmpty
        ? nil
        : families.firstIndex { family in
          let other = family[0].header
          return !other.run.parameters.isEmpty && other.plotName == table.header.plotName
            && family[0].signals == table.signals
        }
      if let place { families[place].append(table) } else { families.append([table]) }
    }
    return families
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
