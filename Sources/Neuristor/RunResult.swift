internal import Analyses
package import Waveforms

/// What came of one run of a netlist: of its only one or, where `.step` lines repeat it, of one set of values.
public struct RunResult: Sendable {
  /// What a `.step` gave to one name.
  public struct Parameter: Sendable, Hashable {
    /// In lower case: `r`, `v1`, `temp`, `mydiode(is)`.
    public let name: String
    /// In SI units, a temperature in degrees Celsius.
    public let value: Double
  }

  /// In the order of the `.step` lines; empty where there are none.
  public let parameters: [Parameter]
  /// How the run ended.
  public package(set) var status: SimulationResult.Status
  /// What each analysis found, in the order of the netlist.
  public package(set) var analyses: [AnalysisResult] = []
  /// One per `.expect` line.
  package var verdicts: [Verdict] = []
  /// One per `.plot step` line.
  var points: [ResultPlot.Point] = []

  package init(_ place: RunPlace, status: SimulationResult.Status) {
    parameters = place.parameters.map { Parameter(name: $0.name, value: $0.value) }
    self.status = status
  }

  /// Whether each `.expect` line holds, and in words what was found.
  public var expectations: [ExpectationResult] { verdicts.map(ExpectationResult.init) }

  /// The value of a measure, a spikes result or a stepped name: `vmax`, `s.count`, `s.time[3]`; nil where there is none.
  public subscript(name: String) -> Double? {
    for analysis in analyses {
      if let value = analysis.table.value(of: name) { return try? value.get() }
    }
    return parameters.first { $0.name == name.lowercased() }?.value
  }
}
