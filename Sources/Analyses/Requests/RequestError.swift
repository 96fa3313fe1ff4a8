internal import Diagnostics
internal import Waveforms

/// What can be wrong with a line that asks for results.
enum RequestError: Error {
  // Any of the lines.
  case missingAnalysis(SourceRange, directive: String)
  case unknownAnalysis(SourceRange, directive: String, word: String, allowed: [AnalysisKind])
  case emptyPattern(SourceRange, pattern: String)
  case patternInExpression(SourceRange, directive: String)
  case unknownArgument(SourceRange, directive: String, name: String, allowed: [String])
  case surplusWord(SourceRange, directive: String, word: String)
  case missingSignal(SourceRange, directive: String, example: String)
  case signalIsConstant(SourceRange, text: String)

  // .print
  case unknownFormat(SourceRange, word: String, known: [String])

  // .save
  case invalidStride(SourceRange, value: Double)
  case selectionWithoutPattern(SourceRange, name: String)

  // .measure
  case missingName(SourceRange, directive: String)
  case duplicateName(SourceRange, name: String, first: SourceRange)
  case repeatedMeasure(SourceRange, name: String, first: SourceRange)
  case missingKeyword(SourceRange, name: String)
  case unknownKeyword(SourceRange, word: String)
  case missingInstant(SourceRange, keyword: String)
  case missingLevel(SourceRange, keyword: String)
  case missingTarget(SourceRange)
  case invalidOccurrence(SourceRange, edge: String)
  case severalEdges(SourceRange)
  case invalidSide(SourceRange, word: String)
  case unknownSpikes(SourceRange, name: String, known: [String])
  case missingReach(SourceRange, name: String)
  case negativeLength(SourceRange, name: String, value: Double)
  case emptyWindow(SourceRange, from: Double, to: Double, isFatal: Bool)

  // Results by name.
  case unknownResult(SourceRange, name: String, known: [String])
  case malformedResult(SourceRange, name: String, form: String)
  case signalInResult(SourceRange)

  // .expect
  case missingExpectation(SourceRange)
  case missingTolerance(SourceRange)
  case bothTolerances(SourceRange)
  case toleranceOfCondition(SourceRange)

  // .neuron
  case incompleteNeuron(SourceRange, missing: [String])
  case impossiblePort(SourceRange, name: String, value: Double, wanted: String)

  // .plot
  case misplacedVersus(SourceRange)
  case nothingStepped(SourceRange)
}

extension DiagnosticBag {
  mutating func report(_ error: RequestError) { report(error.diagnostic) }
}
