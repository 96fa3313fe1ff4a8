internal import Analyses
internal import Circuits
internal import Diagnostics
internal import Waveforms

/// The pictures of `.plot step` lines: results over what `.step` varies, a point for each run.
///
/// The first `.step` line's name is the axis; every combination of the others is a curve of its own.
struct ResultFigures {
  private let experiment: Experiment
  private let runs: [RunResult]

  init(of experiment: Experiment, _ runs: [RunResult]) {
    self.experiment = experiment
    self.runs = runs
  }

  /// One per line; none where a single run is left.
  var figures: [Figure] {
    guard runs.count > 1, let stepped = runs.first?.parameters.first?.name else { return [] }
    return experiment.requests.outputs.resultPlots.enumerated().compactMap { number, plot in
      let traces = plot.quantities.indices.flatMap { curves(of: plot, number, quantity: $0) }
      guard traces.contains(where: { $0.y.contains(where: \.isFinite) }) else { return nil }
      let axis = plot.over.map { Signal(name: $0.name, kind: experiment.resultKind($0)) } ?? axis(of: stepped)
      var figure = Figure(title: experiment.elaboration.title.value, axis: axis, traces: traces)
      figure.marksPoints = true
      return figure
    }
  }

  private func curves(of plot: ResultPlot, _ number: Int, quantity: Int) -> [Trace] {
    let signal = Signal(
      name: plot.quantities[quantity].name, kind: experiment.resultKind(plot.quantities[quantity]))
    var traces: [Trace] = []
    for run in runs where run.points.indices.contains(number) {
      let place = RunPlace(parameters: run.parameters.dropFirst().map { .init(name: $0.name, value: $0.value) })
      let index = traces.firstIndex { $0.run == place.words } ?? traces.endIndex
      if index == traces.endIndex { traces.append(Trace(signal: signal, run: place.words, x: [], y: [])) }
      let point = run.points[number]
      traces[index].x.append((plot.over == nil ? run.parameters.first?.value : point.over) ?? .nan)
      traces[index].y.append(point.values[quantity] ?? .nan)
    }
    return traces
  }

  /// The unit of a source's value and of the temperature is known, that of a parameter is not.
  private func axis(of name: String) -> Signal {
    let kind: SignalKind =
      if name == "temp" {
        .temperature
      } else if experiment.elaboration.circuit.source(named: name) != nil {
        name.hasPrefix("i") ? .current : .voltage
      } else {
        .other(unit: "")
      }
    return Signal(name: name, kind: kind)
  }
}
