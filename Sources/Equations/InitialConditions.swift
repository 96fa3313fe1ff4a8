internal import Circuits
internal import Devices
internal import Solvers

extension SystemEvaluator {
  /// Unknown currents that cards give with `ic=`, A.
  package var initialCurrents: [(unknown: Int, value: Double)] {
    system.circuit.groups.enumerated().flatMap { index, group in
      group.initialConditions.compactMap { initial in
        let device = DeviceReference(group: index, instance: initial.instance)
        let current = system.unknowns.index(of: .current(device))
        return current >= 0 ? (Int(current), initial.value) : nil
      }
    }
  }

  /// The start with `uic`: nodes at their .ic, else as the ic= of capacitors and diodes say, else 0; inductors' currents likewise; states
  /// from their start expressions at those voltages.
  package func startFromInitialConditions(into y: UnsafeMutablePointer<Double>) {
    restIsInitial = true
    setOperatingPointSources(scale: 1)
    guardsAreLive = true
    y.update(repeating: 0, count: count)
    let circuit = system.circuit
    // By root, the voltages known so far.
    var known = [Double](repeating: .nan, count: circuit.nodeNames.count)
    known[0] = 0
    func set(_ node: NodeIndex, _ value: Double) {
      // A tied node sets its root; every node of the tree is known with it.
      let root = system.forest.roots[Int(node)]
      let rootValue = value - sources.tied[Int(node)]
      let unknown = system.unknowns.index(of: .voltage(root))
      guard root != 0, unknown >= 0 else { return }
      y[Int(unknown)] = rootValue
      known[Int(root)] = rootValue
    }
    func voltage(_ node: NodeIndex) -> Double? {
      let root = known[Int(system.forest.roots[Int(node)])]
      return root.isNaN ? nil : root + sources.tied[Int(node)]
    }
    for initial in circuit.initialVoltages { set(initial.node, initial.value) }
    var capacitors: [(plus: NodeIndex, minus: NodeIndex, value: Double)] = []
    for (index, group) in circuit.groups.enumerated() {
      for initial in group.initialConditions {
        let device = DeviceReference(group: index, instance: initial.instance)
        let current = system.unknowns.index(of: .current(device))
        if current >= 0 {
          y[Int(current)] = initial.value
        } else if group.terminals.count >= 2 {
          let (plus, minus) = group.model.initialVoltage
          capacitors.append(
            (group.terminals[plus][initial.instance], group.terminals[minus][initial.instance], initial.value))
        }
      }
    }
    // A capacitor gives the voltage of one end once that of the other is known.
    var progress = true
    while progress, !capacitors.isEmpty {
      progress = false
      capacitors.removeAll { capacitor in
        switch (voltage(capacitor.plus), voltage(capacitor.minus)) {
        case (nil, let minus?): set(capacitor.plus, minus + capacitor.value)
        case (let plus?, nil): set(capacitor.minus, plus - capacitor.value)
        case (nil, nil): return false
        default: break
        }
        progress = true
        return true
      }
      // Neither end of any is known: the first restart finds where they lie, if only the difference is right.
      if !progress, let first = capacitors.first {
        set(first.minus, 0)
        progress = voltage(first.minus) != nil
      }
    }
    refreshSources(0)
    setStarts(in: y)
    _ = turnSwitches(y)
    endRest(y)
  }
}
