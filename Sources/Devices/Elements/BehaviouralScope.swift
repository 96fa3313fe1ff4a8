internal import Diagnostics
internal import Expressions
internal import Kernels
internal import Netlists

/// What the names in the expression of a B source or a controlled source mean; grows the model as they are met.
struct BehaviouralScope: LoweringScope {
  /// What the model is called.
  let title: String
  private let functionLookup: (String) -> FunctionDefinition?
  private let givesVoltage: Bool
  private var nodes: [Located<NameTemplate>]
  /// Index of a terminal by its name as written.
  private var terminals: [String: Int] = [:]
  private var variables: [Variable] = []
  private var variableIndices: [String: Int] = [:]
  private var signals: [Located<SignalTemplate>?] = []
  private(set) var parameters: [Parameter] = []
  private var bindings: [ParameterBinding] = []
  private var charges = ChargeTable()
  private var integrals: [(variable: Int, rate: NodeID, start: NodeID)] = []
  /// A quantity beside current, voltage and power.
  var ownQuantity: Quantity?
  /// What topology checks are told of the element; nil: what its equations say.
  var topology: [TopologyFact]?
  /// Complaints were reported here, not in the context.
  private(set) var failed = false

  /// The current through a source that gives its voltage.
  static let current = 1

  /// A probe of a node that is spelled like one of the card's, placeholders and all, means that one.
  init(
    _ card: BoundCard, title: String, givesVoltage: Bool, function: @escaping (String) -> FunctionDefinition?
  ) {
    self.title = title
    nodes = card.nodes
    self.givesVoltage = givesVoltage
    functionLookup = function
    let names = card.card.fields.prefix(nodes.count).map { $0.text.string.lowercased() }
    for (index, name) in names.enumerated() where terminals[name] == nil { terminals[name] = index }
    variables.append(
      Variable(name: "v", kind: .voltage(plus: 0, minus: 1), unit: "V", documentation: "voltage from n+ to n-"))
    if givesVoltage {
      variables.append(Variable(name: "i", kind: .current, unit: "A", documentation: "current from n+ to n-"))
    }
  }

  var names: [String] { ["time", "temper", "hertz"] + parameters.map(\.name) }

  func function(_ name: String) -> FunctionDefinition? { functionLookup(name) }

  mutating func resolve(name: String, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    switch name {
    case "time": return context.graph.leaf(.time)
    case "temper": return parameter("temp", origin: .temperature, value: nil, in: &context)
    case "hertz": return parameter(name, origin: .frequency, value: nil, in: &context)
    default:
      // Any other constant may be a parameter's name: the elaborator knows.
      if ReservedNames.constants.contains(name), let value = ConstantTable.value(of: name) {
        return context.graph.constant(value)
      }
      return parameter(name, origin: .scope, value: .name(name, range), in: &context)
    }
  }

  /// The parameter of this name and origin, appended where it is new, with the value that the card gives; its node.
  mutating func parameter(
    _ name: String, origin: Parameter.Origin, value: Expression?, in context: inout LoweringContext
  ) -> NodeID {
    if let index = parameters.firstIndex(where: { $0.name == name && $0.origin == origin }) {
      return context.graph.leaf(.parameter(index))
    }
    parameters.append(Parameter(name: name, origin: origin))
    let index = parameters.count - 1
    if let value { bindings.append(ParameterBinding(index: index, value: value)) }
    return context.graph.leaf(.parameter(index))
  }

  /// Appends a parameter of the model that `value` gives; its node.
  mutating func addParameter(
    _ slot: CardParameter, value: Expression, to graph: inout ExpressionGraph
  ) -> NodeID {
    parameters.append(Parameter(name: slot.name, unit: slot.unit, documentation: slot.documentation))
    bindings.append(ParameterBinding(index: parameters.count - 1, value: value))
    return graph.leaf(.parameter(parameters.count - 1))
  }

  mutating func resolve(probe: Probe, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    guard case .voltage(let plus, let minus) = probe else {
      return signal(probe, at: range, in: &context)
    }
    let low = minus.flatMap { terminal($0, at: range, in: &context) }
    guard let high = terminal(plus, at: range, in: &context) else {
      guard let low else { return context.graph.constant(0) }
      let voltage = voltage(plus: low, minus: nil, in: &context)
      return context.graph.negate(voltage)
    }
    return voltage(plus: high, minus: low, in: &context)
  }

  /// Index of the terminal that a node name means; nil is ground.
  private mutating func terminal(_ name: String, at range: SourceRange, in context: inout LoweringContext) -> Int? {
    if name == "0" || name == "gnd" { return nil }
    if let index = terminals[name] { return index }
    guard let template = NameTemplate.ofProbe(name, at: range, diagnostics: &context.diagnostics) else {
      failed = true
      return nil
    }
    nodes.append(Located(template, range))
    terminals[name] = nodes.count - 1
    return nodes.count - 1
  }

  private mutating func voltage(plus: Int, minus: Int?, in context: inout LoweringContext) -> NodeID {
    if plus == minus { return context.graph.constant(0) }
    if plus == 1, minus == 0 {
      let voltage = voltage(plus: 0, minus: 1, in: &context)
      return context.graph.negate(voltage)
    }
    if plus == 0, minus == 1 { return context.graph.leaf(.variable(0)) }
    let name = "v(\(plus)\(minus.map { ",\($0)" } ?? ""))"
    let index = variable(name, Variable(name: name, kind: .voltage(plus: plus, minus: minus), unit: "V"))
    return context.graph.leaf(.variable(index))
  }

  private mutating func signal(_ probe: Probe, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    let key = "\(probe)"
    if let index = variableIndices[key] { return context.graph.leaf(.variable(index)) }
    guard let template = SignalTemplate(probe, at: range, diagnostics: &context.diagnostics) else {
      failed = true
      return context.graph.constant(.nan)
    }
    signals.append(Located(template, range))
    let index = variable(key, Variable(name: "signal \(signals.count)", kind: .signal(defaultValue: nil)))
    return context.graph.leaf(.variable(index))
  }

  private mutating func variable(_ key: String, _ variable: Variable) -> Int {
    if let index = variableIndices[key] { return index }
    variables.append(variable)
    variableIndices[key] = variables.count - 1
    return variables.count - 1
  }

  /// `ddt(expression)`: the chain rule where the expression is linear, else the rate of a charge of its own.
  mutating func resolve(
    call: String, _ arguments: [Expression], at range: SourceRange, in context: inout LoweringContext
  ) -> NodeID? {
    switch (call, arguments.count) {
    case ("ddt", 1):
      let argument = context.lower(arguments[0], in: &self)
      return rate(of: argument, in: &context.graph)
    case ("idt", 1...2), ("sdt", 1...2):
      let argument = context.lower(arguments[0], in: &self)
      let start = arguments.count > 1 ? context.lower(arguments[1], in: &self) : context.graph.constant(0)
      return integral(of: argument, from: start, in: &context.graph)
    default: return nil
    }
  }

  mutating func rate(of node: NodeID, in graph: inout ExpressionGraph) -> NodeID {
    charges.rate(of: node, variables: &variables, graph: &graph)
  }

  /// The integral of `node` over time, `start` at the operating point: a state of its own.
  private mutating func integral(of node: NodeID, from start: NodeID, in graph: inout ExpressionGraph) -> NodeID {
    if let known = integrals.first(where: { $0.rate == node && $0.start == start }) {
      return graph.leaf(.variable(known.variable))
    }
    variables.append(
      Variable(
        name: "integral#\(integrals.count + 1)", kind: .state,
        tolerance: graph.constant(Self.integralTolerance), start: .value(start)))
    integrals.append((variables.count - 1, node, start))
    return graph.leaf(.variable(variables.count - 1))
  }

  /// An integral has no unit to tell how closely it is wanted: a volt over a picosecond.
  private static let integralTolerance = 1e-12

  /// The bound element of `expression`, its model interned; nil after calling `rateEntersBadly`.
  func element(
    expression: NodeID, context: LoweringContext, binder: inout ElementBinder, rateEntersBadly: () -> Void
  ) -> BoundElement? {
    var model = DeviceModel(name: title, terminals: nodes.indices.map { ["p", "n"][safe: $0] ?? "s\($0 - 1)" })
    model.parameters = parameters
    model.variables = variables
    model.graph = context.graph
    model.guards = context.guards
    let structure = BehaviouralSource.Structure(
      title: title, operations: model.graph.operations, givesVoltage: givesVoltage, expression: expression,
      guards: context.guards.map(\.argument), variables: variables.map(\.structure), terminalCount: nodes.count,
      parameterOrigins: parameters.map(\.origin))
    if binder.index(of: .behavioural(structure)) == nil, !addEquations(of: expression, to: &model) {
      rateEntersBadly()
      return nil
    }
    if let ownQuantity { model.quantities.append(ownQuantity) }
    var element = BoundElement(
      model: binder.intern(.behavioural(structure)) { model }, nodes: nodes, parameters: bindings)
    element.signals = signals
    return element
  }

  /// `node` as resistive and reactive part; a rate with a factor that runs stays in the former. Nil where a rate enters
  /// other than linearly.
  private func parts(of node: NodeID, in graph: inout ExpressionGraph) -> (resistive: NodeID, reactive: NodeID?)? {
    graph.splitRates(node) ?? (graph.isLinearInRates(node) ? (node, nil) : nil)
  }

  /// False where a time derivative enters other than linearly.
  private func addEquations(of expression: NodeID, to model: inout DeviceModel) -> Bool {
    let voltage = model.graph.leaf(.variable(0))
    if givesVoltage {
      let current = model.graph.leaf(.variable(Self.current))
      guard let parts = parts(of: model.graph.subtract(voltage, expression), in: &model.graph) else { return false }
      model.equations = [
        Equation(row: .current(from: 0, to: 1), resistive: current),
        Equation(row: .branch, resistive: parts.resistive, reactive: parts.reactive),
      ]
      model.addTerminalQuantities(current: current, voltage: voltage)
      model.topology = topology ?? [.fixesVoltage(0, 1)]
    } else {
      guard let parts = parts(of: expression, in: &model.graph) else { return false }
      model.equations = [
        Equation(row: .current(from: 0, to: 1), resistive: parts.resistive, reactive: parts.reactive)
      ]
      model.addTerminalQuantities(current: expression, voltage: voltage)
      model.topology = topology ?? [conducts(expression, in: model.graph) ? .conducts(0, 1) : .fixesCurrent(0, 1)]
    }
    guard let rows = charges.equations(in: &model.graph) else { return false }
    model.equations += rows
    for integral in integrals {
      guard let parts = parts(of: model.graph.negate(integral.rate), in: &model.graph) else { return false }
      let own = model.graph.leaf(.variable(integral.variable))
      let reactive = parts.reactive.map { model.graph.add(own, $0) } ?? own
      model.equations.append(
        Equation(row: .variable(integral.variable), resistive: parts.resistive, reactive: reactive))
    }
    return true
  }

  /// Whether the current follows the voltage of one of the source's own nodes: a path, not a current source.
  private func conducts(_ expression: NodeID, in graph: ExpressionGraph) -> Bool {
    graph.leaves(of: [expression]).contains { leaf in
      guard case .variable(let index) = leaf, case .voltage(let plus, let minus) = variables[index].kind else {
        return false
      }
      return plus < 2 || (minus ?? 2) < 2
    }
  }
}

extension Variable {
  /// What of a B source's variable enters its equations.
  fileprivate var structure: BehaviouralSource.Structure.VariableShape {
    switch kind {
    case .voltage(let plus, let minus): .voltage(plus: plus, minus: minus)
    case .current: .current
    case .charge: .charge
    case .state: .state
    case .waveform, .signal, .algebraic, .delayed: .signal
    }
  }
}

extension Array {
  /// The element at `index`, or nil past the ends.
  fileprivate subscript(safe index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
