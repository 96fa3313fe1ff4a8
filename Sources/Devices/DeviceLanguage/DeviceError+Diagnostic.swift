internal import Diagnostics

/// The words of every complaint about a device block.
extension DeviceError {
  var diagnostic: Diagnostic {
    switch self {
    case .unreadableLine(let range):
      Diagnostic(
        .error, "unreadable-device-line", "this line of a device block is no equation and no declaration", at: range,
        caption: "expected name = expression, ddt(x) =, i =, v =, i(a, b) =, 0 =",
        notes: ["declarations begin with param, state, var, memory, input, node, noise, func, about or on"])
    case .emptyExpression(let name, let range):
      Diagnostic(
        .error, "empty-expression", "nothing usable stands right of '\(name)'", at: range,
        caption: "expected = and an expression")
    case .nameExpected(let range):
      Diagnostic(.error, "name-expected", "a name is missing", at: range, caption: "expected a name here")
    case .unknownClause(let word, let range):
      Diagnostic(
        .error, "unknown-clause", "'\(word)' has no meaning in a declaration", at: range,
        caption: "expected = value, in [low, high] or tol=value")
    case .badRange(let range):
      Diagnostic(
        .error, "bad-range", "this range cannot be read", at: range,
        caption: "expected in [low, high], with ( or ) for an open end, inf for none")
    case .badAbout(let range):
      Diagnostic(
        .error, "bad-about-line", "an about line needs a key and a text in quotes", at: range,
        caption: "expected about source = \"...\"")
    case .badFunction(let range):
      Diagnostic(
        .error, "bad-function", "this function cannot be read", at: range, caption: "expected func f(a, b) = expression"
      )
    case .badEvent(let range):
      Diagnostic(
        .error, "bad-event", "this event cannot be read", at: range,
        caption: "expected on rise(expression), on fall(expression) or on cross(expression)")
    case .unreadableEventLine(let range):
      Diagnostic(
        .error, "unreadable-event-line", "a line between on and endon sets a memory or state", at: range,
        caption: "expected name = expression")
    case .unclosedEvent(let range):
      Diagnostic(.error, "missing-endon", "this event has no endon", at: range, caption: "never closed")
    case .strayEndon(let range):
      Diagnostic(.error, "stray-endon", "endon closes no event", at: range, caption: "no on stands above")
    case .tooFewTerminals, .duplicateName, .duplicateNode, .reservedName, .unknownNode, .nodeReadAsName,
      .foreignProbe, .notConstant, .cycle:
      nameDiagnostic
    case .noCurrent, .currentNotKnown, .currentAndVoltage, .secondEquation, .branchToItself, .constraintCount,
      .nonlinearRate:
      equationDiagnostic
    case .missingRate, .rateOfNoState, .missingStart, .eventTarget, .randomNumber, .noiseMisused, .nonlinearNoise:
      stateDiagnostic
    }
  }

  /// `did you mean 'x'?`, where a name is near.
  static func spelling(of name: String, among known: [String], at range: SourceRange) -> [FixIt] {
    guard let near = Suggestion.nearest(to: name, among: known), near.lowercased() != name.lowercased() else {
      return []
    }
    return [FixIt("did you mean '\(near)'?", replacing: range, with: near)]
  }
}
