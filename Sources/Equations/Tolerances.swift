internal import Circuits
internal import Devices
internal import Kernels
package import Solvers

/// The error bound of each unknown: reltol |y| + an absolute part by what it is.
package struct ToleranceSettings: Sendable {
  package var relative = 1e-4
  /// V; follows `relative` where nil.
  package var voltage: Double?
  /// A; follows `relative` where nil.
  package var current: Double?

  package init() {}

  package var absoluteVoltage: Double { voltage ?? 1e-2 * relative }
  package var absoluteCurrent: Double { current ?? 1e-8 * relative }
  /// Share of a state's range.
  package var state: Double { 1e-2 * relative }
}

extension SystemEvaluator {
  /// Absolute tolerances from what was written and from ranges; unbounded states and quantities begin with `y`.
  func setTolerances(from y: UnsafePointer<Double>) {
    rangedUnknowns = []
    chargeRows = []
    var charges: [Range<Int>] = []
    for group in groups {
      for (position, variable) in group.local.internals.enumerated() {
        let first = group.firstUnknown + position * group.count
        let declared = group.local.variables[variable]
        if let written = declared.tolerance {
          fill(first, group, group.column(of: written)) { $0 }
        } else if case .charge = declared.kind {
          // Set from |dq/dv| at the operating point; until then the floor.
          for instance in 0..<group.count { absoluteTolerances[first + instance] = 1e-21 }
          chargeRows.append((group.index, position))
          charges.append(first..<first + group.count)
        } else if case .delayed = declared.kind {
          for instance in 0..<group.count { absoluteTolerances[first + instance] = tolerances.absoluteVoltage }
        } else if let range = range(of: declared, group) {
          for instance in 0..<group.count { absoluteTolerances[first + instance] = tolerances.state * range[instance] }
        } else {
          setRanged(first..<first + group.count, y, least: 1e-300)
        }
      }
    }
    for (index, unknown) in system.unknowns.border.enumerated() {
      switch unknown {
      case .voltage: absoluteTolerances[index] = tolerances.absoluteVoltage
      case .current: absoluteTolerances[index] = tolerances.absoluteCurrent
      case .quantity(let device, let quantity): setTolerance(of: index, device, quantity: quantity, y)
      case .repeatedVariable(let device, let variable):
        absoluteTolerances[index] = repeatedTolerance(device, variable, value: y[index])
      case .placeholder: absoluteTolerances[index] = 1
      case .variable: continue
      }
    }
    equalTolerances.find(
      in: UnsafeBufferPointer(start: absoluteTolerances, count: count), varying: rangedUnknowns + charges)
  }

  /// A quantity that others read is held by its unit: a current, a voltage; a state as the state is; whatever else by how
  /// large it has been, and at least as closely as a power by the tolerances of voltage and current.
  private func setTolerance(of index: Int, _ device: DeviceReference, quantity: Int, _ y: UnsafePointer<Double>) {
    let model = system.circuit.groups[device.group].model
    let quantity = model.quantities[quantity]
    if case .leaf(.variable(let variable)) = model.graph[quantity.value],
      system.unknowns.internalIndex(of: device, variable: variable) != nil
    {
      absoluteTolerances[index] = repeatedTolerance(device, variable, value: y[index])
      return
    }
    switch quantity.unit {
    case "A": absoluteTolerances[index] = tolerances.absoluteCurrent
    case "V": absoluteTolerances[index] = tolerances.absoluteVoltage
    default:
      setRanged(index..<index + 1, y, least: tolerances.absoluteVoltage * tolerances.absoluteCurrent)
    }
  }

  /// Unknowns whose range is the largest magnitude they have had, from that in `y` on.
  private func setRanged(_ unknowns: Range<Int>, _ y: UnsafePointer<Double>, least: Double) {
    for unknown in unknowns {
      absoluteTolerances[unknown] = max(tolerances.state * y[unknown].magnitude, least)
    }
    rangedUnknowns.append(unknowns)
  }

  private func fill(_ first: Int, _ group: KernelGroup, _ column: KernelColumn, _ scale: (Double) -> Double) {
    for (instance, value) in group.parameters.values(column).enumerated() {
      absoluteTolerances[first + instance] = scale(value)
    }
  }

  private func repeatedTolerance(_ device: DeviceReference, _ variable: Int, value: Double) -> Double {
    guard let unknown = system.unknowns.internalIndex(of: device, variable: variable) else {
      return tolerances.absoluteVoltage
    }
    return max(absoluteTolerances[unknown], tolerances.state * value.magnitude, 1e-300)
  }

  /// hi - lo per instance where both are finite.
  private func range(of variable: Variable, _ group: KernelGroup) -> [Double]? {
    guard let lower = variable.bounds.lower, let upper = variable.bounds.upper else { return nil }
    let ranges = zip(group.values(of: lower), group.values(of: upper)).map { $1 - $0 }
    return ranges.allSatisfy { $0.isFinite && $0 > 0 } ? ranges : nil
  }

  package var hasRangedUnknowns: Bool { !rangedUnknowns.isEmpty }

  /// The range of an unbounded state or quantity is the largest magnitude it has had; called after every accepted step.
  package func widenRanges(_ y: UnsafePointer<Double>) {
    for unknowns in rangedUnknowns {
      for unknown in unknowns {
        absoluteTolerances[unknown] = max(absoluteTolerances[unknown], tolerances.state * y[unknown].magnitude)
      }
    }
  }

  /// A charge's tolerance is |dq/dv| times its voltage's, from the Jacobian last written into `values` of its batch.
  func setChargeTolerances(_ values: (Int) -> UnsafeMutablePointer<Double>) {
    for charge in chargeRows {
      guard let batch = groups.firstIndex(where: { $0.index == charge.group }) else { continue }
      let group = groups[batch]
      let first = group.firstUnknown + charge.position * group.count
      for (place, entry) in group.blockPlaces.inputs.enumerated() where entry.row == charge.position {
        let column = values(batch) + (group.blockPlaces.internals.count + place) * group.count
        for instance in 0..<group.count {
          let bound = column[instance].magnitude * tolerances.absoluteVoltage
          absoluteTolerances[first + instance] = max(absoluteTolerances[first + instance], bound)
        }
      }
    }
  }

  package var errorBounds: ErrorBounds {
    ErrorBounds(
      relative: tolerances.relative, absolute: absoluteTolerances, equal: equalTolerances, limited: junctionUnknowns,
      limit: Junctions.tolerance)
  }
}
