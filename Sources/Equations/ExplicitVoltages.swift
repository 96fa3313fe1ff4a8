internal import Circuits
internal import Devices
internal import Solvers

/// A guess for circuits whose equations have no value at zero: `B1 b 0 V={exp(v(a))}`, `B2 c 0 V={ln(v(b))}`.
extension SystemEvaluator {
  /// Rounds in which voltages follow one another: as many sources may stand in a row.
  private static let rounds = 50

  /// Gives nodes in the guess `y` the voltages that E, H and B sources compute from others, where F has no value without.
  /// Where the circle of such sources does not close, `y` stays as it was.
  package func followExplicitVoltages(in y: UnsafeMutablePointer<Double>) {
    let result = arena.doubles(count)
    if operatingPointResidual(y: y, sourceScale: 1, into: result) { return }
    let voltages = explicitVoltages
    if voltages.isEmpty { return }
    let before = Array(UnsafeBufferPointer(start: y, count: count))
    for _ in 0..<Self.rounds {
      var isSettled = true
      for voltage in voltages {
        // Rows are worth something where the whole is not.
        let miss = result[voltage.row]
        guard miss.isFinite, abs(miss) > 1e-9 * max(1, abs(y[voltage.unknown])) else { continue }
        y[voltage.unknown] -= voltage.sign * miss
        isSettled = false
      }
      let hasValue = operatingPointResidual(y: y, sourceScale: 1, into: result)
      if isSettled || hasValue { break }
    }
    guard !operatingPointResidual(y: y, sourceScale: 1, into: result) else { return }
    for index in before.indices { y[index] = before[index] }
  }

  /// Rows v(plus) - v(minus) - formula = 0 with the unknown that the formula can give.
  private var explicitVoltages: [(row: Int, unknown: Int, sign: Double)] {
    var voltages: [(row: Int, unknown: Int, sign: Double)] = []
    for (index, group) in system.circuit.groups.enumerated() {
      let fixed = group.model.topology.lazy.compactMap { fact -> (Int, Int)? in
        if case .fixesVoltage(let plus, let minus) = fact { (plus, minus) } else { nil }
      }.first
      guard let fixed else { continue }
      for instance in 0..<group.count {
        let device = DeviceReference(group: index, instance: instance)
        let row = Int(system.unknowns.index(of: .current(device)))
        let (plus, minus) = (group.terminals[fixed.0][instance], group.terminals[fixed.1][instance])
        let high = Int(system.unknowns.index(of: .voltage(system.forest.roots[Int(plus)])))
        let low = Int(system.unknowns.index(of: .voltage(system.forest.roots[Int(minus)])))
        if row < 0 { continue }
        if high >= 0 { voltages.append((row, high, 1)) } else if low >= 0 { voltages.append((row, low, -1)) }
      }
    }
    return voltages
  }
}
