internal import Waveforms
internal import Neuristor

extension SweepProgress {
  /// `1200 of 10000 runs, 3 failed, 812 runs/s, 11 s left`
  public var words: String {
    let failure = failed > 0 ? ", \(failed) failed" : ""
    let rate = elapsed > 0 ? ", \(rounded(Double(doneNow) / elapsed)) runs/s" : ""
    return "\(done) of \(runs) runs\(failure)\(rate)\(left.map { ", \(duration($0)) left" } ?? "")"
  }
}

extension SweepResult {
  /// What was done, in a line, and a line for each way in which runs failed.
  public func summary(in path: String) -> String {
    let now = done - resumed
    var text = "\(done) of \(runs) runs in \(path)"
    if resumed > 0 { text += ", \(resumed) of them from before" }
    if now > 0, elapsed > 0 { text += "; \(now) took \(duration(elapsed)), \(rounded(Double(now) / elapsed)) runs/s" }
    for ending in endings where ending.word != "completed" { text += "\n\(ending.count) \(ending.word)" }
    return text + "\n"
  }
}

extension SweepPreview {
  private static let shown = 20

  /// The runs with their values, of many the first and the last ones, and how long they take.
  public var table: String {
    let count = values.count
    let places = count <= Self.shown ? Array(0..<count) : Array(0..<Self.shown - 3) + Array(count - 3..<count)
    var rows = [["run"] + names]
    var last = -1
    for place in places {
      if place != last + 1 { rows.append(["..."]) }
      rows.append([String(runs[place])] + values[place].map { NumberFormat.significant($0) })
      last = place
    }
    let seconds = secondsPerRun ?? 0
    return Tables.aligned(rows, rightAligned: Set(0...names.count))
      + "\(count) runs; one took \(duration(seconds)), all take \(duration(seconds * Double(count))) one by one\n"
  }
}

private func rounded(_ value: Double) -> String { NumberFormat.significant(value, digits: 3) }

private func duration(_ seconds: Double) -> String {
  if seconds < 60 { return NumberFormat.quantity(seconds, unit: "s", digits: 3) }
  let whole = Int(min(seconds, 1e12).rounded(.up))
  return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
}
