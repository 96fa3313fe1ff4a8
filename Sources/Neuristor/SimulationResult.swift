package import Waveforms

/// All that came of one netlist.
public struct SimulationResult: Sendable {
  /// How the run ended.
  ///
  /// The later ones outrank the earlier: of several runs the worst counts.
  public enum Status: Sendable, Hashable, Comparable {
    /// Everything was computed, and every `.expect` holds.
    case completed
    /// Everything was computed, but an `.expect` does not hold.
    case expectationFailed
    /// The solver could not go on, or a file could not be written; what had been computed is kept.
    case gaveUp
    /// The netlist is wrong; nothing was computed, or nothing from the run on that a `.step` leads astray.
    case invalid
    /// `RunOptions.isCancelled` said so; what had been computed is kept.
    case interrupted
  }

  /// How the run ended.
  public package(set) var status: Status
  /// What was said about the netlist and the run.
  public package(set) var report: Report
  /// The netlist's first line.
  public package(set) var title = ""
  /// What the `.control` block has written to the terminal.
  public package(set) var transcript = ""
  /// One, or one for every combination of the values of the `.step` lines, the first line's changing fastest.
  public package(set) var runs: [RunResult] = []
  /// What there is to draw, where pictures were asked for.
  package var figures: [Figure] = []

  package init(status: Status, report: Report) {
    self.status = status
    self.report = report
  }

  /// What each analysis found, in the order of the netlist, run by run.
  public var analyses: [AnalysisResult] { runs.flatMap(\.analyses) }

  /// Whether each `.expect` line holds, and in words what was found, run by run.
  public var expectations: [ExpectationResult] { runs.flatMap(\.expectations) }

  /// The value of a measure or a spikes result by name: `vmax`, `s.count`, `s.time[3]`; nil where there is none. Of several
  /// runs it is the first one's.
  public subscript(name: String) -> Double? { runs.first?[name] }
}

/// The verdict on one `.expect` line.
public struct ExpectationResult: Sendable, Hashable {
  /// Whether it came true.
  public let holds: Bool
  /// What was found, and where it failed by how much.
  public let sentence: String
  /// The left side as written.
  public let name: String
  /// The value found; nil where there is none.
  public let measured: Double?
  /// The value asked for; nil where the line states a condition.
  public let expected: Double?
  /// The largest difference allowed; nil where the line states a condition.
  public let allowed: Double?

  init(_ verdict: Verdict) {
    holds = verdict.holds
    sentence = verdict.sentence
    name = verdict.expectation.text
    measured = try? verdict.measured.get()
    expected = verdict.isCondition ? nil : verdict.expectation.expected
    allowed = verdict.isCondition ? nil : verdict.expectation.allowed
  }
}
