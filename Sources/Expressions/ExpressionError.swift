package import Diagnostics

/// What can be wrong with an expression: the facts; `ExpressionError+Diagnostic.swift` has the words.
package enum ExpressionError: Error, Sendable {
  // Characters and numbers.

  /// `character` is nil where the byte is not UTF-8 text.
  case unexpectedCharacter(SourceRange, character: Unicode.Scalar?)
  /// `2x`.
  case unknownTail(SourceRange, number: String, tail: String)
  /// `3h` where `h` is a state.
  case ambiguousTail(SourceRange, number: String, tail: String)
  case numberTooLarge(SourceRange)
  case capitalMilli(SourceRange, number: String)
  case capitalFemto(SourceRange, number: String)

  // Structure.

  case emptyExpression(SourceRange)
  /// `after` is the operator, comma or bracket before the gap, if any.
  case expectedOperand(SourceRange, after: String?)
  /// Two operands side by side, with `gap` between them.
  case missingOperator(SourceRange, gap: SourceRange, afterContinuation: Bool)
  case unclosed(SourceRange, bracket: String)
  case unopened(SourceRange, bracket: String)
  case singleEquals(SourceRange)
  /// Read as a comparison.
  case singleEqualsCompares(SourceRange)
  case strayComma(SourceRange)
  case strayColon(SourceRange)
  case unfinishedConditional(SourceRange, question: SourceRange)
  case conditionalArguments(SourceRange, name: String, count: Int)
  case chainedPower(SourceRange)
  case nestedTooDeeply(SourceRange, limit: Int)
  case tooManyOperators(SourceRange, limit: Int)
  case malformedProbe(SourceRange, form: String)
  case nestedProbe(SourceRange, probe: String)

  // Surprises.

  case chainedComparison(SourceRange)
  case notBindsTighter(SourceRange)
  /// `value` is the base where it is known.
  case absolutePower(SourceRange, base: Expression, value: Double?)

  // Meaning.

  case unknownName(SourceRange, name: String, suggestion: String?)
  case unknownFunction(SourceRange, name: String, suggestion: String?)
  /// `gauss` and its like in a running equation.
  case randomFunction(SourceRange, name: String)
  case argumentCount(SourceRange, name: String, expected: ClosedRange<Int>, given: Int)
  /// A running quantity (`v(a)`, `time`, `ddt(x)`) where a constant is wanted.
  case notConstant(SourceRange, what: String)
  /// A phasor where only a real number has a meaning.
  case complexOperand(SourceRange)
  case recursiveFunction(SourceRange, chain: [String])
  case evaluationTooLong(SourceRange)

  // Values; `values` are the names in the faulty part with what they were.

  case divisionByZero(SourceRange, divisor: Expression, values: [(name: String, value: Double)])
  case outOfDomain(
    SourceRange, operation: String, operands: [Double], domain: String?, values: [(name: String, value: Double)])
  case overflow(SourceRange, values: [(name: String, value: Double)])
}
