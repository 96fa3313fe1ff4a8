package import Circuits
internal import Devices
internal import Kernels
package import Solvers

extension SystemEvaluator {
  /// The first time after `time` at which a source has a corner, a comparison of `time` with a constant turns or a corner
  /// arrives that a line has carried.
  package func nextBreakpoint(after time: Double) -> Double {
    var first = sources.nextCorner(after: time)
    if let turn = timeTurns.first(where: { $0 > time }) { first = min(first, turn) }
    return min(first, delayLines.nextCorner(after: time))
  }

  /// The longest step (s) in which sources active at `time` are followed, for the error test does not see one that is
  /// eliminated: a tenth of their shortest period, and where such a one stands at a junction a fortieth, for a rectifier
  /// conducts for less than a tenth, and nothing would tell that a step has passed over it.
  package func longestStep(at time: Double) -> Double {
    sources.shortestPeriod(at: time) / (sourcesDriveJunctions ? 40 : 10)
  }

  /// From now on sources follow the segment that begins at `time`, in a run that ends at `stop`. The sources that jump
  /// there across a capacitive path, and so ramp.
  package func enterSegment(at time: Double, stop: Double) -> [DeviceReference] {
    sources.enterSegment(at: time, stop: stop).map(system.forest.device(ofWaveform:))
  }

  /// Zeros of guards that are linear in time and read nothing else that runs.
  static func findTimeTurns(_ groups: [KernelGroup]) -> [Double] {
    var turns: Set<Double> = []
    for group in groups {
      for condition in group.model.guards {
        var graph = group.local.graph
        let running = graph.leaves(of: [condition.argument]).filter {
          switch $0 {
          case .parameter, .derived: false
          case .time, .variable, .rate, .mode, .memory, .draw: true
          }
        }
        guard running == [.time], case .linear = graph.dependence(of: condition.argument, on: .time) else { continue }
        let slope = graph.derivative(of: condition.argument, by: .time)
        let zero = graph.constant(0)
        let offset = graph.substitute(condition.argument) { $0 == .time ? zero : nil }
        let columns = group.parameters.evaluate([slope, offset], of: graph).map { group.parameters.values($0) }
        for instance in 0..<group.count where columns[0][instance] != 0 {
          let turn = -columns[1][instance] / columns[0][instance]
          if turn.isFinite, turn > 0 { turns.insert(turn) }
        }
      }
    }
    return turns.sorted()
  }

  /// Widens the band of a guard that chatters, so that it may slide; false if it has one already.
  package func widenBand(of change: Change, y: UnsafePointer<Double>, weights: UnsafePointer<Double>) -> Bool {
    let group = groups[change.group]
    guard case .mode(let k) = change.kind, group.bands[k][change.instance] == 0 else { return false }
    group.bands[k][change.instance] = group.tolerance(
      ofGuard: k, instance: change.instance, y: y, weights: weights, voltage: tolerances.absoluteVoltage)
    return true
  }

  /// The source's waveform for a sweep, and its direct value.
  package func waveform(of device: DeviceReference) -> Int? {
    let first = system.forest.firstWaveforms[device.group]
    return first >= 0 ? first + device.instance : nil
  }

  package func setDirect(_ value: Double, of waveform: Int) { sources.setDirect(value, of: waveform) }
  package func direct(of waveform: Int) -> Double { sources.direct(of: waveform) }

  /// After a Jacobian of the operating point is written: what depends on its derivatives.
  package func settleTolerances(_ matrix: BorderedMatrix, y: UnsafePointer<Double>) {
    setTolerances(from: y)
    findInnerRanges()
    guard !chargeRows.isEmpty, operatingPointJacobian(y: y, into: matrix) else { return }
    setChargeTolerances { matrix.values(ofBatch: $0) }
  }
}
