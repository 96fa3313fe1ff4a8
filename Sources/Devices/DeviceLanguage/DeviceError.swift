internal import Diagnostics

/// What can be wrong with a device block.
enum DeviceError {
  // Lines.
  case unreadableLine(range: SourceRange)
  case emptyExpression(of: String, range: SourceRange)
  case nameExpected(range: SourceRange)
  case unknownClause(String, range: SourceRange)
  case badRange(range: SourceRange)
  case badAbout(range: SourceRange)
  case badFunction(range: SourceRange)
  case badEvent(range: SourceRange)
  case unreadableEventLine(range: SourceRange)
  case unclosedEvent(range: SourceRange)
  case strayEndon(range: SourceRange)

  // Names.
  case tooFewTerminals(range: SourceRange)
  case duplicateName(first: Located<String>, kind: String, second: Located<String>)
  case duplicateNode(String, range: SourceRange)
  case reservedName(String, range: SourceRange)
  case unknownNode(String, known: [String], range: SourceRange)
  /// A node where a quantity is wanted: `m` for `v(m)`.
  case nodeReadAsName(String, range: SourceRange)
  /// `i(v1)`, `@n3[x]`: a block is closed.
  case foreignProbe(range: SourceRange)
  case notConstant(what: String, reads: String, range: SourceRange)
  case cycle([Located<String>])

  // Equations.
  case noCurrent(String, range: SourceRange)
  case currentNotKnown(range: SourceRange)
  case currentAndVoltage(current: SourceRange, voltage: SourceRange)
  case secondEquation(of: String, first: SourceRange, second: SourceRange)
  case branchToItself(range: SourceRange)
  /// `0 =` lines and vars do not match; `fixCurrent` where one line more fixes the current.
  case constraintCount(found: Int, variables: [String], fixCurrent: Bool, range: SourceRange)
  case nonlinearRate(range: SourceRange)

  // States and events.
  case missingRate(String, range: SourceRange)
  case rateOfNoState(String, kind: String?, states: [String], range: SourceRange)
  case missingStart(kind: String, String, range: SourceRange)
  case eventTarget(String, kind: String?, known: [String], range: SourceRange)
  case randomNumber(String, isInEvent: Bool, range: SourceRange)

  // Noise.
  case noiseMisused(String, range: SourceRange)
  case nonlinearNoise(String, range: SourceRange)

  func report(to diagnostics: inout DiagnosticBag) {
    diagnostics.report(diagnostic)
  }
}
