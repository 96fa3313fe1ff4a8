internal import Circuits
internal import Diagnostics

extension Pipeline {
  /// Everything that can be found wrong without running.
  mutating func check(_ source: Source, settings: [String: String]) {
    _ = elaborate(source, settings: settings)
  }

  /// All analyses of a netlist.
  mutating func run(_ source: Source, options: RunOptions) -> SimulationResult {
    guard elaborate(source, settings: options.settings) != nil else {
      return SimulationResult(status: .invalid, report: report)
    }
    return SimulationResult(status: .completed, report: report)
  }

  /// What `stage` makes of the netlist, as text; nil where an error kept it from being reached.
  mutating func inspect(_ source: Source, stage: Stage, settings: [String: String]) -> String? {
    switch stage {
    case .netlist: parse(source).map { String(describing: $0) }
    case .circuit, .system, .kernels: elaborate(source, settings: settings).map { String(describing: $0.circuit) }
    }
  }
}
