internal import Circuits
internal import Devices

/// Devices' own unknowns without a rate (`var`), whose equations may have several solutions.
extension SystemEvaluator {
  /// Whether any device has unknowns of its own without a rate (`var`).
  package var hasAlgebraicUnknowns: Bool {
    groups.contains { group in
      group.local.internals.contains { if case .algebraic = group.local.variables[$0].kind { true } else { false } }
    }
  }

  /// The `var` that differs most between two points, in its tolerances.
  package func largestAlgebraicChange(from before: UnsafePointer<Double>, to after: UnsafePointer<Double>)
    -> (name: String, before: Double, after: Double)?
  {
    var largest = 0.0
    var found: Int?
    for group in groups {
      for (position, variable) in group.local.internals.enumerated() {
        guard case .algebraic = group.local.variables[variable].kind else { continue }
        for instance in 0..<group.count {
          let unknown = group.firstUnknown + position * group.count + instance
          let scale = tolerances.relative * before[unknown].magnitude + absoluteTolerances[unknown]
          let change = (after[unknown] - before[unknown]).magnitude / scale
          if change > largest {
            largest = change
            found = unknown
          }
        }
      }
    }
    return found.map { (system.name(of: $0), before[$0], after[$0]) }
  }
}
