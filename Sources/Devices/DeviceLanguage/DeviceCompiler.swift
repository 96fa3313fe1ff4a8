internal import Diagnostics
internal import Expressions
internal import Kernels
internal import Netlists

/// Turns a `.memristor` block into a `DeviceModel`.
///
/// Lines stand in any order; each is lowered after those it reads. The rules of the language are in `EquationRules`
/// (currents, voltages, `0 =`), `StateRules` (states, vars, memories), `EventRules`, `NoiseRules`, `ParameterRules`.
struct DeviceCompiler {
  let syntax: BlockSyntax
  let symbols: SymbolTable
  private let block: MemristorBlock
  private let functions: [String: FunctionDefinition]
  private let outerFunctions: (String) -> FunctionDefinition?
  /// How expressions of equations are read: `3h` is an error where `h` is a state.
  private let grammar: ExpressionGrammar

  var scope: BlockScope
  var context = LoweringContext()
  var model: DeviceModel
  /// What the enclosing scope is asked for.
  var scopeBindings: [ParameterBinding] = []
  /// Right sides of what other lines read, parsed.
  var quantities: [Expression] = []
  var rates: [Expression?] = []
  var branches: [Branch] = []

  /// A current between two nodes of the device.
  struct Branch {
    var from: Int
    var to: Int
    var left: SourceRange
    var expression: Expression
    /// The current, once lowered.
    var value: NodeID?
  }

  /// The model of `block` and what it binds from the scope where it stands; nil after reporting what is wrong.
  static func compile(
    _ block: MemristorBlock, function: (String) -> FunctionDefinition?, diagnostics: inout DiagnosticBag
  ) -> (model: DeviceModel, scopeBindings: [ParameterBinding])? {
    withoutActuallyEscaping(function) { function in
      var found = DiagnosticBag()
      defer { diagnostics.append(found) }
      guard var compiler = DeviceCompiler(block, function: function, diagnostics: &found) else { return nil }
      compiler.compile()
      found.append(compiler.context.diagnostics)
      return found.hasErrors ? nil : (compiler.model, compiler.scopeBindings)
    }
  }

  private init?(
    _ block: MemristorBlock, function: @escaping (String) -> FunctionDefinition?, diagnostics: inout DiagnosticBag
  ) {
    self.block = block
    syntax = BlockReader.read(block, diagnostics: &diagnostics)
    let terminals =
      block.terminals.isEmpty ? [Located("p", block.name.range), Located("n", block.name.range)] : block.terminals
    guard terminals.count >= 2 else {
      DeviceError.tooFewTerminals(range: block.name.range).report(to: &diagnostics)
      return nil
    }
    symbols = SymbolTable(syntax, terminals: terminals, diagnostics: &diagnostics)
    guard symbols.nodeNames.count >= 2 else { return nil }
    grammar = ExpressionGrammar(
      mathematicalPower: true,
      reservedTails: Set((syntax.states.map(\.name) + syntax.inputs.map(\.name)).map { $0.value.lowercased() }))
    let functions = Self.functions(of: syntax, grammar: grammar, diagnostics: &diagnostics)
    self.functions = functions
    outerFunctions = function
    scope = BlockScope(symbols: symbols) { functions[$0] ?? function($0) }
    model = DeviceModel(name: block.name.value.lowercased(), terminals: symbols.nodeNames)
    model.internalNodeCount = symbols.nodeNames.count - terminals.count
    model.card.about = syntax.about.map { (key: $0.key, text: $0.text) }
    model.card.summary = block.comment
    model.card.origin = block.range
  }

  private static func functions(
    of syntax: BlockSyntax, grammar: ExpressionGrammar, diagnostics: inout DiagnosticBag
  ) -> [String: FunctionDefinition] {
    var result: [String: FunctionDefinition] = [:]
    for line in syntax.functions {
      let body = Expression.parse(line.body, grammar: grammar, diagnostics: &diagnostics)
      let definition = FunctionDefinition(name: line.name, parameters: line.parameters, body: body)
      if let first = result.updateValue(definition, forKey: line.name.value) {
        DeviceError.duplicateName(first: first.name, kind: "a function", second: line.name).report(to: &diagnostics)
      }
    }
    return result
  }

  private mutating func compile() {
    addVariables()
    addParameters()
    addInputDefaults()
    parseEquations()
    guard lowerEquations() else { return }
    addLimitsAndStarts()
    addEvents()
    addEquations()
    addQuantities()
    addTopology()
    model.variables = scope.variables
    model.graph = context.graph
    model.guards = context.guards
    model.draws = scope.draws
  }

  // MARK: Expressions

  /// `text` parsed as an equation.
  mutating func parse(_ text: SourceText) -> Expression {
    Expression.parse(text, grammar: grammar, diagnostics: &context.diagnostics)
  }

  /// `text` parsed as a number or formula over parameters, where a number's tail is always a suffix.
  mutating func parseConstant(_ text: SourceText) -> Expression {
    Expression.parse(text, grammar: .device, diagnostics: &context.diagnostics)
  }

  /// The node of `text`, which may read anything.
  mutating func lower(_ text: SourceText) -> NodeID {
    let expression = parse(text)
    return context.lower(expression, in: &scope)
  }

  /// The node of `text`, which may read parameters alone; `what` names it in the complaint.
  mutating func lowerConstant(_ text: SourceText, what: String) -> NodeID {
    let expression = parseConstant(text)
    let node = context.lower(expression, in: &scope)
    if let leaf = context.graph.leaves(of: [node]).sorted(by: Leaf.precedes).first(where: { !$0.isParameter }) {
      DeviceError.notConstant(what: what, reads: name(of: leaf), range: text.range).report(to: &context.diagnostics)
    }
    return node
  }

  /// What a user calls `leaf`.
  func name(of leaf: Leaf) -> String {
    switch leaf {
    case .time: "time"
    case .parameter(let index): model.parameters.indices.contains(index) ? model.parameters[index].name : "a parameter"
    case .variable(let index): scope.variables[index].name
    case .rate(let index): "ddt(\(scope.variables[index].name))"
    case .mode: "a comparison of running quantities"
    case .memory(let index):
      index < syntax.memories.count
        ? syntax.memories[index].name.value : syntax.noises[index - syntax.memories.count].name.value
    case .draw: "a random number"
    case .derived: "a parameter"
    }
  }

  /// The names that `expression` reads, through functions.
  func uses(of expression: Expression) -> NameUses {
    // A closure that reads the compiler's own properties copies all of it.
    let (own, outer) = (functions, outerFunctions)
    return NameUses(of: expression) { own[$0] ?? outer($0) }
  }

  // MARK: Order

  private mutating func parseEquations() {
    quantities = syntax.quantities.map { parse($0.expression) }
    rates = rateTexts().map { $0.map { parse($0) } }
    branches = branchLines().map { line in
      Branch(from: line.from, to: line.to, left: line.left, expression: parse(line.expression))
    }
  }

  /// Lowers quantities, rates and currents, each after those it reads; false after reporting a circle.
  private mutating func lowerEquations() -> Bool {
    let firstRate = quantities.count
    let firstBranch = firstRate + rates.count
    let current = firstBranch + branches.count
    var reads: [[Int]] = []
    let currentIsFormula = scope.current == nil && !branches.isEmpty
    for expression in quantities.map(Optional.some) + rates + branches.map({ $0.expression }) {
      guard let expression else {
        reads.append([])
        continue
      }
      let uses = uses(of: expression)
      var items: [Int] = []
      for name in uses.names {
        if case .quantity(let index) = symbols[name.value] { items.append(index) }
        if name.value == "i", currentIsFormula { items.append(current) }
      }
      for state in uses.rates {
        if case .state(let index) = symbols[state.value] { items.append(firstRate + index) }
      }
      reads.append(items)
    }
    // The device's current is what leaves its first terminal.
    reads.append(branches.indices.filter(carriesDeviceCurrent).map { firstBranch + $0 })

    let order = DependencyOrder(reads: reads)
    if !order.cycle.isEmpty {
      DeviceError.cycle(order.cycle.map { place(ofItem: $0, firstRate, firstBranch, current) })
        .report(to: &context.diagnostics)
      return false
    }
    scope.quantities = Array(repeating: nil, count: quantities.count)
    scope.rates = Array(repeating: nil, count: rates.count)
    for item in order.order {
      if item < firstRate {
        scope.quantities[item] = context.lower(quantities[item], in: &scope)
      } else if item < firstBranch {
        if let expression = rates[item - firstRate] {
          scope.rates[item - firstRate] = context.lower(expression, in: &scope)
        }
      } else if item < current {
        branches[item - firstBranch].value = context.lower(branches[item - firstBranch].expression, in: &scope)
      } else if currentIsFormula {
        scope.current = deviceCurrent()
      }
    }
    return true
  }

  private func place(ofItem item: Int, _ firstRate: Int, _ firstBranch: Int, _ current: Int) -> Located<String> {
    if item < firstRate { return syntax.quantities[item].name }
    if item < firstBranch {
      let state = syntax.states[item - firstRate].name
      return Located("ddt(\(state.value))", state.range)
    }
    if item < current {
      let branch = branches[item - firstBranch]
      let isDeviceCurrent = branch.from == 0 && branch.to == 1
      return Located(
        isDeviceCurrent ? "i" : "i(\(symbols.nodeNames[branch.from]), \(symbols.nodeNames[branch.to]))", branch.left)
    }
    return Located("i", branches.first?.left ?? block.name.range)
  }

  var blockName: Located<String> { block.name }

  /// Whether a line reads the temperature, so that the model has it as a parameter.
  var readsTemperature: Bool {
    block.lines.contains { line in
      var scanner = BlockScanner(line.text)
      while scanner.peek() != nil {
        guard let word = scanner.wordRange() else {
          scanner.skip()
          continue
        }
        if ReservedNames.isTemperature(line.text.bytes[word]) { return true }
      }
      return false
    }
  }
}

extension Leaf {
  var isParameter: Bool {
    switch self {
    case .parameter, .derived: true
    case .time, .variable, .rate, .mode, .memory, .draw: false
    }
  }
}
