internal import Diagnostics
internal import Expressions

/// The names that an expression reads, through the functions it calls.
struct NameUses {
  /// Names in the order met, each with its first place.
  private(set) var names: [Located<String>] = []
  /// States whose rate is read: `ddt(x)`.
  private(set) var rates: [Located<String>] = []

  private var seenNames: Set<String> = []
  private var seenRates: Set<String> = []
  private var seenFunctions: Set<String> = []

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
    case .call(let name, let arguments, _):
      if name == "ddt", arguments.count == 1, case .name(let state, let place) = arguments[0], !bound.contains(state) {
        if seenRates.insert(state).inserted { rates.append(Located(state, place)) }
      }
      for argument in arguments { visit(argument, bound: bound, functions) }
      visit(function: name, functions)
    }
  }

  /// A function that calls itself is read once here; lowering complains of it.
  private mutating func visit(function name: String, _ functions: (String) -> FunctionDefinition?) {
    guard let definition = functions(name), seenFunctions.insert(name).inserted else { return }
    visit(definition.body, bound: Set(definition.parameters.map { $0.value.lowercased() }), functions)
  }
}
