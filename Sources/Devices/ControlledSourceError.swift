internal import Diagnostics

/// What can be wrong with the card of an E, F, G or H source.
enum ControlledSourceError {
  /// Nodes or devices that the source should follow are missing.
  case missingControl(
    name: String, ControlKind, wanted: Int, found: Int, form: CardSyntax, range: SourceRange)
  case polynomialDimension(range: SourceRange)
  case noCoefficients(name: String, range: SourceRange)
  case tableWithoutExpression(range: SourceRange)
  /// An odd number of values, or fewer than two points.
  case tableWithoutPairs(count: Int, range: SourceRange)
  case tableDescends(first: SourceRange, second: SourceRange)
  /// LAPLACE and its like.
  case refusedForm(String, range: SourceRange)

  func report(to diagnostics: inout DiagnosticBag) {
    diagnostics.report(diagnostic)
  }
}
