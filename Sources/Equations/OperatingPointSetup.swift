package import Circuits
internal import Devices
internal import Kernels
internal import Solvers

extension SystemEvaluator {
  /// Prepares the equations of rest: sources at their direct values or, with `initial`, as they are at time 0.
  package func prepareRest(initial: Bool) {
    restIsInitial = initial
    guardsAreLive = true
    setOperatingPointSources(scale: 1)
  }

  func setOperatingPointSources(scale: Double) {
    operatingPointScale = scale
    sources.setDirect(scale: scale, initial: restIsInitial)
  }

  /// The first guess of the operating point: .nodeset and .ic voltages, starts and guesses of states, else 0.
  package func guess(into y: UnsafeMutablePointer<Double>, voltages: [(node: NodeIndex, value: Double)]) {
    y.update(repeating: 0, count: count)
    for (node, value) in voltages {
      let root = system.forest.roots[Int(node)]
      let unknown = system.unknowns.index(of: .voltage(root))
      if unknown >= 0 { y[Int(unknown)] = value - sources.tied[Int(node)] }
    }
    refreshSourcesAtRest()
    setStarts(in: y)
  }

  /// Starts, guesses and given values of states at the border values of `y`, sources being as they stand.
  package func setStarts(in y: UnsafeMutablePointer<Double>) {
    gather(y: y, rate: nil)
    setModes(y: y)
    let scratch = Arena()
    let starts = scratch.doubles(count)
    for group in groups where !group.local.internals.isEmpty {
      let (kernel, positions) = group.startKernel()
      let first = positions.map { group.firstUnknown + $0 * group.count }
      group.setGivenStarts(in: y)
      // A start may read another state's, in a chain as long as there are states.
      for _ in positions {
        kernel.run(y: y, rate: nil, result: starts)
        for place in first { (y + place).update(from: starts + place, count: group.count) }
        group.setGivenStarts(in: y)
      }
    }
    setChargesAndRepeats(in: y)
  }

  /// Charges and repeated quantities are functions of the rest: q from q - Q(v) = 0, w from w - quantity = 0.
  private func setChargesAndRepeats(in y: UnsafeMutablePointer<Double>) {
    let hasRepeats = system.unknowns.border.contains {
      switch $0 {
      case .quantity, .repeatedVariable: true
      default: false
      }
    }
    let hasCharges = groups.contains { group in
      group.local.internals.contains { if case .charge = group.local.variables[$0].kind { true } else { false } }
    }
    guard hasRepeats || hasCharges else { return }
    let result = arena.doubles(count)
    guard operatingPointResidual(y: y, sourceScale: operatingPointScale, into: result) else { return }
    for group in groups {
      for (position, variable) in group.local.internals.enumerated() {
        guard case .charge = group.local.variables[variable].kind else { continue }
        for instance in 0..<group.count {
          let unknown = group.firstUnknown + position * group.count + instance
          y[unknown] -= result[unknown]
        }
      }
    }
    for (index, unknown) in system.unknowns.border.enumerated() {
      switch unknown {
      case .quantity, .repeatedVariable: y[index] -= result[index]
      case .voltage, .current, .variable, .placeholder: continue
      }
    }
  }

  /// Ends the operating point: guards keep the modes they have, held starts are released.
  package func endRest(_ y: UnsafePointer<Double>) {
    gather(y: y, rate: nil)
    setModes(y: y)
    guardsAreLive = false
  }

  /// Sets the mode of every guard without memory from its argument.
  func setModes(y: UnsafePointer<Double>) {
    for group in groups {
      guard let guards = group.guards else { continue }
      // An argument may hold modes of other guards (a comparison inside a branch): settle them in a few rounds.
      for _ in 0...group.model.guards.count {
        guards.run(y: y, rate: nil, result: nil)
        var changed = false
        for (k, condition) in group.model.guards.enumerated() where condition.start == nil {
          for instance in 0..<group.count {
            let value = group.guardValues[k][instance]
            let holds: Double = value > 0 || (condition.includesZero && value == 0) ? 1 : 0
            if group.modes[k][instance] != holds {
              group.modes[k][instance] = holds
              changed = true
            }
          }
        }
        if !changed { break }
      }
    }
  }
}

extension SystemEvaluator {
  package var hasSwitches: Bool { groups.contains { $0.model.guards.contains { $0.start != nil } } }

  /// Turns every switch (a guard with memory) whose argument has left its mode's side in the solution `y` at rest; those
  /// that turn.
  package func turnSwitches(_ y: UnsafePointer<Double>) -> [Change] {
    guard hasSwitches else { return [] }
    gather(y: y, rate: nil)
    var result: [Change] = []
    for (position, group) in groups.enumerated() {
      guard let guards = group.guards else { continue }
      guards.run(y: y, rate: nil, result: nil)
      for (k, condition) in group.model.guards.enumerated() where condition.start != nil {
        for instance in 0..<group.count {
          let value = group.guardValues[k][instance]
          let isOn = group.modes[k][instance] != 0
          guard isOn ? value < 0 : value > 0 else { continue }
          group.modes[k][instance] = isOn ? 0 : 1
          result.append(Change(group: position, instance: instance, kind: .mode(guard: k)))
        }
      }
    }
    return result
  }

  /// Turns switches back.
  package func undo(_ changes: [Change]) {
    for change in changes {
      guard case .mode(let k) = change.kind else { continue }
      let mode = groups[change.group].modes[k] + change.instance
      mode.pointee = mode.pointee != 0 ? 0 : 1
    }
  }
}

extension KernelGroup {
  /// States given on the card or by .ic.
  fileprivate func setGivenStarts(in y: UnsafeMutablePointer<Double>) {
    for position in local.internals.indices {
      for instance in 0..<count {
        if let value = held[position][instance] { y[firstUnknown + position * count + instance] = value }
      }
    }
  }
}
