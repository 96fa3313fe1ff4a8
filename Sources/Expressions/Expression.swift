package import Diagnostics

package enum UnaryOperator: Sendable, Hashable {
  case plus, minus, not
}

package enum BinaryOperator: Sendable, Hashable {
  case add, subtract, multiply, divide
  /// Mathematical power (device blocks) or ngspice's |a|**b (elsewhere); the grammar that parsed it decides.
  case power, absolutePower
  case less, lessOrEqual, greater, greaterOrEqual, equal, notEqual
  case and, or
}

/// A quantity of the running circuit, read by name. Names are lower case; a `*` in one makes it a pattern, and
/// placeholders (`n{k}`) stand in it as written.
package enum Probe: Sendable, Hashable {
  /// `v(a)` (minus is nil: against ground) or `v(a,b)`.
  case voltage(String, String?)
  /// `i(device)`.
  case current(String)
  /// `p(device)`, power into the device.
  case power(String)
  /// `@device[quantity]`.
  case quantity(device: String, name: String)
}

/// An expression as written. Names are lower case; `.invalid` stands where an error was reported already.
package indirect enum Expression: Sendable {
  case number(Double, SourceRange)
  case name(String, SourceRange)
  case probe(Probe, SourceRange)
  case unary(UnaryOperator, Expression, SourceRange)
  case binary(BinaryOperator, Expression, Expression, SourceRange)
  case call(String, [Expression], SourceRange)
  case conditional(Expression, Expression, Expression, SourceRange)
  case invalid(SourceRange)

  package var range: SourceRange {
    switch self {
    case .number(_, let range), .name(_, let range), .probe(_, let range), .unary(_, _, let range),
      .binary(_, _, _, let range), .call(_, _, let range), .conditional(_, _, _, let range), .invalid(let range):
      range
    }
  }
}

/// `.func f(a, b) = body` or `func f(a, b) = body` in a device block.
package struct FunctionDefinition: Sendable {
  package var name: Located<String>
  package var parameters: [Located<String>]
  package var body: Expression

  package init(name: Located<String>, parameters: [Located<String>], body: Expression) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}
