internal import Circuits
internal import Devices
internal import Diagnostics
internal import Expressions
internal import Kernels

/// What names and probes mean in an output expression: parameters of the netlist, `time`, circuit quantities.
struct SignalScope<Constants: ConstantScope>: LoweringScope {
  var signals: SignalGraph
  private let constants: Constants
  /// The signal by which `ddx` derives, and what stands for it meanwhile.
  private var variedProbe: (probe: Probe, node: NodeID)?

  init(_ signals: SignalGraph, _ constants: Constants) {
    self.signals = signals
    self.constants = constants
  }

  /// Lowers `expression` into the signals' graph.
  mutating func lower(_ expression: Expression, _ context: inout LoweringContext) -> NodeID {
    swap(&signals.graph, &context.graph)
    defer { swap(&signals.graph, &context.graph) }
    let node = context.lower(expression, in: &self)
    // A comparison in an output is decided point by point; it is no guard of the run.
    return decide(node, &context)
  }

  private func decide(_ node: NodeID, _ context: inout LoweringContext) -> NodeID {
    guard !context.guards.isEmpty else { return node }
    var result = node
    for _ in context.guards {
      let guards = context.guards
      var decided: [Leaf: NodeID] = [:]
      for case .mode(let index) in context.graph.leaves(of: [result]) where index < guards.count {
        let function: UnaryFunction = guards[index].includesZero ? .isNotNegative : .isPositive
        decided[.mode(index)] = context.graph.apply(function, guards[index].argument)
      }
      if decided.isEmpty { break }
      result = context.graph.substitute(result) { decided[$0] }
    }
    return result
  }

  mutating func resolve(name: String, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    if name == "time" { return context.graph.leaf(.time) }
    return constants.value(of: name).map { context.graph.constant($0) }
  }

  mutating func resolve(probe: Probe, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    if let variedProbe, variedProbe.probe == probe { return variedProbe.node }
    // The context holds the graph while it lowers; the signals build in the same one.
    swap(&signals.graph, &context.graph)
    defer { swap(&signals.graph, &context.graph) }
    let circuit = signals.system.circuit
    switch probe {
    case .voltage(let plus, let minus):
      guard let plus = node(plus, at: range, &context), let minus = node(minus ?? "0", at: range, &context) else {
        return signals.graph.constant(.nan)
      }
      return signals.voltage(plus, minus)
    case .current(let name):
      guard let device = device(name, at: range, &context) else { return signals.graph.constant(.nan) }
      let carriesCurrent = circuit.groups[device.group].model.carriesCurrent
      return carriesCurrent ? signals.current(device) : unknown("i", of: device, named: name, at: range, &context)
    case .power(let name):
      guard let device = device(name, at: range, &context) else { return signals.graph.constant(.nan) }
      let carriesCurrent = circuit.groups[device.group].model.carriesCurrent
      return carriesCurrent ? signals.power(device) : unknown("p", of: device, named: name, at: range, &context)
    case .quantity(let name, let quantity):
      guard let device = device(name, at: range, &context) else { return signals.graph.constant(.nan) }
      return signals.quantity(quantity, of: device) ?? unknown(quantity, of: device, named: name, at: range, &context)
    }
  }

  /// Reports a quantity that the device does not have.
  private mutating func unknown(
    _ quantity: String, of device: DeviceReference, named name: String, at range: SourceRange,
    _ context: inout LoweringContext
  ) -> NodeID {
    let model = signals.system.circuit.groups[device.group].model
    let names =
      model.quantities.map(\.name) + model.variables.map(\.name) + model.parameters.map(\.name)
      + model.memories.map(\.name)
    // Charges have names that nobody can write.
    var known: [String] = []
    for name in names where !known.contains(name) && !name.contains("#") { known.append(name) }
    context.diagnostics.report(.unknownQuantity(range, name: quantity, device: name, known: known))
    return signals.graph.constant(.nan)
  }

  private func node(_ name: String, at range: SourceRange, _ context: inout LoweringContext) -> NodeIndex? {
    let circuit = signals.system.circuit
    if let node = circuit.node(named: name) { return node }
    context.diagnostics.report(.unknownSignalNode(range, name: name, known: circuit.nodeNames))
    return nil
  }

  private func device(_ name: String, at range: SourceRange, _ context: inout LoweringContext) -> DeviceReference? {
    let circuit = signals.system.circuit
    if let device = circuit.device(named: name) { return device }
    context.diagnostics.report(
      .unknownSignalDevice(range, name: name, known: circuit.groups.lazy.flatMap { $0.names }))
    return nil
  }

  mutating func resolve(
    call: String, _ arguments: [Expression], at range: SourceRange, in context: inout LoweringContext
  ) -> NodeID? {
    switch call {
    case "ddt":
      guard arguments.count == 1 else { return nil }
      let node = context.lower(arguments[0], in: &self)
      swap(&signals.graph, &context.graph)
      let rate = signals.rate(of: node)
      swap(&signals.graph, &context.graph)
      if let rate { return rate }
      context.diagnostics.report(.secondDerivative(range))
      return context.graph.constant(.nan)
    case "ddx": return derivative(arguments, in: &context)
    case "sum":
      var sum = context.graph.constant(0)
      for argument in arguments {
        guard case .probe(let probe, let range) = argument else {
          sum = context.graph.add(sum, context.lower(argument, in: &self))
          continue
        }
        for match in signals.system.circuit.probes(matching: probe) {
          guard let node = resolve(probe: match, at: range, in: &context) else { continue }
          sum = context.graph.add(sum, node)
        }
      }
      return sum
    default: return phasorFunction(call, arguments, in: &context)
    }
  }

  /// `ddx(x, v(a))`: how x, as written, follows v(a); Verilog-A's and Xyce's. Nil where the second argument is no signal.
  private mutating func derivative(_ arguments: [Expression], in context: inout LoweringContext) -> NodeID? {
    guard arguments.count == 2, case .probe(let probe, _) = arguments[1], variedProbe == nil else { return nil }
    // A leaf that nothing else is, put in the place of the signal.
    let leaf = Leaf.draw(.max)
    variedProbe = (probe, context.graph.leaf(leaf))
    let guards = context.guards.count
    let node = context.lower(arguments[0], in: &self)
    variedProbe = nil
    // A comparison would have to be decided before the signal is back in its place.
    if context.guards.count > guards { return nil }
    let signal = context.lower(arguments[1], in: &self)
    let slope = context.graph.derivative(of: node, by: leaf)
    return context.graph.substitute(slope) { $0 == leaf ? signal : nil }
  }

  /// What ngspice's functions of phasors say of a real signal.
  private mutating func phasorFunction(
    _ name: String, _ arguments: [Expression], in context: inout LoweringContext
  ) -> NodeID? {
    guard ["mag", "db", "ph", "phase", "cph", "re", "real", "im", "imag"].contains(name), arguments.count == 1,
      constants.function(name) == nil
    else { return nil }
    let node = context.lower(arguments[0], in: &self)
    switch name {
    case "re", "real": return node
    case "im", "imag": return context.graph.constant(0)
    case "ph", "phase", "cph":
      let isNotNegative = context.graph.apply(.isNotNegative, node)
      return context.graph.select(isNotNegative, context.graph.constant(0), context.graph.constant(.pi))
    default:
      let isNotNegative = context.graph.apply(.isNotNegative, node)
      let magnitude = context.graph.select(isNotNegative, node, context.graph.negate(node))
      return name == "mag" ? magnitude : context.graph.multiply(context.graph.apply(.logarithm10, magnitude), 20)
    }
  }

  func function(_ name: String) -> FunctionDefinition? { constants.function(name) }
  var names: [String] { constants.names + ["time"] }
}
