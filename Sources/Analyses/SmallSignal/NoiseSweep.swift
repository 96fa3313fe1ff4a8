internal import Circuits
package import Diagnostics
package import Equations
package import Expressions
internal import Glibc
package import Waveforms

/// `.noise`: what every noise source of the linearised circuit adds to one voltage, over frequency.
///
/// One adjoint solution a frequency gives the way of all sources to the output: A^T w = gradient of the output, and a
/// current i in row k moves the output by -w_k i.
package final class NoiseSweep {
  /// What all sources of one device add.
  private struct Device {
    let name: String
    /// Places among the sources.
    let sources: [Int]
  }

  private let request: NoiseRequest
  private let evaluator: SystemEvaluator
  private let scope: any ConstantScope
  package private(set) var diagnostics = DiagnosticBag()
  /// Roots of the integrated densities by ngspice's names: `onoise_total`, `inoise_total`, `onoise_total_r1`, ...
  package private(set) var totals: [(name: String, value: Double)] = []
  private var devices: [Device] = []

  package init(_ request: NoiseRequest, _ evaluator: SystemEvaluator, scope: some ConstantScope) {
    self.request = request
    self.evaluator = evaluator
    self.scope = scope
  }

  /// Called once the columns are known: what to do with a point's values, in their order, `values[0]` being the frequency.
  package typealias Point = (_ values: [Double]) throws(SinkFailure) -> Bool

  /// Runs the sweep; `begin` gets the columns behind the frequency, and gives what takes points, false ending the run.
  package func run(_ begin: (_ columns: [Signal]) throws(SinkFailure) -> Point) throws(SinkFailure) -> AnalysisEnding {
    guard let circuit = LinearisedCircuit.make(evaluator, at: request.range, diagnostics: &diagnostics),
      let device = input
    else { return .failed }
    defer { diagnostics.append(circuit.diagnostics) }
    let densities = NoiseDensities(circuit.linearisation)
    gatherDevices(densities)
    let isCurrent = evaluator.system.circuit.groups[device.group].model.isCurrentSource
    let columns = columns(densities, isCurrent: isCurrent)
    let point = try begin(columns)
    let phasors = SourcePhasors(evaluator.system, unit: device)
    let slopes = ProbeSlopes([request.output], at: circuit.linearisation, scope: scope)
    var partial = Array(repeating: (output: NoiseIntegral(), input: NoiseIntegral()), count: densities.sources.count)
    for (position, frequency) in request.frequencies.frequencies.enumerated() {
      guard circuit.move(to: frequency) else { return .failed }
      let transfer = slopes.values(circuit.solve(phasors), phasors, frequency: frequency)[0].squaredMagnitude
      let adjoint = circuit.solveAdjoint { slopes.gradient(of: 0, frequency: frequency, into: $0) }
      var parts: [Double] = []
      for (index, source) in densities.sources.enumerated() {
        let part = source.density(at: frequency) * source.gain(adjoint)
        partial[index].output.add(part, at: frequency)
        partial[index].input.add(part / max(transfer, Self.leastTransfer), at: frequency)
        parts.append(part)
      }
      let total = parts.reduce(0, +)
      // As in ngspice: between the points of a summary nothing is written.
      guard request.summaryInterval == 0 || position % request.summaryInterval == 0 else { continue }
      let roots = [total, total / max(transfer, Self.leastTransfer)] + deviceColumns(parts)
      guard try point([frequency] + roots.map { $0.squareRoot() }) else { return .interrupted }
    }
    setTotals(densities, partial)
    return .completed
  }

  /// The square of a transfer below which it is taken for this, as in ngspice: what nothing reaches has no equivalent.
  private static let leastTransfer = 1e-20

  private var input: DeviceReference? {
    let circuit = evaluator.system.circuit
    if let device = circuit.source(named: request.input.value) { return device }
    diagnostics.report(
      .unknownSource(
        request.input.range, name: request.input.value, known: circuit.sourceNames, purpose: "to refer the noise to"))
    return nil
  }

  private func gatherDevices(_ densities: NoiseDensities) {
    guard request.summaryInterval > 0 else { return }
    for (index, source) in densities.sources.enumerated() {
      let name = HierarchicalName.ngspiceName(evaluator.system.name(of: source.device))
      if let last = devices.last, last.name == name {
        devices[devices.count - 1] = Device(name: name, sources: last.sources + [index])
      } else {
        devices.append(Device(name: name, sources: [index]))
      }
    }
  }

  /// `onoise_r1`, `onoise_r1_thermal`: a device, then its sources.
  private func columns(_ densities: NoiseDensities, isCurrent: Bool) -> [Signal] {
    let output = SignalKind.other(unit: "V/sqrt(Hz)")
    let input = SignalKind.other(unit: isCurrent ? "A/sqrt(Hz)" : "V/sqrt(Hz)")
    var result = [Signal(name: "onoise_spectrum", kind: output), Signal(name: "inoise_spectrum", kind: input)]
    for device in devices {
      result.append(Signal(name: "onoise_\(device.name)", kind: output))
      result += device.sources.map {
        Signal(name: "onoise_\(device.name)_\(densities.sources[$0].name)", kind: output)
      }
    }
    return result
  }

  private func deviceColumns(_ parts: [Double]) -> [Double] {
    devices.flatMap { device in
      let own = device.sources.map { parts[$0] }
      return [own.reduce(0, +)] + own
    }
  }

  private func setTotals(
    _ densities: NoiseDensities, _ parts: [(output: NoiseIntegral, input: NoiseIntegral)]
  ) {
    func root(_ values: [Double]) -> Double { values.reduce(0, +).squareRoot() }
    totals = [
      ("onoise_total", root(parts.map(\.output.value))), ("inoise_total", root(parts.map(\.input.value))),
    ]
    for device in devices {
      let own = device.sources.map { parts[$0] }
      totals.append(("onoise_total_\(device.name)", root(own.map(\.output.value))))
      totals.append(("inoise_total_\(device.name)", root(own.map(\.input.value))))
      for (source, part) in zip(device.sources, own) {
        let name = "\(device.name)_\(densities.sources[source].name)"
        totals.append(("onoise_total_\(name)", root([part.output.value])))
        totals.append(("inoise_total_\(name)", root([part.input.value])))
      }
    }
  }
}
