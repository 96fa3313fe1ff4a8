package import Diagnostics

extension GnuplotError {
  package var diagnostic: Diagnostic {
    switch self {
    case .notInstalled:
      Diagnostic(
        .error, "missing-gnuplot", "pictures are drawn by gnuplot, which is not installed: apt-get install gnuplot-nox",
        at: nil)
    case .cannotStart(let reason):
      Diagnostic(.error, "failed-gnuplot", "gnuplot cannot be started: \(reason)", at: nil)
    case .failed(let complaint):
      Diagnostic(.error, "failed-gnuplot", "gnuplot could not draw the picture: \(complaint)", at: nil)
    case .unknownSuffix(let path):
      Diagnostic(
        .error, "unknown-picture-format",
        "'\(path)' does not tell the kind of picture: its name must end with "
          + PictureFormat.suffixes.map { "." + $0 }.joined(separator: ", "), at: nil)
    case .cannotWrite(let failure): failure.diagnostic
    }
  }
}

extension Figure {
  /// Words about what was left out: signals where nobody had said what to draw, runs where there are too many.
  package var notes: [Diagnostic] { [signalNote, runNote].compactMap { $0 } }

  private var runNote: Diagnostic? {
    guard runs.leftOut > 0 else { return nil }
    return Diagnostic(
      .note, "runs-left-out", "\(runs.drawn) of \(runs.drawn + runs.leftOut) runs are drawn, \(runs.leftOut) left out",
      at: nil, notes: ["a picture holds \(PlotRecorder.mostCurves) curves of a .step at most; files hold all runs"])
  }

  private var signalNote: Diagnostic? {
    guard leftOut > 0 else { return nil }
    let drawn = panels.reduce(0) { $0 + $1.signalNames.count }
    return Diagnostic(
      .note, "signals-left-out", "\(drawn) of \(drawn + leftOut) signals are drawn, \(leftOut) left out", at: nil,
      notes: ["name what to draw: 'neuristor plot FILE v(a) i(v1)', or a .plot or .save line in the netlist"])
  }
}

extension FigureError {
  package var diagnostic: Diagnostic {
    switch self {
    case .unknownSignal(let name, let known):
      Diagnostic(
        .error, "unknown-signal", "there is no signal '\(name)' in the results", at: nil,
        notes: ["the signals are \(Self.list(known))"],
        fixIts: Suggestion.nearest(to: name, among: known).map { [FixIt("did you mean '\($0)'?")] } ?? [])
    case .nothingToDraw:
      Diagnostic(.error, "nothing-to-draw", "there is nothing to draw: the results hold no points", at: nil)
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " and \(names.count - 12) more" : "")
  }
}

extension SinkFailure {
  package var diagnostic: Diagnostic {
    if lacksHDF5 { return .missingHDF5(path: path) }
    return Diagnostic(
      .error, "unwritable-file", "cannot write '\(path)': \(reason)", at: nil,
      notes: ["what had been written before is kept"])
  }
}
