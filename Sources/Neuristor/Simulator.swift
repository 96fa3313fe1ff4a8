package import Devices

/// Text in, results out: reads a netlist, builds its equations, runs its analyses.
///
///     let result = Simulator().run(Source("""
///       RC low pass
///       V1 in 0 PULSE(0 1 0 1n)
///       R1 in out 1k
///       C1 out 0 1u
///       .tran 10u 5m
///       .measure tran tau when v(out)=0.632
///       .end
///       """))
///     print(result["tau"] ?? .nan)
///
/// A simulator is a value that holds nothing of a run: one may serve many tasks at once.
public struct Simulator: Sendable {
  package let library: ModelLibrary

  /// `models` is the folder of the model library; left out, it is the one that came with the program.
  public init(models: String? = nil) {
    library = .folder(models ?? Installation.models)
  }

  /// What is wrong with a netlist, without running it.
  public func check(_ source: Source, settings: [String: String] = [:]) -> Report {
    var pipeline = Pipeline(library: library)
    pipeline.check(source, settings: settings)
    return pipeline.report
  }

  /// Runs every analysis of a netlist.
  public func run(_ source: Source, options: RunOptions = RunOptions()) -> SimulationResult {
    var pipeline = Pipeline(library: library)
    return pipeline.run(source, options: options)
  }

  /// How one stage of the way from text to equations sees a netlist.
  public func inspect(_ source: Source, stage: Stage, settings: [String: String] = [:]) -> Inspection {
    var pipeline = Pipeline(library: library)
    let text = pipeline.inspect(source, stage: stage, settings: settings)
    return Inspection(text: text, report: pipeline.report)
  }
}

/// A stage of the way from text to equations.
public enum Stage: String, Sendable, CaseIterable {
  /// Statements as they were read.
  case netlist
  /// The flat circuit: nodes, and devices grouped by equal equations.
  case circuit
  /// Unknowns and rows.
  case system
  /// The programs that evaluate the equations.
  case kernels
}

/// A stage as text.
public struct Inspection: Sendable {
  /// Nil where an error kept the stage from being reached.
  public let text: String?
  /// What was said on the way.
  public let report: Report
}
