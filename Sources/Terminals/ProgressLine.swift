internal import Glibc
package import Neuristor

/// One line on the terminal that says how far a run has come and how long it will take.
package enum ProgressLine {
  private static let start = ContinuousClock.now

  /// Shows `progress`; runs that are over within half a second show nothing.
  package static func show(_ progress: Progress) {
    let elapsed = seconds(start.duration(to: .now))
    guard elapsed > 0.5, progress.fraction > 0 else { return }
    let left = elapsed * (1 / progress.fraction - 1)
    let percent = Int(100 * min(progress.fraction, 1))
    let place = progress.runs > 1 ? "run \(progress.run) of \(progress.runs), " : ""
    Terminal.complain("\r\(place)\(progress.analysis) \(percent) %, \(text(of: left)) left\u{1b}[K")
  }

  /// Shows what is told instead of what was there.
  package static func show(_ words: String) { Terminal.complain("\r\(words)\u{1b}[K") }

  /// Takes the line away.
  package static func clear() { Terminal.complain("\r\u{1b}[K") }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + 1e-18 * Double(duration.components.attoseconds)
  }

  private static func text(of seconds: Double) -> String {
    guard seconds.isFinite, seconds < 3.6e8 else { return "a very long time" }
    let whole = Int(seconds.rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole / 60 % 60) min"
  }
}
