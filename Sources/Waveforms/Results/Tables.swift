/// Results as text for people: columns aligned, numbers in SI units.
package enum Tables {
  /// One value per signal; numbers stand under each other at the equals sign.
  package static func operatingPoint(_ values: [(signal: Signal, value: Double)]) -> String {
    let width = values.map(\.signal.name.count).max() ?? 0
    return lines(
      values.map { item in
        "\(padded(item.signal.name, width)) = \(NumberFormat.quantity(item.value, unit: item.signal.kind.unit, digits: 9))"
      })
  }

  /// `name = value`, SI units, 12 significant digits; a failed measure says why.
  package static func measures(_ measures: [MeasureResult]) -> String {
    let width = measures.map(\.name.count).max() ?? 0
    return lines(
      measures.map { measure in
        switch measure.value {
        case .success(let value): "\(padded(measure.name, width)) = \(NumberFormat.significant(value))"
        case .failure(let failure): "\(padded(measure.name, width)) failed: \(failure)"
        }
      })
  }

  /// A table per spike train: how many spikes every signal has, how often and when.
  package static func spikes(_ trains: [SpikeResults]) -> String {
    trains.map(spikes).joined(separator: "\n")
  }

  private static func spikes(_ train: SpikeResults) -> String {
    var rows = [["spikes \(train.name)", "count", "latency", "rate", "times"]]
    let count = train.signalNames.count
    let leftOut = count > shownSignals ? shownSignals - 1..<count - 1 : 0..<0
    for (index, signal) in train.signalNames.enumerated() {
      if index == leftOut.lowerBound, !leftOut.isEmpty { rows.append(["... \(leftOut.count) more"]) }
      if leftOut.contains(index) { continue }
      let latency = (try? train.latency(index).get()).map { NumberFormat.quantity($0, unit: "s", digits: 7) } ?? "-"
      rows.append([
        signal, String(train.count(index)), latency,
        NumberFormat.quantity(train.rate(index), unit: "Hz", digits: 7), times(train.times[index]),
      ])
    }
    var text = aligned(rows, rightAligned: [1, 2, 3])
    if train.spacing != nil {
      switch train.velocity {
      case .success(let value):
        text += "\(train.name).velocity = \(NumberFormat.quantity(value, unit: "m/s", digits: 7))\n"
      case .failure(let failure): text += "\(train.name).velocity failed: \(failure)\n"
      }
    }
    return text
  }

  /// How many signals of one train are listed; of longer lists the first ones and the last.
  private static let shownSignals = 8
  private static let shownTimes = 6

  /// The first spikes and, after dots, the last, in one unit: `1.901231  16.822652  ...  997.46298 ms`.
  private static func times(_ spikes: [Double]) -> String {
    guard let last = spikes.last else { return "-" }
    let prefix = SIPrefix.fitting(last)
    func shown(_ time: Double) -> String { NumberFormat.significant(time / prefix.factor, digits: 8) }
    var texts = spikes.prefix(spikes.count > shownTimes ? shownTimes - 1 : shownTimes).map(shown)
    if spikes.count > shownTimes { texts += ["...", shown(last)] }
    return texts.joined(separator: "  ") + " \(prefix.ascii)s"
  }

  /// One line per `.expect`, those that failed marked, and a line that counts them.
  package static func verdicts(_ verdicts: [Verdict]) -> String {
    guard !verdicts.isEmpty else { return "" }
    let failed = verdicts.count { !$0.holds }
    let summary =
      failed == 0
      ? "all \(verdicts.count) expectations hold" : "\(failed) of \(verdicts.count) expectations failed"
    return lines(verdicts.map { ($0.holds ? "ok      " : "FAILED  ") + $0.sentence } + [summary])
  }

  /// The lines that failed in some run, with the run's values, and a line that counts all.
  package static func verdicts(ofRuns runs: [(run: String, verdicts: [Verdict])]) -> String {
    let count = runs.reduce(0) { $0 + $1.verdicts.count }
    guard count > 0 else { return "" }
    let failed = runs.flatMap { run, verdicts in
      verdicts.filter { !$0.holds }.map { "FAILED  \(run): \($0.sentence)" }
    }
    let summary =
      failed.isEmpty
      ? "all \(count) expectations of \(runs.count) runs hold"
      : "\(failed.count) of \(count) expectations of \(runs.count) runs failed"
    return lines(failed + [summary])
  }

  /// Rows of cells as columns two blanks apart; the last column is not filled up.
  package static func aligned(_ rows: [[String]], rightAligned: Set<Int> = []) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0 }
    return lines(
      rows.map { row in
        var line = ""
        for (column, cell) in row.enumerated() {
          let filling = String(repeating: " ", count: widths[column] - cell.count)
          line += column > 0 ? "  " : ""
          line += rightAligned.contains(column) ? filling + cell : cell + (column == row.count - 1 ? "" : filling)
        }
        while line.last == " " { line.removeLast() }
        return line
      })
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func lines(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
