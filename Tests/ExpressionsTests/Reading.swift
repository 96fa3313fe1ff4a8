import Diagnostics
import Expressions

/// Text as if it stood alone in a file.
func sourceText(_ string: String) -> SourceText {
  SourceText(file: FileID(index: 0), bytes: Array(string.utf8), origin: 0)
}

/// The tree of a text that must have no fault.
func parsed(_ string: String, _ grammar: ExpressionGrammar = .spice) throws -> Expression {
  let (expression, diagnostics) = parse(string, grammar)
  if diagnostics.hasErrors { throw UnexpectedFaults(diagnostics: diagnostics.diagnostics) }
  return expression
}

func parse(_ string: String, _ grammar: ExpressionGrammar = .spice) -> (Expression, DiagnosticBag) {
  var diagnostics = DiagnosticBag()
  let expression = Expression.parse(sourceText(string), grammar: grammar, diagnostics: &diagnostics)
  return (expression, diagnostics)
}

/// The codes of what is said about a text, in order.
func codes(_ string: String, _ grammar: ExpressionGrammar = .spice) -> [String] {
  parse(string, grammar).1.diagnostics.map(\.code.name)
}

struct UnexpectedFaults: Error {
  var diagnostics: [Diagnostic]
}

/// A scope of fixed values and functions.
struct TableScope: ConstantScope {
  var values: [String: Double] = [:]
  var functions: [String: FunctionDefinition] = [:]

  func value(of name: String) -> Double? { values[name] }
  func function(_ name: String) -> FunctionDefinition? { functions[name] }
  var names: [String] { values.keys.sorted() }

  /// Adds `.func name(parameters) = body`.
  mutating func define(_ name: String, _ parameters: [String], _ body: String) {
    let place = SourceRange(file: FileID(index: 0), start: 0, end: 0)
    functions[name] = FunctionDefinition(
      name: Located(name, place), parameters: parameters.map { Located($0, place) }, body: parse(body).0)
  }

  /// The value of `string` and what was said about it.
  func evaluate(_ string: String, _ grammar: ExpressionGrammar = .spice) -> (value: Double?, complaints: [Diagnostic]) {
    var (expression, diagnostics) = parse(string, grammar)
    let value = expression.constant(in: self, diagnostics: &diagnostics)
    return (value, diagnostics.diagnostics)
  }
}
