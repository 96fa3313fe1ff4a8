internal import Devices
internal import Kernels
internal import Solvers

/// A point of a run.
package struct SolutionPoint {
  package var time: Double
  package var y: UnsafeMutablePointer<Double>
  package var rate: UnsafePointer<Double>

  package init(time: Double, y: UnsafeMutablePointer<Double>, rate: UnsafePointer<Double>) {
    self.time = time
    self.y = y
    self.rate = rate
  }
}

/// How far F differs at one point between two sides of comparisons, and how large its rows are there: the currents of a
/// node added up without their signs, the rate of a state. Other rows have no scale of their own, 0.
private struct BranchDifference {
  var rows: [Double]
  var scales: [Double]

  /// Whether nothing differs by more than 1e-6 of its row, or of what the row is or differs by at other points.
  func isNothing(besides others: [BranchDifference] = []) -> Bool {
    rows.indices.allSatisfy { row in
      rows[row] <= 1e-6 * others.reduce(scales[row]) { max($0, $1.scales[row], $1.rows[row]) }
    }
  }
}

extension SystemEvaluator {
  /// Whether the step from `begin` to `end` stands although `changes` turn within it at `instant`: they are comparisons
  /// whose branches agree there, and either were followed as kinks or change nothing until the end that tolerances see.
  package func stepStands(
    _ changes: [Change], at instant: SolutionPoint, from begin: SolutionPoint, to end: SolutionPoint,
    weights: UnsafePointer<Double>
  ) -> Bool {
    guard let turning = comparisons(of: changes), let here = difference(between: changes, at: instant),
      let before = difference(between: changes, at: begin), let there = difference(between: changes, at: end)
    else { return false }
    // A jump is as large at the ends of the step; the branches of a kink part from the instant on.
    guard here.isNothing(besides: [before, there]) else {
      turning.forEach(kinks.forget)
      return false
    }
    if turning.allSatisfy(kinks.contains) { return true }
    turning.forEach(kinks.learn)
    let rest = end.time - instant.time
    let isRate = stateRows
    return (0..<count).allSatisfy {
      there.rows[$0] <= 1e-6 * there.scales[$0] || (isRate[$0] && there.rows[$0] * rest * weights[$0] <= 1e-2)
    }
  }

  /// Whether `changes` are turns of kinks at which nothing differs even at the end of the step: noise about 0.
  package func isNoise(_ changes: [Change], at end: SolutionPoint) -> Bool {
    guard let turning = comparisons(of: changes), turning.allSatisfy(kinks.contains) else { return false }
    return difference(between: changes, at: end)?.isNothing() ?? false
  }

  /// The comparisons that turn; nil where anything else changes too. A switch may carry nothing as it turns, but its
  /// branches part all the same.
  private func comparisons(of changes: [Change]) -> Set<Kinks.Kink>? {
    var result: Set<Kinks.Kink> = []
    for change in changes {
      guard case .mode(let k) = change.kind, groups[change.group].model.guards[k].start == nil else { return nil }
      result.insert(Kinks.Kink(group: change.group, comparison: k))
    }
    return result
  }

  private func difference(between changes: [Change], at point: SolutionPoint) -> BranchDifference? {
    var scales = [Double](repeating: 0, count: count)
    let scratch = Arena()
    let result = scratch.doubles(count)
    guard residual(time: point.time, y: point.y, rate: point.rate, into: result) else { return nil }
    let before = Array(UnsafeBufferPointer(start: result, count: count))
    raise(&scales, to: before, at: point)
    commit(changes, time: point.time, y: point.y, rate: point.rate)
    defer { commit(changes, time: point.time, y: point.y, rate: point.rate) }
    guard residual(time: point.time, y: point.y, rate: point.rate, into: result) else { return nil }
    let after = Array(UnsafeBufferPointer(start: result, count: count))
    raise(&scales, to: after, at: point)
    return BranchDifference(rows: zip(before, after).map { ($0 - $1).magnitude }, scales: scales)
  }

  /// Raises the scales of rows to those of the residual just evaluated.
  private func raise(_ scales: inout [Double], to residual: [Double], at point: SolutionPoint) {
    var flows = [Double](repeating: 1e2 * tolerances.absoluteCurrent, count: structure.borderCount)
    for entry in structure.linear {
      let column = Int(entry.column)
      flows[Int(entry.row)] +=
        (entry.conductance * point.y[column]).magnitude + (entry.capacitance * point.rate[column]).magnitude
    }
    for group in groups {
      for output in group.outputs {
        for instance in 0..<group.count {
          let flow = output.value[instance].magnitude
          if output.plus[instance] >= 0 { flows[Int(output.plus[instance])] += flow }
          if output.minus[instance] >= 0 { flows[Int(output.minus[instance])] += flow }
        }
        for extra in output.extra { flows[extra.row] += output.value[extra.instance].magnitude }
      }
    }
    for (row, flow) in flows.enumerated() { scales[row] = max(scales[row], flow) }
    for (row, isRate) in stateRows.enumerated() where isRate {
      let rate = point.rate[row]
      scales[row] = max(scales[row], rate.magnitude, (rate - residual[row]).magnitude)
    }
  }

  /// Which rows are x' - f = 0 of a state.
  private var stateRows: [Bool] {
    var result = [Bool](repeating: false, count: count)
    for group in groups {
      for (position, variable) in group.local.internals.enumerated() {
        guard case .state = group.local.variables[variable].kind else { continue }
        let first = group.firstUnknown + position * group.count
        for row in first..<first + group.count { result[row] = true }
      }
    }
    return result
  }
}
