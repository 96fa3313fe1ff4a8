import Neuristor

/// One run of a netlist.
enum Circuits {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static func run(_ text: String, reltol: Double? = nil) throws -> SimulationResult {
    var options = RunOptions()
    if let reltol { options.settings["reltol"] = "\(reltol)" }
    options.isCancelled = { false }
    let result = Simulator().run(Source(text, name: "netlist.cir"), options: options)
    guard result.status == .completed else { throw Failure(description: result.report.text()) }
    return result
  }

  /// Node voltages and source currents at rest.
  static func operatingPoint(_ text: String) throws -> [String: Double] {
    try run(text).analyses.first?.operatingPoint ?? [:]
  }

  /// The first transient's curves.
  static func transient(_ text: String, reltol: Double? = nil) throws -> Neuristor.Waveforms {
    guard let curves = try run(text, reltol: reltol).analyses.first(where: { $0.directive == "tran" })?.waveforms else {
      throw Failure(description: "no curves")
    }
    return curves
  }

  /// The largest distance of `signal` from a function of time.
  static func error(of signal: String, in curves: Neuristor.Waveforms, from exact: (Double) -> Double) -> Double {
    guard let values = curves[signal] else { return .infinity }
    return zip(curves.axis.values, values).reduce(0) { max($0, abs($1.1 - exact($1.0))) }
  }
}
