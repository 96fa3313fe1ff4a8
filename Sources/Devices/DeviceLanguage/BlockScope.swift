internal import Diagnostics
internal import Expressions
internal import Kernels

/// What names mean inside one device block. It is closed: own names, functions and constants; only defaults of `param`
/// lines read names of the enclosing scope, as parameters that the elaborator binds.
struct BlockScope: LoweringScope {
  let symbols: SymbolTable
  private let functionLookup: (String) -> FunctionDefinition?

  /// Model parameter of each `param` line, and of each name of the enclosing scope.
  var parameters: [Int] = []
  var scopeParameters: [String: Int] = [:]
  var temperature: Int?
  /// True while a default of a `param` line is read.
  var readsEnclosingScope = false

  var variables: [Variable] = []
  /// Variable of the first `state`, `var`, `input` line.
  var firstState = 0
  var firstUnknown = 0
  var firstInput = 0
  var memoryCount = 0
  /// Random numbers so far, and whether one may be drawn: on right sides of events.
  var draws: [RandomDraw] = []
  var drawsNumbers = false
  private var voltages: [VoltagePair: Int] = [:]
  var charges = ChargeTable()

  /// What quantities, rates and the device's current are, as far as they are known: each after those it reads.
  var quantities: [NodeID?] = []
  var rates: [NodeID?] = []
  var current: NodeID?

  private struct VoltagePair: Hashable {
    var plus: Int
    var minus: Int?
  }

  init(symbols: SymbolTable, functions: @escaping (String) -> FunctionDefinition?) {
    self.symbols = symbols
    functionLookup = functions
    variables = [
      Variable(
        name: "v", kind: .voltage(plus: 0, minus: 1), unit: "V",
        documentation: "voltage from \(symbols.nodeNames[0]) to \(symbols.nodeNames[1])")
    ]
    voltages[VoltagePair(plus: 0, minus: 1)] = 0
  }

  var names: [String] {
    symbols.names + ReservedNames.all.sorted()
  }

  func function(_ name: String) -> FunctionDefinition? { functionLookup(name) }

  /// The leaf that stands for noise `index` until its coefficients are known.
  func noiseLeaf(_ index: Int) -> Leaf { .memory(memoryCount + index) }

  mutating func resolve(name: String, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    if let symbol = symbols[name] { return node(of: symbol, name, at: range, in: &context) }
    if readsEnclosingScope, let index = scopeParameters[name] { return context.graph.leaf(.parameter(index)) }
    switch name {
    case "v": return context.graph.leaf(.variable(0))
    case "time": return context.graph.leaf(.time)
    case "i":
      if let current { return current }
      DeviceError.currentNotKnown(range: range).report(to: &context.diagnostics)
      return context.graph.constant(.nan)
    case "temp", "temper", "tempk", "vthermal": return temperature(name, in: &context)
    default: break
    }
    if let value = ConstantTable.value(of: name) { return context.graph.constant(value) }
    if symbols.nodes[name] != nil {
      DeviceError.nodeReadAsName(name, range: range).report(to: &context.diagnostics)
      return context.graph.constant(.nan)
    }
    return nil
  }

  private func node(
    of symbol: Symbol, _ name: String, at range: SourceRange, in context: inout LoweringContext
  ) -> NodeID {
    switch symbol {
    case .parameter(let index): return context.graph.leaf(.parameter(parameters[index]))
    case .state(let index): return context.graph.leaf(.variable(firstState + index))
    case .unknown(let index): return context.graph.leaf(.variable(firstUnknown + index))
    case .input(let index): return context.graph.leaf(.variable(firstInput + index))
    case .memory(let index): return context.graph.leaf(.memory(index))
    case .noise(let index): return context.graph.leaf(noiseLeaf(index))
    case .quantity(let index):
      if quantities.indices.contains(index), let node = quantities[index] { return node }
      // A default or a limit reads it: quantities are lowered after those.
      DeviceError.notConstant(what: "this", reads: name, range: range).report(to: &context.diagnostics)
      return context.graph.constant(.nan)
    }
  }

  /// `temp` (degrees Celsius), `tempk` (K), `vthermal` = k T/q (V).
  private func temperature(_ name: String, in context: inout LoweringContext) -> NodeID? {
    guard let temperature else { return nil }
    let celsius = context.graph.leaf(.parameter(temperature))
    if name == "temp" || name == "temper" { return celsius }
    let kelvin = context.graph.add(celsius, context.graph.constant(273.15))
    guard name == "vthermal", let boltzmann = ConstantTable.value(of: "p_k"),
      let charge = ConstantTable.value(of: "p_q")
    else { return kelvin }
    return context.graph.multiply(context.graph.constant(boltzmann / charge), kelvin)
  }

  /// `v(m)`, `v(p,m)`; nothing outside the block can be read without an `input`.
  mutating func resolve(probe: Probe, at range: SourceRange, in context: inout LoweringContext) -> NodeID? {
    guard case .voltage(let plusName, let minusName) = probe else {
      DeviceError.foreignProbe(range: range).report(to: &context.diagnostics)
      return context.graph.constant(.nan)
    }
    for name in [plusName, minusName].compactMap({ $0 }) where symbols.nodes[name] == nil {
      DeviceError.unknownNode(name, known: symbols.nodeNames, range: range).report(to: &context.diagnostics)
      return context.graph.constant(.nan)
    }
    guard let plus = symbols.nodes[plusName] else { return nil }
    return voltage(plus: plus, minus: minusName.flatMap { symbols.nodes[$0] }, in: &context)
  }

  /// The voltage between two nodes of the device; against ground without `minus`.
  mutating func voltage(plus: Int, minus: Int?, in context: inout LoweringContext) -> NodeID {
    if plus == minus { return context.graph.constant(0) }
    if let index = voltages[VoltagePair(plus: plus, minus: minus)] { return context.graph.leaf(.variable(index)) }
    if let minus, let index = voltages[VoltagePair(plus: minus, minus: plus)] {
      return context.graph.negate(context.graph.leaf(.variable(index)))
    }
    let names = [plus, minus].compactMap { $0 }.map { symbols.nodeNames[$0] }
    variables.append(
      Variable(name: "v(\(names.joined(separator: ",")))", kind: .voltage(plus: plus, minus: minus), unit: "V"))
    voltages[VoltagePair(plus: plus, minus: minus)] = variables.count - 1
    return context.graph.leaf(.variable(variables.count - 1))
  }

  /// `ddt(x)` is a state's own rate, the right side of its equation; of anything else the time derivative.
  mutating func resolve(
    call: String, _ arguments: [Expression], at range: SourceRange, in context: inout LoweringContext
  ) -> NodeID? {
    switch call {
    case "ddt" where arguments.count == 1:
      if case .name(let name, _) = arguments[0], case .state(let index) = symbols[name] {
        // A state without an equation has been reported.
        return rates.indices.contains(index) ? rates[index] ?? context.graph.constant(.nan) : nil
      }
      let argument = context.lower(arguments[0], in: &self)
      return charges.rate(of: argument, variables: &variables, graph: &context.graph)
    default: break
    }
    guard let kind = RandomDraw(rawValue: call) else { return nil }
    guard drawsNumbers, arguments.isEmpty else {
      DeviceError.randomNumber(call, isInEvent: drawsNumbers, range: range).report(to: &context.diagnostics)
      return context.graph.constant(.nan)
    }
    draws.append(kind)
    return context.graph.leaf(.draw(draws.count - 1))
  }
}
