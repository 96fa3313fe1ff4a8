/// What a run is asked for beyond its netlist.
public struct RunOptions: Sendable {
  /// A waveform file, written while the run goes on; `-` is standard output.
  public enum File: Sendable, Hashable {
    /// Spice3 binary, as ngspice writes it.
    case raw(String)
    /// Comma-separated values.
    case csv(String)
    /// HDF5, compressed; no standard output.
    case hdf5(String)
  }

  /// Values by the name of a `.param` or, where none has that name, of an option (`reltol`); they win over the netlist.
  public var settings: [String: String] = [:]
  /// Where waveforms are written.
  public var files: [File] = []
  /// Whether the result holds the waveforms; their memory grows with the run.
  public var keepsWaveforms = true
  /// Whether the result can draw pictures.
  public var recordsPictures = false
  /// Called a few times a second with how far the run has come.
  public var progress: (@Sendable (Progress) -> Void)?
  /// Asked a few times a second; a run that is cancelled keeps what it has computed.
  public var isCancelled: @Sendable () -> Bool = { Task.isCancelled }

  /// All defaults: waveforms in memory, no files.
  public init() {}
}

/// How far one analysis has come.
public struct Progress: Sendable {
  /// As in the netlist: `tran`, `dc`.
  public let analysis: String
  /// Done part of the analysis, or of all runs where there are several, 0 to 1.
  public let fraction: Double
  /// Time or swept value reached, in its unit.
  public let reached: Double
  /// Which run, from 1, and of how many: more than one where `.step` repeats the analyses.
  public let run, runs: Int

  /// A report to `RunOptions.progress`.
  public init(analysis: String, fraction: Double, reached: Double, run: Int = 1, runs: Int = 1) {
    self.analysis = analysis
    self.fraction = fraction
    self.reached = reached
    self.run = run
    self.runs = runs
  }
}
