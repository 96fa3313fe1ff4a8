internal import Diagnostics
internal import Expressions
internal import Kernels

/// `param` lines. A default may read other parameters in any order of lines and names of the enclosing scope; each of
/// the latter becomes a parameter that the elaborator binds, so that one compiled model serves every instance of the
/// scope and every step of a sweep.
extension DeviceCompiler {
  mutating func addParameters() {
    let defaults = syntax.parameters.map { $0.defaultValue.map { parseConstant($0) } }
    var reads: [[Int]] = []
    if readsTemperature { scope.temperature = append(temperatureParameter) }
    for expression in defaults {
      var items: [Int] = []
      for name in expression.map({ uses(of: $0).names }) ?? [] {
        if case .parameter(let index) = symbols[name.value] {
          items.append(index)
        } else if symbols[name.value] == nil, !ReservedNames.all.contains(name.value),
          scope.scopeParameters[name.value] == nil
        {
          let index = append(Parameter(name: name.value, origin: .scope))
          scope.scopeParameters[name.value] = index
          scopeBindings.append(ParameterBinding(index: index, value: .name(name.value, name.range)))
        }
      }
      reads.append(items)
    }
    let order = DependencyOrder(reads: reads)
    if !order.cycle.isEmpty {
      DeviceError.cycle(order.cycle.map { syntax.parameters[$0].name }).report(to: &context.diagnostics)
    }
    // After a circle the rest keeps the order of its lines, so that other faults are found too.
    let sequence = order.cycle.isEmpty ? order.order : Array(syntax.parameters.indices)
    scope.parameters = Array(repeating: 0, count: syntax.parameters.count)
    for index in sequence { scope.parameters[index] = append(parameter(syntax.parameters[index])) }
    for (index, expression) in defaults.enumerated() {
      guard let expression, let text = syntax.parameters[index].defaultValue else { continue }
      scope.readsEnclosingScope = true
      let node = context.lower(expression, in: &scope)
      scope.readsEnclosingScope = false
      if let leaf = context.graph.leaves(of: [node]).sorted(by: Leaf.precedes).first(where: { !$0.isParameter }) {
        DeviceError.notConstant(
          what: "the default of a param", reads: name(of: leaf), range: text.range
        ).report(to: &context.diagnostics)
      }
      model.parameters[scope.parameters[index]].defaultValue = node
    }
    for (index, line) in syntax.parameters.enumerated() {
      guard let range = line.range else { continue }
      model.parameters[scope.parameters[index]].allowed = ParameterRange(
        lower: limit(range.lower), upper: limit(range.upper), includesLower: range.includesLower,
        includesUpper: range.includesUpper)
    }
  }

  /// A bound of a range; nil for an infinite one.
  mutating func limit(_ text: SourceText) -> NodeID? {
    let node = lowerConstant(text, what: "the bound of a range")
    if let value = context.graph.constantValue(of: node), value.isInfinite { return nil }
    return node
  }

  private mutating func append(_ parameter: Parameter) -> Int {
    model.parameters.append(parameter)
    return model.parameters.count - 1
  }

  private func parameter(_ line: BlockSyntax.ParameterLine) -> Parameter {
    let words = Documentation(line.comment)
    return Parameter(name: line.name.value.lowercased(), unit: words.unit, documentation: words.text)
  }

  private var temperatureParameter: Parameter {
    Parameter(
      name: "temp", unit: "C", documentation: "temperature, the circuit's if not given", origin: .temperature)
  }
}
