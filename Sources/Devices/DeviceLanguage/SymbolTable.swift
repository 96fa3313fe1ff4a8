internal import Diagnostics

/// What a name of a block stands for: an index into the list of `BlockSyntax` that declares it.
enum Symbol: Hashable {
  case parameter(Int), input(Int), state(Int), unknown(Int), memory(Int), noise(Int), quantity(Int)

  var kind: String {
    switch self {
    case .parameter: "a parameter"
    case .input: "an input"
    case .state: "a state"
    case .unknown: "a var"
    case .memory: "a memory"
    case .noise: "a noise"
    case .quantity: "a quantity"
    }
  }
}

/// The names of one block: one case-insensitive namespace for everything that equations read, one for nodes.
struct SymbolTable {
  private var symbols: [String: (symbol: Symbol, declaration: Located<String>)] = [:]
  /// Names that were declared twice: what else is odd about them follows from that.
  private(set) var clashing: Set<String> = []
  /// Terminals, then internal nodes, by name in lower case.
  private(set) var nodes: [String: Int] = [:]
  /// Every node's name in lower case, in order.
  private(set) var nodeNames: [String] = []

  init(_ syntax: BlockSyntax, terminals: [Located<String>], diagnostics: inout DiagnosticBag) {
    for (index, line) in syntax.parameters.enumerated() { declare(line.name, as: .parameter(index), &diagnostics) }
    for (index, line) in syntax.inputs.enumerated() { declare(line.name, as: .input(index), &diagnostics) }
    for (index, line) in syntax.states.enumerated() { declare(line.name, as: .state(index), &diagnostics) }
    for (index, line) in syntax.unknowns.enumerated() { declare(line.name, as: .unknown(index), &diagnostics) }
    for (index, line) in syntax.memories.enumerated() { declare(line.name, as: .memory(index), &diagnostics) }
    for (index, line) in syntax.noises.enumerated() { declare(line.name, as: .noise(index), &diagnostics) }
    for (index, line) in syntax.quantities.enumerated() { declare(line.name, as: .quantity(index), &diagnostics) }
    for node in terminals + syntax.nodes { declareNode(node, &diagnostics) }
  }

  subscript(name: String) -> Symbol? { symbols[name]?.symbol }

  /// Every declared name in lower case.
  var names: [String] { symbols.keys.sorted() }

  private mutating func declare(_ name: Located<String>, as symbol: Symbol, _ diagnostics: inout DiagnosticBag) {
    let key = name.value.lowercased()
    if ReservedNames.all.contains(key) {
      DeviceError.reservedName(name.value, range: name.range).report(to: &diagnostics)
    } else if let other = symbols[key] {
      clashing.insert(key)
      DeviceError.duplicateName(first: other.declaration, kind: other.symbol.kind, second: name)
        .report(to: &diagnostics)
    } else {
      symbols[key] = (symbol, name)
    }
  }

  private mutating func declareNode(_ name: Located<String>, _ diagnostics: inout DiagnosticBag) {
    let key = name.value.lowercased()
    if nodes[key] != nil {
      DeviceError.duplicateNode(name.value, range: name.range).report(to: &diagnostics)
    } else {
      nodes[key] = nodeNames.count
      nodeNames.append(key)
    }
  }
}
