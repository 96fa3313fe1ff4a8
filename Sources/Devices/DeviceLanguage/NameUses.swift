internal import Diagnostics
internal import Expressions

/// The names that an expression reads, through the functions it calls.
struct NameUses {
  /// Names in the order met, each with its first place.
  private(set) var names: [Located<String>] = []
  /// States whose rate is read: `ddt(x)`.
  private(set) var rates: [Located<String>] = []
  /// Chain of functions that call each other in a circle, if there is one.
  private(set) var recursion: [Located<String>] = []

  private var seenNames: Set<String> = []
  private var seenRates: Set<String> = []
  private var seenFunctions: Set<String> = []
  private var openFunctions: [Located<String>] = []

  init(of expression: Expression, functions: (String) -> FunctionDefinition?) {
    visit(expression, bound: [], functions)
  }

  private mutating func visit(
    _ expression: Expression, bound: Set<String>, _ functions: (String) -> FunctionDefinition?
  ) {
    switch expression {
    case .number, .probe, .invalid: break
    case .name(let name, let range):
      if !bound.contains(name), seenNames.insert(name).inserted { names.append(Located(name, range)) }
    case .unary(_, let operand, _): visit(operand, bound: bound, functions)
    case .binary(_, let left, let right, _):
      visit(left, bound: bound, functions)
      visit(right, bound: bound, functions)
    case .conditional(let condition, let then, let otherwise, _):
      visit(condition, bound: bound, functions)
      visit(then, bound: bound, functions)
      visit(otherwise, bound: bound, functions)
    case .call(let name, let arguments, let range):
      if name == "ddt", arguments.count == 1, case .name(let state, let place) = arguments[0], !bound.contains(state) {
        if seenRates.insert(state).inserted { rates.append(Located(state, place)) }
      }
      for argument in arguments { visit(argument, bound: bound, functions) }
      visit(function: Located(name, range), functions)
    }
  }

  private mutating func visit(
    function name: Located<String>, _ functions: (String) -> FunctionDefinition?
  ) {
    if let start = openFunctions.firstIndex(where: { $0.value == name.value }) {
      if recursion.isEmpty { recursion = openFunctions[start...] + [name] }
      return
    }
    guard let definition = functions(name.value), seenFunctions.insert(name.value).inserted else { return }
    openFunctions.append(name)
    visit(definition.body, bound: Set(definition.parameters.map { $0.value.lowercased() }), functions)
    openFunctions.removeLast()
  }
}
