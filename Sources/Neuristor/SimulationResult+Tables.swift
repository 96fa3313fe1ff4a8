internal import Waveforms

extension SimulationResult {
  /// Operating points, spikes, measures and verdicts as text for people, numbers in SI units. Several runs are rows of
  /// one table.
  ///
  /// A run that did not come to its end gets no verdicts.
  public var tables: String {
    let isStepped = runs.contains { !$0.parameters.isEmpty }
    return ([transcript] + (isStepped ? steppedParts : runs.first?.parts ?? [])).filter { !$0.isEmpty }.joined(
      separator: "\n")
  }

  private var steppedParts: [String] {
    var parts = runs.flatMap { run -> [String] in
      let texts = run.analyses.flatMap { [$0.printed, $0.accountText] }.filter { !$0.isEmpty }
      return texts.isEmpty ? [] : ["\(run.words)\n" + texts.joined(separator: "\n")]
    }
    parts.append(RunTable(runs).text)
    let judged = runs.filter(\.isJudged).map { (run: $0.words, verdicts: $0.verdicts) }
    parts.append(Tables.verdicts(ofRuns: judged))
    return parts
  }
}

extension RunResult {
  fileprivate var parts: [String] {
    var parts: [String] = []
    for analysis in analyses {
      if !analysis.values.isEmpty {
        let found = analysis.method == "Newton" ? "" : " (by \(analysis.method))"
        parts.append("operating point\(found)\n" + Tables.operatingPoint(analysis.values))
        parts.append(Tables.devices(analysis.devices))
      }
      parts.append(analysis.printed)
      parts.append(Tables.fourier(analysis.table.fourier))
      parts.append(Tables.spikes(analysis.table.spikes))
      parts.append(Tables.measures(analysis.table.measures))
      parts.append(analysis.accountText)
    }
    if isJudged { parts.append(Tables.verdicts(verdicts)) }
    return parts
  }

  fileprivate var isJudged: Bool { status == .completed || status == .expectationFailed }

  /// `r = 1k, c = 100n`
  var words: String {
    RunPlace(parameters: parameters.map { RunPlace.Parameter(name: $0.name, value: $0.value) }).words
  }
}

extension AnalysisResult {
  fileprivate var accountText: String { accounts.map { "\($0.name) = \($0.count)\n" }.joined() }
}
