internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

extension LinearPart {
  /// Adds a linear group's rows: for every output and variable, the constant slopes of value and rate.
  func add(_ system: LocalSystem, group index: Int, wiring: Wiring, sources: SourceValues) {
    var local = system
    let group = wiring.circuit.groups[index]
    let columns = ParameterColumns(group, arena: Arena())
    let zero = local.graph.constant(0)
    for (position, output) in local.outputs.enumerated() {
      let row = local.rows[position]
      let targets = wiring.rows(of: output, group: index)
      var signal = -1
      let constant = local.graph.substitute(row) { leaf in
        switch leaf {
        case .variable, .rate: zero
        default: nil
        }
      }
      let constants = columns.values(columns.evaluate([constant], of: local.graph)[0])
      for variableIndex in local.inputs {
        let variable = local.variables[variableIndex]
        if case .signal = variable.kind { signal += 1 }
        let direct = local.graph.derivative(of: row, by: .variable(variableIndex))
        let reactive = local.graph.derivative(of: row, by: .rate(variableIndex))
        guard local.graph.constantValue(of: direct) != 0 || local.graph.constantValue(of: reactive) != 0 else {
          continue
        }
        let slopes = columns.evaluate([direct, reactive], of: local.graph).map { columns.values($0) }
        let reads = wiring.incidence(
          of: variable, index: variableIndex, signal: signal < 0 ? nil : signal, group: index)
        var nextExtra = 0
        for instance in 0..<group.count {
          let tied = wiring.tiedNodes(
            of: variable, signal: signal < 0 ? nil : signal, group: group, instance: instance)
          targets.forEach(of: instance, from: &nextExtra) { target in
            let conductance = target.sign * slopes[0][instance]
            let capacitance = target.sign * slopes[1][instance]
            add(row: target.row, column: reads.plus[instance], conductance: conductance, capacitance: capacitance)
            add(row: target.row, column: reads.minus[instance], conductance: -conductance, capacitance: -capacitance)
            if case .waveform = variable.kind {
              let waveform = wiring.forest.firstWaveforms[index] + instance
              add(
                SourceTerm(
                  row: target.row, source: .waveform(Int32(waveform)), conductance: conductance,
                  capacitance: capacitance),
                moves: sources.isMoving(waveform))
            }
            if case .signal = variable.kind, case .constant(let value) = group.signals[signal][instance] {
              add(row: target.row, constant: conductance * value)
            }
            for (node, sign) in [(tied.0, 1.0), (tied.1, -1.0)] where wiring.forest.parentBranches[Int(node)] >= 0 {
              add(
                SourceTerm(
                  row: target.row, source: .node(node), conductance: sign * conductance,
                  capacitance: sign * capacitance),
                moves: sources.isMoving(node: node))
            }
          }
        }
      }
      var nextExtra = 0
      for instance in 0..<group.count where constants[instance] != 0 {
        targets.forEach(of: instance, from: &nextExtra) { target in
          add(row: target.row, constant: target.sign * constants[instance])
        }
      }
    }
  }
}
