internal import Diagnostics
internal import Kernels

/// `state`, `var`, `input`, `memory` lines: the unknowns of a device, one `ddt(x) = ...` per state.
extension DeviceCompiler {
  /// Appends the variables that lines declare, so that every expression can read them.
  mutating func addVariables() {
    if readsCurrentAsUnknown {
      scope.variables.append(
        Variable(
          name: "i", kind: .current, unit: "A", documentation: "current from \(terminalNames) through the device"))
      scope.current = context.graph.leaf(.variable(scope.variables.count - 1))
    }
    scope.firstState = scope.variables.count
    for line in syntax.states { scope.variables.append(variable(line, kind: .state)) }
    scope.firstUnknown = scope.variables.count
    for line in syntax.unknowns { scope.variables.append(variable(line, kind: .algebraic)) }
    scope.firstInput = scope.variables.count
    for line in syntax.inputs {
      let words = Documentation(line.comment)
      scope.variables.append(
        Variable(
          name: line.name.value.lowercased(), kind: .signal(defaultValue: nil), unit: words.unit,
          documentation: words.text))
    }
    scope.memoryCount = syntax.memories.count
  }

  /// What an input is worth where no card binds it: a formula over parameters, hence read after them.
  mutating func addInputDefaults() {
    for (index, line) in syntax.inputs.enumerated() {
      guard let text = line.defaultValue else { continue }
      let value = lowerConstant(text, what: "the default of an input")
      scope.variables[scope.firstInput + index].kind = .signal(defaultValue: value)
    }
  }

  private var terminalNames: String { "\(symbols.nodeNames[0]) to \(symbols.nodeNames[1])" }

  private func variable(_ line: BlockSyntax.UnknownLine, kind: Variable.Kind) -> Variable {
    let words = Documentation(line.comment)
    return Variable(name: line.name.value.lowercased(), kind: kind, unit: words.unit, documentation: words.text)
  }

  /// The right side of each state's equation; a state without one, a second one and one of no state are reported.
  mutating func rateTexts() -> [SourceText?] {
    var texts = [SourceText?](repeating: nil, count: syntax.states.count)
    var places = [SourceRange?](repeating: nil, count: syntax.states.count)
    for line in syntax.rates {
      guard case .state(let index) = symbols[line.name.value.lowercased()] else {
        if symbols.clashing.contains(line.name.value.lowercased()) { continue }
        DeviceError.rateOfNoState(
          line.name.value, kind: symbols[line.name.value.lowercased()]?.kind,
          states: syntax.states.map(\.name.value), range: line.name.range
        ).report(to: &context.diagnostics)
        continue
      }
      if let first = places[index] {
        DeviceError.secondEquation(of: "ddt(\(line.name.value))", first: first, second: line.name.range)
          .report(to: &context.diagnostics)
        continue
      }
      texts[index] = line.expression
      places[index] = line.name.range
    }
    for (index, line) in syntax.states.enumerated()
    where texts[index] == nil && !symbols.clashing.contains(line.name.value.lowercased()) {
      DeviceError.missingRate(line.name.value, range: line.name.range).report(to: &context.diagnostics)
    }
    return texts
  }

  /// Ranges, tolerances and starts: read when every quantity is known, since a start may hold any.
  mutating func addLimitsAndStarts() {
    for (index, line) in syntax.states.enumerated() {
      addLimits(of: line, to: scope.firstState + index)
      guard let start = line.start else {
        DeviceError.missingStart(kind: "state", line.name.value, range: line.name.range)
          .report(to: &context.diagnostics)
        continue
      }
      let node = lowerWithoutNoise(start)
      scope.variables[scope.firstState + index].start = line.isSteady ? .steady(guess: node) : .value(node)
    }
    for (index, line) in syntax.unknowns.enumerated() {
      addLimits(of: line, to: scope.firstUnknown + index)
      guard let start = line.start else {
        DeviceError.missingStart(kind: "var", line.name.value, range: line.name.range).report(to: &context.diagnostics)
        continue
      }
      scope.variables[scope.firstUnknown + index].start = .guess(lowerWithoutNoise(start))
    }
    for line in syntax.memories {
      let start = lowerConstant(line.expression, what: "the start of a memory")
      model.memories.append(
        Memory(name: line.name.value.lowercased(), documentation: Documentation(line.comment).text, start: start))
    }
  }

  private mutating func addLimits(of line: BlockSyntax.UnknownLine, to variable: Int) {
    if let tolerance = line.tolerance {
      scope.variables[variable].tolerance = lowerConstant(tolerance, what: "a tolerance")
    }
    guard let range = line.range else { return }
    scope.variables[variable].bounds = Bounds(
      lower: limit(range.lower), upper: limit(range.upper), holdsLower: range.includesLower,
      holdsUpper: range.includesUpper)
  }
}
