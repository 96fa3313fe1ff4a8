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
  /// Columns about one device that are asked for by name, whether or not a summary holds them.
  private let wanted: [String]
  private let probes: [Probe]
  /// Whether the noise at the input is that which would need the sources as written, with their AC values (Xyce), rather than
  /// one of 1.
  private let takesWrittenSources: Bool

  /// `wanted` are columns `onoise_r1`, `inoise_d1_id` beside those of a summary; `probes` are signals whose phasors, as `.ac`
  /// gives them, go with every point.
  package init(
    _ request: NoiseRequest, _ evaluator: SystemEvaluator, scope: some ConstantScope, wanted: [String] = [],
    probes: [Probe] = [], takesWrittenSources: Bool = false
  ) {
    self.request = request
    self.evaluator = evaluator
    self.scope = scope
    self.wanted = wanted
    self.probes = probes
    self.takesWrittenSources = takesWrittenSources
  }

  /// Called once the columns are known: what to do with a point's values, in their order, `values[0]` being the frequency.
  package typealias Point = (_ values: [Double], _ phasors: [ComplexNumber]) throws(SinkFailure) -> Bool

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
    let single = singleColumns(densities, isCurrent: isCurrent)
    let point = try begin(columns + single.map(\.signal))
    let written = SourcePhasors(evaluator.system)
    let phasors =
      takesWrittenSources && !written.isZero ? written : SourcePhasors(evaluator.system, unit: device)
    let slopes = ProbeSlopes([request.output] + probes, at: circuit.linearisation, scope: scope)
    var partial = Array(repeating: (output: NoiseIntegral(), input: NoiseIntegral()), count: densities.sources.count)
    for (position, frequency) in request.frequencies.frequencies.enumerated() {
      guard circuit.move(to: frequency) else { return .failed }
      let gain = slopes.values(circuit.solve(phasors), phasors, frequency: frequency)[0].squaredMagnitude
      let transfer = max(gain, Self.leastTransfer)
      let response =
        probes.isEmpty ? [] : slopes.values(circuit.solve(written), written, frequency: frequency).dropFirst()
      let adjoint = circuit.solveAdjoint { slopes.gradient(of: 0, frequency: frequency, into: $0) }
      var parts: [Double] = []
      for (index, source) in densities.sources.enumerated() {
        let part = source.density(at: frequency) * source.gain(adjoint)
        partial[index].output.add(part, at: frequency)
        partial[index].input.add(part / transfer, at: frequency)
        parts.append(part)
      }
      let total = parts.reduce(0, +)
      // As in ngspice: between the points of a summary nothing is written.
      guard request.summaryInterval == 0 || position % request.summaryInterval == 0 else { continue }
      var squares = [total, total / transfer] + deviceColumns(parts)
      for column in single {
        let own = column.sources.reduce(0) { $0 + parts[$1] }
        squares.append(column.isAtInput ? own / transfer : own)
      }
      guard try point([frequency] + squares.map { $0.squareRoot() }, Array(response)) else { return .interrupted }
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

  /// The columns that are asked for by name and that no summary holds; those of a device without noise stay 0.
  private func singleColumns(
    _ densities: NoiseDensities, isCurrent: Bool
  ) -> [(signal: Signal, isAtInput: Bool, sources: [Int])] {
    let present = Set(columns(densities, isCurrent: isCurrent).map(\.name))
    let names = densities.sources.map {
      (device: HierarchicalName.ngspiceName(evaluator.system.name(of: $0.device)), line: $0.name)
    }
    return wanted.filter { !present.contains($0) }.map { column in
      let isAtInput = column.hasPrefix("inoise_")
      let tail = column.dropFirst("onoise_".count)
      let unit = isAtInput && isCurrent ? "A/sqrt(Hz)" : "V/sqrt(Hz)"
      return (
        Signal(name: column, kind: .other(unit: unit)), isAtInput,
        names.indices.filter { names[$0].device == tail || "\(names[$0].device)_\(names[$0].line)" == tail }
      )
    }
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
