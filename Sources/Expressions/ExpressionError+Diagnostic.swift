package import Diagnostics

/// The words of every complaint about an expression.
extension ExpressionError {
  package var diagnostic: Diagnostic {
    switch self {
    case .unexpectedCharacter(let range, let character):
      let ascii = character.flatMap { Self.plainSpelling[$0] }
      return Diagnostic(
        .error, "unexpected-character",
        character.map { "an expression cannot hold \(Self.quoted($0))" } ?? "this byte is not UTF-8 text", at: range,
        fixIts: ascii.map { [FixIt("write '\($0)'", replacing: range, with: $0)] } ?? [])
    case .unknownTail(let range, let number, let tail):
      return Diagnostic(
        .error, "unknown-number-tail", "'\(tail.shortened)' behind a number is neither a scale suffix nor a unit",
        at: range,
        notes: ["suffixes are f p n u m mil k meg g t, units such as V A Ohm F H s Hz may follow"],
        fixIts: [Self.product(number, tail, range)])
    case .ambiguousTail(let range, let number, let tail):
      return Diagnostic(
        .error, "ambiguous-number-tail",
        "'\(number.shortened)\(tail)' would read \(tail) as a suffix or unit, but \(tail) is also a quantity here",
        at: range, fixIts: [Self.product(number, tail, range)])
    case .numberTooLarge(let range):
      return Diagnostic(
        .error, "number-out-of-range", "this number is too large", at: range,
        caption: "the largest is 1.797693134862316e308")
    case .capitalMilli(let range, let number):
      return Diagnostic(
        .note, "capital-m-means-milli", "M is milli, as in every SPICE: letter case does not count", at: range,
        fixIts: [FixIt("for mega write '\(number)meg', for milli '\(number)m'")])
    case .capitalFemto(let range, let number):
      return Diagnostic(
        .note, "capital-f-means-femto", "F right behind a number is femto (1e-15), as in every SPICE, not farad",
        at: range, fixIts: [FixIt("for farad write '\(number)', for femtofarad '\(number)fF'")])

    case .emptyExpression(let range):
      return Diagnostic(.error, "empty-expression", "there is no expression here", at: range)
    case .expectedOperand(let range, let after):
      return Diagnostic(
        .error, "expected-operand", after.map { "an operand is missing behind '\($0)'" } ?? "an operand is missing",
        at: range, caption: "expected a number, a name, a call or '('")
    case .missingOperator(let range, let gap, let afterContinuation):
      return Diagnostic(
        .error, "missing-operator", "two operands stand side by side without an operator", at: range,
        notes: afterContinuation
          ? ["a '+' that begins a line only joins it to the line above: end the line above with '+' to add"] : [],
        fixIts: afterContinuation ? [] : [FixIt("for a product write '*' between them", replacing: gap, with: "*")])
    case .unclosed(let range, let bracket):
      return Diagnostic(.error, "unclosed-bracket", "this '\(bracket)' is not closed", at: range)
    case .unopened(let range, let bracket):
      return Diagnostic(.error, "unopened-bracket", "this '\(bracket)' closes nothing", at: range)
    case .singleEquals(let range):
      return Diagnostic(
        .error, "single-equals", "a single '=' compares nothing", at: range,
        fixIts: [FixIt("compare with '=='", replacing: range, with: "==")])
    case .singleEqualsCompares(let range):
      return Diagnostic(
        .warning, "single-equals", "a single '=' is read as '=='", at: range,
        fixIts: [FixIt("compare with '=='", replacing: range, with: "==")])
    case .strayComma(let range):
      return Diagnostic(.error, "stray-comma", "a comma separates the arguments of a call only", at: range)
    case .strayColon(let range):
      return Diagnostic(.error, "stray-colon", "this ':' belongs to no '?'", at: range)
    case .unfinishedConditional(let range, let question):
      return Diagnostic(
        .error, "unfinished-conditional", "'?' needs a ':' and what holds otherwise", at: range,
        caption: "expected ':'", labels: [Label(question, "the conditional begins here")])
    case .conditionalArguments(let range, let name, let count):
      return Diagnostic(
        .error, "wrong-argument-count",
        "\(name)(condition, then, otherwise) takes 3 arguments, here are \(count)", at: range)
    case .chainedPower(let range):
      return Diagnostic(
        .error, "chained-power", "a**b**c can be read in two ways", at: range,
        fixIts: [FixIt("write (a**b)**c or a**(b**c)")])
    case .nestedTooDeeply(let range, let limit):
      return Diagnostic(
        .error, "expression-too-deep", "the expression is nested more than \(limit) levels deep", at: range,
        fixIts: [FixIt("give its parts names of their own")])
    case .tooManyOperators(let range, let limit):
      return Diagnostic(
        .error, "expression-too-deep", "more than \(limit) operators follow one another", at: range,
        fixIts: [FixIt("give its parts names of their own, or sum a pattern with sum(v(n*))")])
    case .malformedProbe(let range, let form):
      return Diagnostic(.error, "malformed-probe", "this is not of the form \(form)", at: range)
    case .nestedProbe(let range, let probe):
      return Diagnostic(
        .error, "malformed-probe", "\(probe)() takes names, not expressions", at: range,
        fixIts: [FixIt("write the difference of two probes as v(a) - v(b)")])

    case .chainedComparison(let range):
      return Diagnostic(
        .warning, "chained-comparison", "a < b < c compares the result of a < b, which is 0 or 1, with c", at: range,
        fixIts: [FixIt("write a < b and b < c")])
    case .notBindsTighter(let range):
      return Diagnostic(
        .warning, "not-binds-tighter", "'not' applies to what stands right behind it, before the comparison", at: range,
        fixIts: [FixIt("write not (a > b), or (not a) > b if that is meant")])
    case .absolutePower(let range, let base, let value):
      let what = "\(base)".shortened
      return Diagnostic(
        .warning, "absolute-power",
        value.map { "'\(what)' is \($0.written): ngspice raises its absolute value" }
          ?? "ngspice raises the absolute value of '\(what)', which may be negative", at: range,
        notes: ["outside device blocks a**b is abs(a)**b"],
        fixIts: [FixIt("write abs(...)**b if that is meant, x*x*x or pwr(x, b) to keep the sign")])

    case .unknownName(let range, let name, let suggestion):
      return Diagnostic(
        .error, "unknown-name", "there is no '\(name.shortened)' here", at: range,
        fixIts: suggestion.map { [FixIt("did you mean '\($0)'?", replacing: range, with: $0)] } ?? [])
    case .unknownFunction(let range, let name, let suggestion):
      return Diagnostic(
        .error, "unknown-function", "there is no function '\(name.shortened)'", at: range,
        fixIts: suggestion.map { [FixIt("did you mean '\($0)'?")] } ?? [])
    case .randomFunction(let range, let name):
      return Diagnostic(
        .error, "random-function", "'\(name)' has no value while the circuit runs", at: range,
        caption: "drawn once for each sample of .mc, before the run",
        fixIts: [FixIt("give the call to a .param, and write that name here")])
    case .argumentCount(let range, let name, let expected, let given):
      return Diagnostic(
        .error, "wrong-argument-count",
        "'\(name.shortened)' takes \(Self.arguments(expected)), here \(given == 1 ? "is" : "are") \(given)", at: range)
    case .notConstant(let range, let what):
      return Diagnostic(
        .error, "not-constant", "'\(what.shortened)' has no value before the circuit runs", at: range,
        caption: "expected a constant")
    case .complexOperand(let range):
      return Diagnostic(
        .error, "complex-operand", "a complex value cannot be compared, or given to this function", at: range,
        caption: "complex in .ac", fixIts: [FixIt("take its magnitude mag(), phase ph(), re() or im()")])
    case .recursiveFunction(let range, let chain):
      return Diagnostic(
        .error, "recursive-function", "function '\(chain.last?.shortened ?? "")' calls itself", at: range,
        notes: chain.count > 2 ? ["by way of " + chain.suffix(10).joined(separator: " -> ")] : [])
    case .evaluationTooLong(let range):
      return Diagnostic(
        .error, "evaluation-too-long", "this constant needs too many steps to work out", at: range,
        notes: ["functions that call others twice double the work at every level"])

    case .divisionByZero(let range, let divisor, let values):
      return Diagnostic(
        .error, "division-by-zero", "division by zero", at: range, caption: Self.caption(of: divisor),
        notes: Self.notes(on: values))
    case .outOfDomain(let range, let operation, let operands, let domain, let values):
      let written = operands.map(\.written).joined(separator: ", ")
      return Diagnostic(
        .error, "domain-fault", "\(operation) has no value at \(written)", at: range,
        caption: domain.map { "expected \($0)" } ?? "", notes: Self.notes(on: values))
    case .overflow(let range, let values):
      return Diagnostic(
        .error, "overflow", "the result is too large", at: range, caption: "the largest number is about 1.8e308",
        notes: Self.notes(on: values))
    }
  }

  private static func product(_ number: String, _ tail: String, _ range: SourceRange) -> FixIt {
    FixIt("write a product with '*'", replacing: range, with: "\(number)*\(tail)")
  }

  /// Signs copied from a printed page and how an expression writes them.
  private static let plainSpelling: [Unicode.Scalar: String] = [
    "\u{2212}": "-", "\u{2013}": "-", "\u{2010}": "-", "\u{D7}": "*", "\u{B7}": "*", "\u{22C5}": "*", "\u{2217}": "*",
    "\u{F7}": "/", "\u{2215}": "/", "\u{B2}": "**2", "\u{B3}": "**3", "\u{2264}": "<=", "\u{2265}": ">=",
    "\u{2260}": "!=", "\u{2018}": "'", "\u{2019}": "'", "\u{AC}": "!",
  ]

  private static func quoted(_ character: Unicode.Scalar) -> String {
    let isPrintable =
      character.properties.generalCategory != .control && character.properties.generalCategory != .format
    return isPrintable ? "'\(character)'" : "the character U+\(String(character.value, radix: 16, uppercase: true))"
  }

  private static func caption(of divisor: Expression) -> String {
    if case .number = divisor { return "" }
    return "'\("\(divisor)".shortened)' is 0"
  }

  private static func notes(on values: [(name: String, value: Double)]) -> [String] {
    values.isEmpty
      ? [] : ["with " + values.map { "\($0.name.shortened) = \($0.value.written)" }.joined(separator: ", ")]
  }

  private static func arguments(_ count: ClosedRange<Int>) -> String {
    if count.upperBound == .max { return "at least \(count.lowerBound) arguments" }
    if count.count == 1 { return count.lowerBound == 1 ? "1 argument" : "\(count.lowerBound) arguments" }
    return "\(count.lowerBound) to \(count.upperBound) arguments"
  }
}

extension String {
  /// Short enough to stand inside a sentence.
  var shortened: String { count > 40 ? prefix(37) + "..." : self }
}

extension Double {
  /// As a person writes it: no `.0` behind a whole number.
  var written: String { description.hasSuffix(".0") ? String(description.dropLast(2)) : description }
}
