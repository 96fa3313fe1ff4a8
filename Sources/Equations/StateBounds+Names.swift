package import Diagnostics
internal import Circuits
internal import Devices
internal import Kernels

/// A state that its range holds in a way worth a word.
package struct BoundedState: Sendable {
  package var name: String
  package var value: Double
  package var range: SourceRange?
}

extension SystemEvaluator {
  /// A state on (or, within its tolerance, beyond) a bound at which its rate vanishes whatever the circuit does: it
  /// never leaves (a hard window).
  package func stateThatStays(_ y: UnsafePointer<Double>) -> BoundedState? {
    for (state, bounded) in bounds.held.enumerated() {
      let x = y + bounded.first
      for instance in 0..<bounded.group.count {
        let (lower, upper) = (bounded.lower[instance], bounded.upper[instance])
        guard x[instance] <= lower || x[instance] >= upper else { continue }
        let bound = x[instance] <= lower ? lower : upper
        let place = StateBounds.Bound(state: state, instance: instance, isUpper: x[instance] > lower)
        if bounds.leavable.contains(place) { continue }
        if bounded.group.rateVanishes(position: bounded.position, at: bound, instance: instance) {
          return name(bounded, instance, bound)
        }
        bounds.leavable.insert(place)
      }
    }
    return nil
  }

  /// A state at the end of an open range, where a run that cannot go on may have stopped.
  package func stateAtOpenBound(_ y: UnsafePointer<Double>) -> BoundedState? {
    for bounded in bounds.open {
      let x = y + bounded.first
      for instance in 0..<bounded.group.count {
        for bound in [bounded.lower[instance], bounded.upper[instance]] where bound.isFinite {
          let scale = max(abs(bound), abs(x[instance]), absoluteTolerances[bounded.first + instance])
          if abs(x[instance] - bound) <= 1e-3 * scale || abs(x[instance] - bound) <= 1e-300 {
            return name(bounded, instance, bound)
          }
        }
      }
    }
    return nil
  }

  private func name(_ bounded: StateBounds.Bounded, _ instance: Int, _ bound: Double) -> BoundedState {
    let group = bounded.group
    let state = group.local.name(ofVariable: group.local.internals[bounded.position])
    return BoundedState(
      name: "@\(group.group.names[instance])[\(state)]", value: bound,
      range: instance < group.group.origins.count ? group.group.origins[instance] : nil)
  }
}

extension KernelGroup {
  /// Whether f of x' = f is identically 0 at x = `bound`.
  fileprivate func rateVanishes(position: Int, at bound: Double, instance: Int) -> Bool {
    var graph = local.graph
    let variable = local.internals[position]
    let row = local.rows[local.outputs.count + position]
    let zero = graph.constant(0)
    let value = graph.constant(bound)
    let constants = group.parameters.map { column in
      switch column {
      case .uniform(let value): graph.constant(value)
      case .values(let values): graph.constant(values[instance])
      }
    }
    let rate = graph.substitute(row) { leaf in
      switch leaf {
      case .variable(variable): value
      case .rate(variable): zero
      case .parameter(let index): constants[index]
      default: nil
      }
    }
    return graph.constantValue(of: rate) == 0
  }
}
