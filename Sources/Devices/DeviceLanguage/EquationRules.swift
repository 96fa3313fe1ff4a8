internal import Diagnostics
internal import Expressions
internal import Kernels

/// `i = ...`, `v = ...`, `i(a, b) = ...`, `0 = ...`: which rows of F a block fills.
///
/// - `i = e` is voltage-controlled: e leaves p and enters n.
/// - `v = e` is current-controlled: the current is an unknown with the row 0 = v - e.
/// - With neither, `i` in a `0 =` line is such an unknown too, and one `0 =` line more than there are vars its row.
extension DeviceCompiler {
  /// Whether the device's current is an unknown of the circuit.
  var readsCurrentAsUnknown: Bool {
    !syntax.voltages.isEmpty || isImplicit
  }

  /// Whether `0 =` lines alone fix the current.
  private var isImplicit: Bool {
    syntax.voltages.isEmpty && syntax.currents.isEmpty && syntax.branches.isEmpty && !syntax.constraints.isEmpty
  }

  /// Currents between nodes, `i = ...` being that from the first terminal to the second; doubles are reported.
  mutating func branchLines() -> [(from: Int, to: Int, left: SourceRange, expression: SourceText)] {
    var lines: [(from: Int, to: Int, left: SourceRange, expression: SourceText)] = []
    for line in syntax.currents { lines.append((0, 1, line.left, line.expression)) }
    for line in syntax.branches {
      guard let from = node(line.from), let to = node(line.to) else { continue }
      if from == to {
        DeviceError.branchToItself(range: line.left).report(to: &context.diagnostics)
      } else {
        lines.append((from, to, line.left, line.expression))
      }
    }
    var seen: [Set<Int>: SourceRange] = [:]
    for line in lines {
      if let first = seen.updateValue(line.left, forKey: [line.from, line.to]) {
        DeviceError.secondEquation(of: "i", first: first, second: line.left).report(to: &context.diagnostics)
      }
    }
    if let first = syntax.voltages.first {
      for second in syntax.voltages.dropFirst() {
        DeviceError.secondEquation(of: "v", first: first.left, second: second.left).report(to: &context.diagnostics)
      }
      if let current = syntax.currents.first {
        DeviceError.currentAndVoltage(current: current.left, voltage: first.left).report(to: &context.diagnostics)
      }
    }
    if syntax.currents.isEmpty, syntax.branches.isEmpty, syntax.voltages.isEmpty, syntax.constraints.isEmpty {
      DeviceError.noCurrent(blockName.value, range: blockName.range).report(to: &context.diagnostics)
    }
    return lines
  }

  private mutating func node(_ name: Located<String>) -> Int? {
    let index = symbols.nodes[name.value.lowercased()]
    if index == nil {
      DeviceError.unknownNode(name.value, known: symbols.nodeNames, range: name.range)
        .report(to: &context.diagnostics)
    }
    return index
  }

  /// Whether a branch's current passes the first terminal.
  func carriesDeviceCurrent(_ branch: Int) -> Bool {
    branches[branch].from == 0 || branches[branch].to == 0
  }

  /// What leaves the first terminal through the device.
  mutating func deviceCurrent() -> NodeID {
    var total = context.graph.constant(0)
    for branch in branches {
      guard let value = branch.value else { continue }
      if branch.from == 0 { total = context.graph.add(total, value) }
      if branch.to == 0 { total = context.graph.subtract(total, value) }
    }
    return total
  }

  /// Fills the model's equations, and what of each is noise.
  mutating func addEquations() {
    var noise: [(noise: Int, equation: Int, coefficient: NodeID)] = []
    for branch in branches {
      guard let value = branch.value else { continue }
      append(.current(from: branch.from, to: branch.to), value, range: branch.left, noise: &noise)
    }
    if readsCurrentAsUnknown, let current = scope.current {
      append(.current(from: 0, to: 1), current, range: blockName.range, noise: &noise)
    }
    let currentEquation = model.equations.firstIndex { $0.row == .current(from: 0, to: 1) }
    if let line = syntax.voltages.first {
      let drop = context.graph.subtract(context.graph.leaf(.variable(0)), lower(line.expression))
      append(.branch, drop, range: line.left, noise: &noise)
    }
    addConstraints(noise: &noise)
    for (index, line) in syntax.rates.enumerated() {
      guard case .state(let state) = symbols[line.name.value.lowercased()], let rate = scope.rates[state],
        index == syntax.rates.firstIndex(where: { $0.name.value.lowercased() == line.name.value.lowercased() })
      else { continue }
      // x' - f = 0.
      let variable = scope.firstState + state
      append(.variable(variable), context.graph.negate(rate), range: line.name.range, noise: &noise)
      let own = context.graph.leaf(.variable(variable))
      let last = model.equations.count - 1
      model.equations[last].reactive = model.equations[last].reactive.map { context.graph.add(own, $0) } ?? own
    }
    addNoise(noise, currentEquation: currentEquation)
    if !syntax.currentNoises.isEmpty, currentEquation == nil {
      DeviceError.noCurrent(blockName.value, range: blockName.range).report(to: &context.diagnostics)
    }
    guard let charges = scope.charges.equations(in: &context.graph) else {
      DeviceError.nonlinearRate(range: blockName.range).report(to: &context.diagnostics)
      return
    }
    model.equations += charges
  }

  /// `0 = ...` lines, one row per var and, where they fix the current, one for it.
  private mutating func addConstraints(noise: inout [(noise: Int, equation: Int, coefficient: NodeID)]) {
    let wanted = syntax.unknowns.count + (isImplicit ? 1 : 0)
    guard syntax.constraints.count == wanted else {
      DeviceError.constraintCount(
        found: syntax.constraints.count, variables: syntax.unknowns.map(\.name.value), fixCurrent: isImplicit,
        range: syntax.constraints.first?.left ?? syntax.unknowns.first?.name.range ?? blockName.range
      ).report(to: &context.diagnostics)
      return
    }
    var nodes: [(node: NodeID, range: SourceRange)] = []
    for line in syntax.constraints {
      nodes.append((lowerWithoutNoise(line.expression), line.expression.range))
    }
    if isImplicit {
      // The current's row is the first line that reads the current or the voltage: the others may lack both.
      let current = context.graph.leaves(of: scope.current.map { [$0] } ?? []).union([.variable(0)])
      guard let index = nodes.firstIndex(where: { !context.graph.leaves(of: [$0.node]).isDisjoint(with: current) })
      else {
        DeviceError.noCurrent(blockName.value, range: blockName.range).report(to: &context.diagnostics)
        return
      }
      let line = nodes.remove(at: index)
      append(.branch, line.node, range: line.range, noise: &noise)
    }
    for (index, line) in nodes.enumerated() {
      append(.variable(scope.firstUnknown + index), line.node, range: line.range, noise: &noise)
    }
  }

  /// Appends `node` to a row, its rates and noises taken apart.
  private mutating func append(
    _ row: Equation.Row, _ node: NodeID, range: SourceRange,
    noise: inout [(noise: Int, equation: Int, coefficient: NodeID)]
  ) {
    for (index, coefficient) in noiseCoefficients(in: node, range: range) {
      noise.append((index, model.equations.count, coefficient))
    }
    let mean = mean(of: node)
    guard let parts = context.graph.splitRates(mean) else {
      DeviceError.nonlinearRate(range: range).report(to: &context.diagnostics)
      return
    }
    model.equations.append(Equation(row: row, resistive: parts.resistive, reactive: parts.reactive))
  }
}
