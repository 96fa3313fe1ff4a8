internal import Diagnostics

/// What can be wrong with an element's card.
enum ElementError {
  /// An element of ngspice, PSpice or Xyce that is not of this language.
  case foreignElement(name: String, title: String, range: SourceRange)
  case missingNodes(name: String, syntax: CardSyntax, found: Int, range: SourceRange)
  case missingValue(name: String, syntax: CardSyntax, range: SourceRange)
  /// A card without a parameter that has no default.
  case missingParameter(CardParameter, name: String, syntax: CardSyntax, range: SourceRange)
  case unexpectedWord(String, syntax: CardSyntax, range: SourceRange)
  /// A name where a number or `{expression}` is wanted.
  case bareName(String, syntax: CardSyntax, range: SourceRange)
  /// Letters behind a number that are neither a suffix nor a unit.
  case unknownUnit(String, range: SourceRange)
  /// On a `.model` of SPICE's kinds it is ignored, as by other programs: model files hold what some of them know.
  case unknownParameter(name: String, owner: String, known: [String], isIgnored: Bool = false, range: SourceRange)
  case givenTwice(name: String, first: SourceRange, second: SourceRange)
  /// A card without the `.model` that its element needs.
  case missingModel(name: String, syntax: CardSyntax, range: SourceRange)
  /// A parameter above the largest value with a meaning, which is taken instead; the place is that of the instance.
  case limitedValue(what: String)
  /// A `.model` of another kind than the element's.
  case wrongModel(name: String, found: CardSyntax?, wanted: CardSyntax, range: SourceRange)
  /// Neither the card nor its `.model` says what the element is worth; the place is that of the instance.
  case noValue(CardParameter)
  /// A word of a `.model` that says nothing about the equations.
  case ignoredParameter(String, range: SourceRange)
  /// `dtemp=` beside `temp=`.
  case ignoredDifference(SourceRange)
  /// A voltage or current in a value that must stand still during a run.
  case runningValue(owner: String, range: SourceRange)
  /// A resistance of 0; the place is that of the instance.
  case zeroResistance

  func report(to diagnostics: inout DiagnosticBag) {
    diagnostics.report(diagnostic)
  }
}
