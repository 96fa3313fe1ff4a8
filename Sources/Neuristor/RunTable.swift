internal import Waveforms

/// The runs of a `.step` as text, a row each: its parameters, then what it found.
struct RunTable {
  private let runs: [RunResult]
  /// Operating points of large circuits would make a table that no one reads.
  private static let mostSignals = 8
  private static let mostFailures = 8

  init(_ runs: [RunResult]) {
    self.runs = runs
  }

  var text: String {
    // A run that failed may lack results that others have: columns are those of the run with the most.
    let rows = runs.map(Self.results)
    let names = (rows.max { $0.count < $1.count } ?? []).map(\.name)
    let isMarked = runs.contains { Self.ending(of: $0) != nil }
    var cells = [(runs.first?.parameters ?? []).map(\.name) + names + (isMarked ? [""] : [])]
    var failures: [String] = []
    for (run, results) in zip(runs, rows) {
      let found = Dictionary(results.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
      let values = names.map { name -> String in
        switch found[name] {
        case .success(let value)?: return NumberFormat.significant(value, digits: 9)
        case .failure(let failure)?:
          failures.append("\(name) failed at \(run.words): \(failure)\n")
          return "-"
        case nil: return "-"
        }
      }
      let parameters = run.parameters.map { NumberFormat.significant($0.value) }
      cells.append(parameters + values + (isMarked ? [Self.ending(of: run) ?? ""] : []))
    }
    let last = isMarked ? 1 : 0
    let numbers = Set(0..<max(0, (cells.first?.count ?? 0) - last))
    return Tables.aligned(cells, rightAligned: numbers) + signalsLeftOut + Self.listed(failures)
  }

  /// What one run found, in the order of its analyses.
  private static func results(of run: RunResult) -> [(name: String, value: Result<Double, MeasureFailure>)] {
    run.analyses.flatMap { analysis -> [(String, Result<Double, MeasureFailure>)] in
      let point = analysis.values.prefix(mostSignals).map {
        ($0.signal.name, Result<_, MeasureFailure>.success($0.value))
      }
      let spikes = analysis.table.spikes.flatMap { train in
        (["count", "latency", "rate"] + (train.spacing == nil ? [] : ["velocity"])).compactMap { property in
          analysis.table.value(of: "\(train.name).\(property)").map { ("\(train.name).\(property)", $0) }
        }
      }
      let distortions = analysis.table.fourier.map { ($0.name, Result<_, MeasureFailure>.success($0.distortion)) }
      return point + spikes + distortions + analysis.table.measures.map { ($0.name, $0.value) }
    }
  }

  private static func ending(of run: RunResult) -> String? {
    switch run.status {
    case .completed: nil
    case .expectationFailed: "expectation failed"
    case .gaveUp: "gave up"
    case .invalid: "not possible"
    case .interrupted: "interrupted"
    }
  }

  private var signalsLeftOut: String {
    let most = runs.flatMap(\.analyses).map(\.values.count).max() ?? 0
    return most > Self.mostSignals ? "\(most - Self.mostSignals) more signals: --json or --csv has them\n" : ""
  }

  private static func listed(_ lines: [String]) -> String {
    let shown = lines.prefix(mostFailures).joined()
    return lines.count > mostFailures ? shown + "... \(lines.count - mostFailures) more\n" : shown
  }
}
