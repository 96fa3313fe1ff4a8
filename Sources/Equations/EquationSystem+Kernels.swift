internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

extension EquationSystem {
  /// What every group runs, for `inspect --stage kernels`: values worked out once per device from parameters alone, then
  /// the programs of the residual, of its derivatives and of comparisons. At most `limit` groups, and lines of each part.
  package func kernelText(limit: Int = 100) -> String {
    let evaluator = SystemEvaluator(self, tolerances: ToleranceSettings())
    let linear = Listing(linearGroups, limit: limit) { formulas(ofLinear: $0) }
    let compiled = Listing(evaluator.groups, limit: limit) { programs(of: $0, limit: limit) }
    return (linear.lines + compiled.lines).joined(separator: "\n") + "\n"
  }

  /// The rows of a linear group as formulas; their slopes are the constants of the border.
  private func formulas(ofLinear index: Int) -> [String] {
    guard let local = locals[index] else { return [] }
    let model = circuit.groups[index].model
    let rows = zip(local.rowNames(in: model), local.rows).map { (name: $0, node: $1) }
    let text = local.graph.text(rows) { local.name(of: $0, in: model) }
    return ["group \(head(of: index)), linear"] + Self.indented(text)
  }

  private func programs(of group: KernelGroup, limit: Int) -> [String] {
    let local = group.local
    let model = group.model
    func leaf(_ leaf: Leaf) -> String { local.name(of: leaf, in: model) }
    func part(_ title: String, _ program: KernelProgram, _ names: [String]) -> [String] {
      if program.outputCount == 0 { return [] }
      let text = program.text(outputNames: names, leafName: leaf)
      return ["  \(title)"] + Self.indented(text, limit: limit)
    }
    let rows = local.rowNames(in: model)
    var lines = ["group \(head(of: group.index))"]
    if !group.derived.isEmpty {
      let values = group.derived.enumerated().map { (name: "derived\($0)", node: $1) }
      lines += ["  once per device"] + Self.indented(local.graph.text(values, leafName: leaf), limit: limit)
    }
    lines += part("residual", group.residual.program, rows)
    lines += part("derivatives", group.jacobian.program, derivativeNames(of: group, rows))
    if let guards = group.guards {
      lines += part("comparisons", guards.program, model.guards.indices.map { "mode\($0)" })
    }
    return lines
  }

  /// `i(p,n) by v`, in the order in which the derivatives are kept.
  private func derivativeNames(of group: KernelGroup, _ rows: [String]) -> [String] {
    let local = group.local
    let inputs = local.inputs.map { local.name(ofVariable: $0) }
    let internals = local.internals.map { local.name(ofVariable: $0) }
    let own = rows.dropFirst(local.outputs.count)
    let places = group.blockPlaces
    return places.internals.map { "\(own[own.startIndex + $0.row]) by \(internals[$0.column])" }
      + places.inputs.map { "\(own[own.startIndex + $0.row]) by \(inputs[$0.column])" }
      + places.outputs.map { "\(rows[$0.row]) by \(internals[$0.column])" }
      + places.direct.map { "\(rows[$0.row]) by \(inputs[$0.column])" }
  }

  private static func indented(_ text: String, limit: Int = .max) -> [String] {
    Listing(text.split(separator: "\n"), limit: limit) { String($0) }.lines.map { "    \($0)" }
  }
}
