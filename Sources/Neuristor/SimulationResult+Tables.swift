internal import Waveforms

extension SimulationResult {
  /// Operating points, spikes, measures and verdicts as text for people, numbers in SI units.
  ///
  /// A run that did not come to its end gets no verdicts.
  public var tables: String {
    var parts: [String] = []
    for analysis in analyses {
      if !analysis.values.isEmpty {
        let found = analysis.method == "Newton" ? "" : " (by \(analysis.method))"
        parts.append("operating point\(found)\n" + Tables.operatingPoint(analysis.values))
      }
      parts.append(analysis.printed)
      parts.append(Tables.spikes(analysis.table.spikes))
      parts.append(Tables.measures(analysis.table.measures))
      parts.append(analysis.accounts.map { "\($0.name) = \($0.count)\n" }.joined())
    }
    if status == .completed || status == .expectationFailed { parts.append(Tables.verdicts(verdicts)) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
