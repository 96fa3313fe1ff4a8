internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

extension LinearPart {
  /// Adds a linear group's rows: for every output and variable, the constant slopes of value and rate.
  func add(
    _ local: LocalSystem, group index: Int, wiring: Wiring, sources: SourceValues, compiled: CompiledGroups
  ) {
    let group = wiring.circuit.groups[index]
    let columns = ParameterColumns(group, arena: Arena())
    for (output, row) in zip(local.outputs, compiled.linearPrograms(ofGroup: index, local).rows) {
      let targets = wiring.rows(of: output, group: index)
      for slope in row.slopes {
        let variable = local.variables[slope.variable]
        let conductances = slope.conductance.map { columns.values(columns.evaluate([$0])[0]) }
        let capacitances = slope.capacitance.map { columns.values(columns.evaluate([$0])[0]) }
        let reads = wiring.incidence(
          of: variable, index: slope.variable, signal: slope.signal, group: index)
        var nextExtra = 0
        for instance in 0..<group.count {
          let tied = wiring.tiedNodes(of: variable, signal: slope.signal, group: group, instance: instance)
          targets.forEach(of: instance, from: &nextExtra) { target in
            let conductance = target.sign * (conductances?[instance] ?? 0)
            let capacitance = target.sign * (capacitances?[instance] ?? 0)
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
            if let signal = slope.signal, case .constant(let value) = group.signals[signal][instance] {
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
      guard let constant = row.constant else { continue }
      let constants = columns.values(columns.evaluate([constant])[0])
      var nextExtra = 0
      for instance in 0..<group.count where constants[instance] != 0 {
        targets.forEach(of: instance, from: &nextExtra) { target in
          add(row: target.row, constant: target.sign * constants[instance])
        }
      }
    }
  }
}
