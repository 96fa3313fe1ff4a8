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
    setStarts(in: y)
  }

  /// Starts, guesses and given values of states at the border values of `y`.
  package func setStarts(in y: UnsafeMutablePointer<Double>) {
    refreshSources(0)
    gather(y: y, rate: nil)
    setModes(y: y)
    for group in groups where !group.local.internals.isEmpty {
      var nodes: [NodeID] = []
      var targets: [BoundKernel.Target] = []
      var graph = group.local.graph
      let zero = graph.constant(0)
      for (position, variable) in group.local.internals.enumerated() {
        let node: NodeID
        switch group.local.variables[variable].start {
        case .value(let start), .steady(let start), .guess(let start): node = start
        case .none: continue
        }
        nodes.append(graph.substitute(node) { if case .rate = $0 { zero } else { nil } })
        targets.append(.result(group.firstUnknown + position * group.count))
      }
      // Twice: a start may read another state's.
      for _ in 0..<2 where !nodes.isEmpty { group.bind(graph, nodes, targets).run(y: y, rate: nil, result: y) }
      for position in group.local.internals.indices {
        for instance in 0..<group.count where group.heldFlags[position][instance] != 0 {
          y[group.firstUnknown + position * group.count + instance] = group.heldValues[position][instance]
        }
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
    let hasCharges = groups.contains { $0.local.variables.count > $0.model.variables.count }
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
      case .voltage, .current, .variable: continue
      }
    }
  }

  /// Ends the operating point: guards keep the modes they have, held starts are released.
  package func endRest(_ y: UnsafePointer<Double>) {
    gather(y: y, rate: nil)
    setModes(y: y)
    guardsAreLive = false
  }

  /// Sets every guard's mode from its argument.
  func setModes(y: UnsafePointer<Double>) {
    for group in groups {
      guard let guards = group.guards else { continue }
      // An argument may hold modes of other guards (a comparison inside a branch): settle them in a few rounds.
      for _ in 0...group.model.guards.count {
        guards.run(y: y, rate: nil, result: nil)
        var changed = false
        for (k, condition) in group.model.guards.enumerated() {
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
