public import Neuristor

/// What a batch of runs is asked for beyond its netlist.
public struct SweepOptions: Sendable {
  /// How the values of several parameters meet.
  public enum Combination: Sendable, Hashable {
    /// Every value with every value of the others, the first parameter's changing fastest.
    case grid
    /// First with first, second with second; all have as many.
    case zip
    /// So many points of Sobol's sequence, or of a Latin hypercube, in the ranges of the parameters.
    case sobol(Int)
    case latinHypercube(Int)
  }

  /// As `neuristor sweep --param` takes them: `r=1k:3k:500`, `r=lin:1k:3k:5`, `r=log:1k:1meg:7`, `r=1k,2k`; for samples
  /// `r=1k:3k` or `r=log:1k:3k`.
  public var parameters: [String] = []
  /// How their values meet.
  public var combination = Combination.grid
  /// Values by the name of a `.param` or, where none has that name, of an option (`reltol`, `seed`).
  public var settings: [String: String] = [:]
  /// Signals whose waveforms are kept.
  public var keep: [String] = []
  /// Seconds after which a run is given up.
  public var timeLimit: Double?
  /// How many runs go on at the same time; nil for as many as there are processors.
  public var jobs: Int?
  /// The SQLite file.
  public var output = ""
  /// Whether a batch that the file holds is deleted; else it is gone on with.
  public var beginsAnew = false
  /// The part of the runs to do, `number` of `count`, from 1; nil for all of them.
  public var shard: (number: Int, count: Int)?
  /// Called about twice a second.
  public var progress: (@Sendable (SweepProgress) -> Void)?
  /// Asked a few times a second; runs that go on are broken off, and those that are finished kept.
  public var isCancelled: @Sendable () -> Bool = { false }

  /// All defaults.
  public init() {}
}

/// How far a batch has come.
public struct SweepProgress: Sendable {
  /// Runs of this batch or shard.
  public let runs: Int
  /// Runs in the file, those of an earlier start included.
  public let done: Int
  /// Runs that did not come to their end, of this start.
  public let failed: Int
  /// Runs of this start.
  public let doneNow: Int
  /// Since this start, in seconds.
  public let elapsed: Double

  /// In seconds, as long as the runs go on as they have; nil before the first one.
  public var left: Double? {
    doneNow > 0 ? elapsed / Double(doneNow) * Double(runs - done) : nil
  }
}

/// How a batch ended.
public struct SweepResult: Sendable {
  /// `completed` where every run in the file is good.
  public package(set) var status: SimulationResult.Status
  /// What was said about the netlist, the file and the first runs that failed.
  public package(set) var report: Report
  /// Runs of the batch or shard.
  public package(set) var runs = 0
  /// Those in the file now.
  public package(set) var done = 0
  /// Those of them that an earlier start left.
  public package(set) var resumed = 0
  /// Runs in the file by how they ended, in words; those without any left out.
  public package(set) var endings: [(word: String, count: Int)] = []
  /// In seconds.
  public package(set) var elapsed = 0.0

  package init(status: SimulationResult.Status, report: Report) {
    self.status = status
    self.report = report
  }
}

/// What a batch would do.
public struct SweepPreview: Sendable {
  /// Which runs, from 0.
  public package(set) var runs: [Int] = []
  /// What the runs vary.
  public package(set) var names: [String] = []
  /// The values of each run, in the order of `names`.
  public package(set) var values: [[Double]] = []
  /// Seconds that the first run took; nil where something is wrong.
  public package(set) var secondsPerRun: Double?
  /// What was said about the netlist and the values.
  public package(set) var report: Report
}
