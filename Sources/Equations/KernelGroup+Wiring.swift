internal import Circuits
internal import Devices
internal import Solvers

/// How a group meets the border, laid out once.
extension KernelGroup {
  static func makeInputs(_ local: LocalSystem, _ wiring: Wiring, _ index: Int, _ arena: Arena) -> [Input] {
    let group = wiring.circuit.groups[index]
    let count = group.count
    var signal = -1
    return local.inputs.map { variableIndex in
      let variable = local.variables[variableIndex]
      if case .signal = variable.kind { signal += 1 }
      let incidence = wiring.incidence(
        of: variable, index: variableIndex, signal: signal < 0 ? nil : signal, group: index)
      var input = Input(
        variable: variableIndex, plus: arena.copy(incidence.plus), minus: arena.copy(incidence.minus),
        offset: arena.doubles(count), offsetSlope: arena.doubles(count), value: arena.doubles(count),
        rate: arena.doubles(count), runStart: incidence.runStart)
      for instance in 0..<count {
        let nodes = wiring.tiedNodes(of: variable, signal: signal < 0 ? nil : signal, group: group, instance: instance)
        var waveform = -1
        if case .waveform = variable.kind { waveform = wiring.forest.firstWaveforms[index] + instance }
        if case .signal = variable.kind, case .constant(let value) = group.signals[signal][instance] {
          input.offset[instance] = value
        }
        let isTied = { (node: NodeIndex) in wiring.forest.parentBranches[Int(node)] >= 0 }
        if waveform >= 0 || isTied(nodes.0) || isTied(nodes.1) {
          if input.known.isEmpty { input.known.reserveCapacity(count) }
          input.known.append(
            Known(instance: Int32(instance), plus: nodes.0, minus: nodes.1, waveform: Int32(waveform)))
        }
      }
      return input
    }
  }

  static func makeOutputs(_ local: LocalSystem, _ wiring: Wiring, _ index: Int, _ arena: Arena) -> [Output] {
    let count = wiring.circuit.groups[index].count
    return local.outputs.map { output in
      let rows = wiring.rows(of: output, group: index)
      return Output(
        plus: arena.copy(rows.plus), minus: arena.copy(rows.minus), value: arena.doubles(count),
        runStart: Incidence(plus: rows.plus, minus: rows.minus).runStart,
        extra: rows.extra.map { (instance: $0.instance, row: Int($0.row), sign: $0.sign) })
    }
  }

  var batch: BlockBatch {
    func incidence(_ plus: UnsafeMutablePointer<Int32>, _ minus: UnsafeMutablePointer<Int32>) -> Incidence {
      Incidence(
        plus: Array(UnsafeBufferPointer(start: plus, count: count)),
        minus: Array(UnsafeBufferPointer(start: minus, count: count)))
    }
    var extra: [BlockBatch.ExtraRow] = []
    for (output, wired) in outputs.enumerated() {
      for row in wired.extra {
        extra.append(.init(output: output, instance: row.instance, row: Int32(row.row), sign: row.sign))
      }
    }
    return BlockBatch(
      count: count, size: local.internals.count, firstUnknown: firstUnknown,
      inputs: inputs.map { incidence($0.plus, $0.minus) }, outputs: outputs.map { incidence($0.plus, $0.minus) },
      internalPlaces: blockPlaces.internals, inputPlaces: blockPlaces.inputs, outputPlaces: blockPlaces.outputs,
      directPlaces: blockPlaces.direct, extraRows: extra)
  }
}
