internal import Diagnostics

/// What can be wrong with a B source.
enum BehaviouralSourceError {
  case noEquation(name: String, range: SourceRange)
  case twoEquations(first: SourceRange, second: SourceRange)
  case operandsSideBySide(first: SourceRange, second: SourceRange)
  case pattern(String, range: SourceRange)

  func report(to diagnostics: inout DiagnosticBag) {
    diagnostics.report(diagnostic)
  }
}
