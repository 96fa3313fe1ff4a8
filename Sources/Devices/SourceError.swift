internal import Diagnostics

/// What can be wrong with the values of an independent source.
enum SourceError {
  case valueExpected(after: String, range: SourceRange)
  case unknownShape(String, known: [String], range: SourceRange)
  case secondShape(first: SourceRange?, second: SourceRange)
  case openParenthesis(range: SourceRange)
  case wrongArgumentCount(shape: String, expected: [String], found: Int, range: SourceRange)
  case negativeTime(shape: String, argument: String, value: Double, range: SourceRange)
  case decreasingTime(shape: String, earlier: Double, later: Double, range: SourceRange)
  case emptyRepetition(from: Double, last: Double, range: SourceRange)
  /// A period too short for the clock to tell its corners apart at the end of the run.
  case unresolvablePeriod(Double, stop: Double, range: SourceRange)
  /// The exponent of coloured noise lies between 0 and 2.
  case noiseExponent(Double, range: SourceRange)
  /// Noise made of samples needs their distance.
  case noiseInterval(range: SourceRange)
  case edgeFilledIn(edges: [String], step: Double, range: SourceRange)

  /// TRRANDOM of none of the four types.
  case randomType(Double, range: SourceRange)
  /// A word of a file of PWL points that is no number.
  case notANumber(String, range: SourceRange)

  func report(to diagnostics: inout DiagnosticBag) {
    diagnostics.report(diagnostic)
  }
}
