internal import Diagnostics
internal import Kernels

/// What can be asked for as `@device[name]`, and what the topology checks learn of a block.
extension DeviceCompiler {
  /// `i`, `v`, `p`, then states, vars, inputs, memories, quantities, parameters.
  mutating func addQuantities() {
    let voltage = context.graph.leaf(.variable(0))
    let current = readsCurrentAsUnknown ? scope.current ?? deviceCurrent() : deviceCurrent()
    let meanCurrent = mean(of: current)
    model.quantities.append(
      Quantity(name: "i", value: meanCurrent, unit: "A", documentation: "current into \(symbols.nodeNames[0])"))
    append(scope.variables[0], value: voltage)
    if symbols["p"] == nil {
      let power = mean(of: power())
      model.quantities.append(
        Quantity(name: "p", value: power, unit: "W", documentation: "power into the device"))
    }
    for index in syntax.states.indices { appendVariable(scope.firstState + index) }
    for index in syntax.unknowns.indices { appendVariable(scope.firstUnknown + index) }
    for index in syntax.inputs.indices { appendVariable(scope.firstInput + index) }
    for (index, line) in syntax.memories.enumerated() {
      append(line, value: context.graph.leaf(.memory(index)))
    }
    for (index, line) in syntax.quantities.enumerated() {
      if let node = scope.quantities[index] { append(line, value: mean(of: node)) }
    }
    for (index, parameter) in model.parameters.enumerated() where parameter.origin == .card {
      model.quantities.append(
        Quantity(
          name: parameter.name, value: context.graph.leaf(.parameter(index)), unit: parameter.unit,
          documentation: parameter.documentation))
    }
  }

  private mutating func append(_ line: BlockSyntax.Definition, value: NodeID) {
    let words = Documentation(optionalUnit: line.comment)
    model.quantities.append(
      Quantity(name: line.name.value.lowercased(), value: value, unit: words.unit, documentation: words.text))
  }

  private mutating func append(_ variable: Variable, value: NodeID) {
    model.quantities.append(
      Quantity(name: variable.name, value: value, unit: variable.unit, documentation: variable.documentation))
  }

  private mutating func appendVariable(_ index: Int) {
    append(scope.variables[index], value: context.graph.leaf(.variable(index)))
  }

  /// Power into the device: voltage times current, over every branch.
  private mutating func power() -> NodeID {
    var total = context.graph.constant(0)
    if readsCurrentAsUnknown, let current = scope.current {
      total = context.graph.multiply(context.graph.leaf(.variable(0)), current)
    }
    for branch in branches {
      guard let value = branch.value else { continue }
      let voltage = scope.voltage(plus: branch.from, minus: branch.to, in: &context)
      total = context.graph.add(total, context.graph.multiply(voltage, value))
    }
    return total
  }

  /// A branch whose current reads a voltage or an unknown of the device is a path for direct current; one that has
  /// only a charge is a path in time; one that reads neither is a current source.
  mutating func addTopology() {
    for equation in model.equations {
      switch equation.row {
      case .current(let from, let to?):
        if readsCurrentAsUnknown, from == 0, to == 1 {
          continue
        } else if context.graph.leaves(of: [equation.resistive]).contains(where: isUnknown) {
          model.topology.append(.conducts(from, to))
        } else if equation.reactive != nil {
          model.topology.append(.conductsInTime(from, to))
        } else {
          model.topology.append(.fixesCurrent(from, to))
        }
      case .branch:
        // A voltage that does not follow the current is a source; one that does, a resistance.
        let current = scope.current.map { context.graph.leaves(of: [$0]) } ?? []
        let reads = context.graph.leaves(of: [equation.resistive, equation.reactive].compactMap { $0 })
        model.topology.append(reads.isDisjoint(with: current) ? .fixesVoltage(0, 1) : .conducts(0, 1))
      case .current, .branchRead, .variable: break
      }
    }
  }

  private func isUnknown(_ leaf: Leaf) -> Bool {
    guard case .variable(let index) = leaf else { return false }
    switch scope.variables[index].kind {
    case .voltage, .current, .state, .algebraic, .charge, .delayed: return true
    case .waveform, .signal: return false
    }
  }
}
