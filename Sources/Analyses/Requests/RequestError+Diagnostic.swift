internal import Diagnostics
internal import Waveforms

extension RequestError {
  var diagnostic: Diagnostic {
    switch self {
    case .missingAnalysis(let range, let directive):
      Diagnostic(
        .error, "malformed-request", "'.\(directive)' does not say which analysis it belongs to", at: range,
        fixIts: [FixIt("write '.\(directive) tran ...'")])
    case .unknownAnalysis(let range, let directive, let word, let allowed):
      Diagnostic(
        .error, "malformed-request", "'\(word)' is not an analysis", at: range,
        caption: "'.\(directive)' wants \(Self.either(allowed.map(\.rawValue))) here",
        fixIts: Self.suggestion(word, allowed.map(\.rawValue), range))
    case .emptyPattern(let range, let pattern):
      Diagnostic(.error, "empty-pattern", "no signal matches '\(pattern)'", at: range)
    case .patternInExpression(let range, let directive):
      Diagnostic(
        .error, "malformed-request", "'.\(directive)' wants one signal here, and a pattern stands for many", at: range,
        fixIts: [FixIt("sum(p(v*)) adds up the signals of a pattern")])
    case .unknownArgument(let range, let directive, let name, let allowed):
      Diagnostic(
        .error, "unknown-argument", "'.\(directive)' knows no '\(name)=' here", at: range,
        caption: "known are \(Self.list(allowed.map { $0 + "=" }))", fixIts: Self.suggestion(name, allowed, range))
    case .surplusWord(let range, let directive, let word):
      Diagnostic(
        .error, "malformed-request", "'.\(directive)' does not understand '\(word)' here", at: range,
        notes: ["an expression with blanks stands in braces: {v(a) - v(b)}"])
    case .missingSignal(let range, let directive, let example):
      Diagnostic(
        .error, "malformed-request", "'.\(directive)' names no signal", at: range,
        fixIts: [FixIt("for example '\(example)'")])
    case .signalIsConstant(let range, let text):
      Diagnostic(
        .error, "malformed-request", "'\(text)' is a constant, not a signal", at: range,
        notes: ["signals are v(node), v(a,b), i(device), p(device), @device[quantity] and expressions of these"])
    case .unknownFormat(let range, let word, let known):
      Diagnostic(
        .warning, "unknown-format", "'.print' does not write the format '\(word)'", at: range,
        caption: "known are \(Self.list(known)); the table is printed as ngspice does")
    default: resultDiagnostic
    }
  }

  private static func levelExample(_ keyword: String) -> String {
    switch keyword {
    case "when": "when v(a)=0.5"
    case _ where CycleKind(rawValue: keyword) != nil: "\(keyword) v(a) on=0.7 off=0.3"
    default: "\(keyword) v(a) val=0.5"
    }
  }

  private var resultDiagnostic: Diagnostic {
    switch self {
    case .missingName(let range, let directive):
      Diagnostic(.error, "malformed-request", "'.\(directive)' needs a name for its result", at: range)
    case .duplicateName(let range, let name, let first):
      Diagnostic(
        .error, "duplicate-result", "there are two results named '\(name)'", at: range,
        labels: [Label(first, "the first one")])
    case .repeatedMeasure(let range, let name, let first):
      Diagnostic(
        .warning, "duplicate-result", "there are two results named '\(name)'", at: range,
        caption: "the name stands for this one", labels: [Label(first, "the first one")])
    case .missingKeyword(let range, let name):
      Diagnostic(
        .error, "malformed-measure", "'\(name)' does not say what to measure", at: range,
        notes: ["a measure is one of \(Self.list(MeasureCatalogue.keywords))"])
    case .unknownKeyword(let range, let word):
      Diagnostic(
        .error, "unknown-measure", "'\(word)' is not a measure", at: range,
        caption: "known are \(Self.list(MeasureCatalogue.keywords))",
        fixIts: Self.suggestion(word, MeasureCatalogue.keywords, range))
    case .missingInstant(let range, let keyword):
      Diagnostic(
        .error, "malformed-measure", "'\(keyword)' does not say when", at: range,
        fixIts: [
          FixIt(
            keyword == "find"
              ? "give a time, at=6m, or a crossing, when v(a)=0.5" : "give a time, at=6m, or a crossing, v(a) val=0.5")
        ])
    case .missingLevel(let range, let keyword):
      Diagnostic(
        .error, "malformed-measure", "'\(keyword)' does not say which level the signal is to cross",
        at: range,
        fixIts: [FixIt(Self.levelExample(keyword))])
    case .missingTarget(let range):
      Diagnostic(
        .error, "malformed-measure", "'trig' has no 'targ'", at: range,
        fixIts: [FixIt("trig v(a) val=0.5 rise=1 targ v(b) val=0.5 rise=1")])
    case .invalidOccurrence(let range, let edge):
      Diagnostic(
        .error, "malformed-measure", "'\(edge)=' counts crossings: it is a whole number from 1 on, or last", at: range)
    case .severalEdges(let range):
      Diagnostic(.error, "malformed-measure", "only one of rise=, fall= and cross= can be meant", at: range)
    case .invalidSide(let range, let word):
      Diagnostic(
        .error, "malformed-measure", "'side=\(word)' is neither + nor -", at: range,
        caption: "side=+ where X is positive, side=- where it is negative")
    case .unknownSpikes(let range, let name, let known):
      Diagnostic(
        .error, "unknown-result", "there is no '.spikes \(name)'", at: range,
        caption: known.isEmpty ? "this netlist has no '.spikes' line" : "known are \(Self.list(known))",
        fixIts: Self.suggestion(name, known, range))
    case .missingReach(let range, let name):
      Diagnostic(
        .error, "malformed-measure", "'around=' needs '\(name)=', how far the window reaches", at: range,
        fixIts: [FixIt("around=s before=1m after=4m")])
    case .negativeLength(let range, let name, let value):
      Diagnostic(
        .error, "malformed-measure",
        "'\(name)=' is a length and cannot be \(NumberFormat.spice(value))", at: range)
    case .emptyWindow(let range, let from, let to, let isFatal):
      Diagnostic(
        isFatal ? .error : .warning, "malformed-measure",
        "the window ends at \(NumberFormat.spice(to)) before it begins at \(NumberFormat.spice(from))",
        at: range)
    case .unknownResult(let range, let name, let known):
      Diagnostic(
        .error, "unknown-result", "there is no result named '\(name)'", at: range,
        caption: known.isEmpty ? "nothing is measured" : "",
        notes: known.isEmpty ? [] : ["known are \(Self.list(known))"],
        fixIts: Self.suggestion(name, known, range))
    case .malformedResult(let range, let name, let form):
      Diagnostic(.error, "unknown-result", "'\(name)' is not a result of '.spikes'", at: range, caption: form)
    case .signalInResult(let range):
      Diagnostic(
        .error, "signal-in-result", "a signal has a value at every time, and here one number is wanted", at: range,
        fixIts: [FixIt("measure it first: .measure tran x find v(a) at=6m")])
    default: expectationDiagnostic
    }
  }

  private var expectationDiagnostic: Diagnostic {
    switch self {
    case .missingExpectation(let range):
      Diagnostic(
        .error, "malformed-expect", "'.expect' says what must come out", at: range,
        fixIts: [FixIt(".expect NAME = value tol=..., or .expect {expression}")])
    case .missingTolerance(let range):
      Diagnostic(
        .error, "malformed-expect", "an expected value of 0 has no relative tolerance", at: range,
        fixIts: [FixIt("give the largest allowed difference, tol=1u")])
    case .bothTolerances(let range):
      Diagnostic(.error, "malformed-expect", "only one of tol= and reltol= can be meant", at: range)
    case .toleranceOfCondition(let range):
      Diagnostic(
        .error, "malformed-expect", "a condition has no tolerance", at: range,
        notes: [".expect {expression} holds when the expression is not 0; .expect NAME = value tol=... compares"])
    case .invalidStride(let range, let value):
      Diagnostic(
        .error, "malformed-request", "'every=' is a whole number from 1 on and cannot be \(NumberFormat.spice(value))",
        at: range, fixIts: [FixIt("every=10 takes the first signal, the eleventh, and so on")])
    case .incompleteNeuron(let range, let missing):
      Diagnostic(
        .error, "malformed-neuron", "'.neuron' does not tell \(Self.list(missing.map { $0 + "=" }))", at: range,
        fixIts: [FixIt("write: .neuron NAME input=SOURCE output=SIGNAL threshold=LEVEL max=AMPLITUDE")])
    case .impossiblePort(let range, let name, let value, let wanted):
      Diagnostic(
        .error, "malformed-neuron", "'\(name)=\(NumberFormat.spice(value))' must be \(wanted)", at: range)
    case .selectionWithoutPattern(let range, let name):
      Diagnostic(
        .error, "malformed-request", "'\(name)=' chooses among the signals of a pattern, and this line has none",
        at: range, fixIts: [FixIt("for example '.save v(c*) from=1 to=1000 every=10'")])
    case .nothingStepped(let range):
      Diagnostic(
        .error, "malformed-request", "'.plot step' draws over what '.step' varies, and there is no '.step'", at: range,
        fixIts: [FixIt("add a line such as .step param r list 1k 2k 5k")])
    case .misplacedVersus(let range):
      Diagnostic(
        .error, "malformed-request", "'vs' stands between the signals and one horizontal signal", at: range,
        fixIts: [FixIt(".plot tran i(n1) vs v(p)"), FixIt(".plot tran i(n1) vs v(p1) i(n2) vs v(p2)")])
    default: Diagnostic(.error, "malformed-request", "this line is not understood", at: nil)
    }
  }

  private static func list(_ words: [String]) -> String {
    words.count > 16
      ? words.prefix(12).joined(separator: ", ") + " and \(words.count - 12) more" : words.joined(separator: ", ")
  }

  private static func either(_ words: [String]) -> String {
    words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
  }

  private static func suggestion(_ word: String, _ known: [String], _ range: SourceRange) -> [FixIt] {
    Suggestion.nearest(to: word, among: known).map {
      [FixIt("did you mean '\($0)'?", replacing: range, with: $0)]
    } ?? []
  }
}

extension Diagnostic {
  static func printOfNoAnalysis(_ range: SourceRange, analysis: String) -> Diagnostic {
    Diagnostic(
      .warning, "not-printed", "there is no '\(analysis)' to print", at: range,
      caption: "an analysis of Xyce that is not made here")
  }

  static func printOfMeasure(_ range: SourceRange, name: String) -> Diagnostic {
    Diagnostic(
      .warning, "not-printed", "the measure '\(name)' is no signal to print", at: range,
      caption: "its result stands in the table of measures")
  }

  static func replacedMeasure(_ range: SourceRange, name: String, by later: SourceRange) -> Diagnostic {
    Diagnostic(
      .warning, "duplicate-result", "there are two results named '\(name)'; this one is left out", at: range,
      labels: [Label(later, "the last one counts, as in Xyce")])
  }

  static func refusedMeasure(_ range: SourceRange, word: String, reason: String) -> Diagnostic {
    Diagnostic(
      .warning, "refused-measure", "this '\(word)' of Xyce is not measured", at: range, caption: reason)
  }
}
