internal import Diagnostics

/// What can be wrong with a netlist as text, before any name has a meaning.
enum NetlistError: Error {
  // The file.
  case emptyNetlist(SourceRange, hasTitle: Bool)
  case binaryFile(SourceRange, name: String, isUTF16: Bool)
  case fileTooLarge(SourceRange, name: String)
  case lineTooLong(SourceRange, limit: Int)
  case invalidUTF8(SourceRange)
  case titleLooksLikeStatement(SourceRange)
  case textAfterEnd(SourceRange, end: SourceRange)

  /// A resistor without a value in a netlist for Xyce.
  case defaultResistance(SourceRange, name: String)
  /// The line that gave it away.
  case recognisedDialect(SourceRange, Dialect, isHint: Bool)

  // Lines and words.
  case strayContinuation(SourceRange)
  case notAStatement(SourceRange, character: String)
  case strayEquation(SourceRange, name: String)
  case unclosedBracket(SourceRange, bracket: String)
  case unopenedBracket(SourceRange, bracket: String)
  case unclosedQuote(SourceRange, quote: String)
  case missingValue(SourceRange, name: String)
  case adjacentPlaceholders(SourceRange)

  // Directives.
  case unknownDirective(SourceRange, name: String, suggestion: String?)
  case refusedDirective(SourceRange, name: String, reason: String)
  case directiveWithoutEffect(SourceRange, name: String, reason: String)
  case packageWithoutEffect(SourceRange, package: String, names: [String], reason: String)
  case malformedDirective(SourceRange, name: String, form: String)
  case misplacedDirective(SourceRange, name: String, block: String, opening: SourceRange)

  // Blocks.
  case unterminatedBlock(opening: SourceRange, keyword: String, closer: String, end: SourceRange, followsEnd: Bool)
  case unopenedBlock(SourceRange, closer: String, opener: String)
  case mismatchedEnds(SourceRange, written: String, expected: String, opening: SourceRange)
  case branchAfterElse(SourceRange, name: String, otherwise: SourceRange)
  case nestingTooDeep(SourceRange, limit: Int)
  case duplicateDefinition(SourceRange, kind: String, name: String, first: SourceRange)
  case duplicateName(SourceRange, kind: String, name: String, first: SourceRange)
  case unfinishedEquation(SourceRange, ending: String, next: SourceRange)
  case commentLikeFactor(SourceRange, equation: SourceRange)

  // Other files.
  case unreadableFile(SourceRange, path: String, reason: String)
  case missingLibrary(SourceRange, path: String)
  case cyclicInclude(SourceRange, chain: [String])
  case tooManyIncludes(SourceRange, limit: Int, isDepth: Bool)
  case unknownSection(SourceRange, name: String, file: String, suggestion: String?)
  case unusedSection(SourceRange, name: String)
}

extension DiagnosticBag {
  mutating func report(_ error: NetlistError) {
    report(error.diagnostic)
  }
}
