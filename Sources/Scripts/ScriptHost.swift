package import Diagnostics
package import Expressions
package import Waveforms

/// What a script changes in the circuit before the next analysis.
package enum Alteration: Sendable {
  /// `alterparam name = value`: a `.param` of the top level.
  case parameter(Located<String>, Double)
  /// `alter device [parameter] = value`; nil is the device's own value. Several values are those of a source's shape.
  case device(Located<String>, parameter: String?, [Double])
  /// `altermod model parameter = value`.
  case model(Located<String>, parameter: Located<String>, Double)
  /// `option name = value`.
  case option(Located<String>, String)
}

/// What one analysis of a script gave.
package struct ScriptResult: Sendable {
  package var header: PlotHeader
  /// The axis and the signals of the header.
  package var columns: [[Double]]
  /// Imaginary parts where the results are phasors, as many columns; the axis has none.
  package var imaginary: [[Double]] = []
  /// What the netlist's `.measure` lines gave.
  package var measures: [MeasureResult] = []
  /// What the script's own `meas` lines gave, by their text, where they could be measured while the analysis ran.
  package var lines: [String: MeasureResult] = [:]
  /// The same of its `fourier` lines.
  package var harmonics: [String: [FourierResult]] = [:]
  /// Where a transient's line wants points, s; the step is 0 where it leaves them open.
  package var grid: (start: Double, stop: Double, step: Double)?

  /// One point, over no axis.
  package var isPoint: Bool

  package init(header: PlotHeader, columns: [[Double]], isPoint: Bool = false) {
    self.header = header
    self.columns = columns
    self.isPoint = isPoint
  }
}

/// What lines of a script will ask of an analysis.
package struct ScriptDemand {
  package var signals: [Expression] = []
  /// `meas` lines without their first word.
  package var measures: [SourceText] = []
  /// `fourier` lines likewise.
  package var harmonics: [SourceText] = []

  package init() {}
}

/// The circuit as a script sees it: something that can be analysed and altered.
package protocol ScriptHost: AnyObject {
  /// Runs the analysis of a line such as `tran 1u 1m`, or every analysis of the netlist where `line` is nil. All node
  /// voltages and source currents are kept, what is `wanted` too where it exists. Nil after a complaint.
  func analyse(_ line: SourceText?, _ wanted: ScriptDemand) -> [ScriptResult]?
  /// What a `meas` line of a script asks of vectors that are there already; nil after a complaint.
  func plan(ofMeasure line: SourceText) -> (name: String, plan: MeasurePlan)?
  /// False after a complaint.
  func alter(_ alteration: Alteration) -> Bool
  /// Takes back what `alter device` has changed.
  func reset()
  /// The value of a `.param` of the top level, or of a device's parameter, `@r1[resistance]`.
  func parameter(_ name: String) -> Double?
  /// The next of the script's random numbers: even between 0 and 1, and normal of deviation 1.
  func draw() -> (uniform: Double, normal: Double)
  /// Whether to stop.
  var isCancelled: Bool { get }
}
