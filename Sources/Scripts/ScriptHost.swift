package import Diagnostics
package import Expressions
package import Waveforms

/// What a script changes in the circuit before the next analysis.
package enum Alteration: Sendable {
  /// `alterparam name = value`: a `.param` of the top level.
  case parameter(Located<String>, Double)
  /// `alter device [parameter] = value`; nil is the device's own value.
  case device(Located<String>, parameter: String?, Double)
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

  package init(header: PlotHeader, columns: [[Double]]) {
    self.header = header
    self.columns = columns
  }
}

/// The circuit as a script sees it: something that can be analysed and altered.
package protocol ScriptHost: AnyObject {
  /// Runs the analysis of a line such as `tran 1u 1m`, or every analysis of the netlist where `line` is nil. All node
  /// voltages and source currents are kept, `signals` too where they exist; `measures` are lines without their `meas`.
  /// Nil after a complaint.
  func analyse(_ line: SourceText?, keeping signals: [Expression], measures: [SourceText]) -> [ScriptResult]?
  /// What a `meas` line of a script asks of vectors that are there already; nil after a complaint.
  func plan(ofMeasure line: SourceText) -> (name: String, plan: MeasurePlan)?
  /// False after a complaint.
  func alter(_ alteration: Alteration) -> Bool
  /// Takes back what `alter device` has changed.
  func reset()
  /// The value of a `.param` of the top level.
  func parameter(_ name: String) -> Double?
  /// Whether to stop.
  var isCancelled: Bool { get }
}
