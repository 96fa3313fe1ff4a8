internal import Diagnostics

/// The words of every complaint about the values of an independent source.
extension SourceError {
  var diagnostic: Diagnostic {
    switch self {
    case .valueExpected(let keyword, let range):
      return Diagnostic(
        .error, "missing-element-value", "no value follows '\(keyword)'", at: range,
        caption: "expected a number behind this")
    case .unknownShape(let word, let known, let range):
      var fixIts: [FixIt] = []
      if let near = Suggestion.nearest(to: word, among: known + ["dc", "ac"]) {
        fixIts.append(FixIt("did you mean '\(near.uppercased())'?", replacing: range, with: near.uppercased()))
      }
      let names = known.map { $0.uppercased() }.joined(separator: ", ")
      return Diagnostic(
        .error, "unknown-source-shape", "'\(word)' is no value or shape of a source", at: range,
        caption: "expected a number, DC, AC, \(names)",
        notes: ["a parameter stands in braces: {\(word)}"], fixIts: fixIts)
    case .secondShape(let first, let second):
      return Diagnostic(
        .error, "given-twice", "a source has one shape", at: second, caption: "a second shape",
        labels: first.map { [Label($0, "the first")] } ?? [])
    case .openParenthesis(let range):
      return Diagnostic(
        .error, "unclosed-bracket", "the arguments of the source have no closing parenthesis", at: range,
        caption: "never closed")
    case .wrongArgumentCount(let shape, let expected, let found, let range):
      let name = shape.uppercased()
      let form = shape == PiecewiseLinear.keyword ? "T1 V1 T2 V2 ..." : expected.joined(separator: " ")
      let message =
        shape == PiecewiseLinear.keyword
        ? "PWL needs pairs of time and value; it has \(found) numbers"
        : "\(name) takes 2 to \(expected.count) values, here \(found == 1 ? "is 1" : "are \(found)")"
      return Diagnostic(
        .error, "source-argument-count", message, at: range, caption: "the form is \(name)(\(form))")
    case .negativeTime(let shape, let argument, let value, let range):
      return Diagnostic(
        .error, "negative-time", "\(argument) of \(shape.uppercased()) is \(value): it may not be negative", at: range,
        caption: "must be 0 or more")
    case .decreasingTime(let shape, let earlier, let later, let range):
      return Diagnostic(
        .error, "decreasing-time", "the times of \(shape.uppercased()) run backwards: \(earlier) s, then \(later) s",
        at: range, caption: "earlier than the time before it")
    case .emptyRepetition(let from, let last, let range):
      return Diagnostic(
        .error, "empty-pwl-repetition", "r=\(from) is not before the last point of the PWL, \(last) s", at: range,
        caption: "nothing to repeat")
    case .unresolvablePeriod(let period, let stop, let range):
      return Diagnostic(
        .error, "unresolvable-period", "a period of \(period) s has no meaning in a run of \(stop) s", at: range,
        caption: "shorter than double precision resolves")
    case .noiseExponent(let exponent, let range):
      return Diagnostic(
        .error, "noise-exponent", "NALPHA of TRNOISE is \(exponent): it must lie between 0 and 2", at: range,
        caption: "the spectrum falls as 1/f^NALPHA")
    case .randomType(let type, let range):
      return Diagnostic(
        .error, "random-type", "TRRANDOM has no type \(type)", at: range, caption: "1, 2, 3 or 4",
        notes: ["1 is uniform, 2 normal, 3 exponential, 4 Poisson"])
    case .notANumber(let word, let range):
      return Diagnostic(
        .error, "not-a-number", "'\(word)' is no number", at: range, caption: "expected a time or a value",
        notes: ["a file of points holds pairs of time and value, divided by blanks, commas or line ends"])
    case .noiseInterval(let range):
      return Diagnostic(
        .error, "noise-interval", "NT of TRNOISE must be above 0", at: range, caption: "the distance of samples, s")
    case .edgeFilledIn(let edges, let step, let range):
      let names = edges.joined(separator: " and ")
      return Diagnostic(
        .note, "pulse-edge",
        "\(names) of PULSE, absent or 0, \(edges.count == 1 ? "is" : "are") \(step) s (TSTEP of .tran)",
        at: range, caption: "edge taken from .tran")
    }
  }
}
