package import Diagnostics

/// What one expression may hold; the grammar of operators is the same everywhere.
package struct ExpressionGrammar: Sendable {
  /// `**` is the mathematical power, and `a**b**c` needs parentheses (device blocks); else ngspice's |a|**b.
  package var mathematicalPower: Bool
  /// Lower-case names (states, inputs) that a number's tail may not spell: `3h` where `h` is a state is an error.
  package var reservedTails: Set<String>

  package init(mathematicalPower: Bool = false, reservedTails: Set<String> = []) {
    self.mathematicalPower = mathematicalPower
    self.reservedTails = reservedTails
  }

  package static let spice = ExpressionGrammar()
  package static let device = ExpressionGrammar(mathematicalPower: true)
}

extension Expression {
  /// Parses all of `text`; a fault is reported with its place and gives `.invalid` (or a tree that holds one).
  package static func parse(
    _ text: SourceText, grammar: ExpressionGrammar = .spice, diagnostics: inout DiagnosticBag
  ) -> Expression {
    .invalid(text.range)  // contract
  }
}
