internal import Diagnostics

/// The words of every complaint about an element's card.
extension ElementError {
  var diagnostic: Diagnostic {
    switch self {
    case .foreignElement(let name, let title, let range):
      return Diagnostic(
        .error, "foreign-element", "'\(name)' is a \(title), which neuristor does not have", at: range,
        caption: "\(title)",
        notes: [
          "of semiconductors there is the diode, D; others can be written as equations, in a B source or a .memristor block"
        ])
    case .missingNodes(let name, let syntax, let found, let range):
      let missing = syntax.nodes.dropFirst(found).joined(separator: " and ")
      return Diagnostic(
        .error, "missing-node", "'\(name)' lacks its node \(missing)", at: range,
        caption: "a \(syntax.title) has the nodes \(syntax.nodes.joined(separator: " "))",
        notes: [Self.form(syntax)])
    case .missingValue(let name, let syntax, let range):
      let value = syntax.value?.documentation ?? "value"
      return Diagnostic(
        .error, "missing-element-value", "'\(name)' has no \(value)", at: range, caption: "no value",
        notes: [Self.form(syntax)]
      )
    case .missingParameter(let parameter, let name, let syntax, let range):
      return Diagnostic(
        .error, "missing-element-value", "'\(name)' has no \(parameter.name), the \(parameter.documentation)",
        at: range,
        caption: "no \(parameter.name)=", notes: [Self.form(syntax)])
    case .unexpectedWord(let word, let syntax, let range):
      return Diagnostic(
        .error, "unexpected-word", "'\(word)' has no meaning on the card of a \(syntax.title)", at: range,
        caption: "not expected here",
        notes: (word.first?.isNumber == true ? ["decimals have a point, not a comma: 1.5k"] : []) + [Self.form(syntax)])
    case .bareName(let word, let syntax, let range):
      return Diagnostic(
        .error, "not-a-number", "'\(word)' is no number", at: range, caption: "expected a number or {expression}",
        notes: [
          "a parameter stands in braces", Self.form(syntax),
        ],
        fixIts: [FixIt("if '\(word)' is a parameter, write {\(word)}", replacing: range, with: "{\(word)}")])
    case .unknownUnit(let word, let range):
      return Diagnostic(
        .warning, "unknown-unit", "the letters at the end of '\(word)' are ignored, as in ngspice", at: range,
        caption: "neither a scale suffix nor a unit",
        notes: ["scale suffixes are f p n u m mil k meg g t; a unit such as ohm, F, V or s may follow"])
    case .unknownParameter(let name, let owner, let known, let isIgnored, let range):
      var fixIts: [FixIt] = []
      if let near = Suggestion.nearest(to: name, among: known) {
        fixIts.append(FixIt("did you mean '\(near)'?", replacing: range, with: near))
      }
      let list = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
      return Diagnostic(
        isIgnored ? .warning : .error, "unknown-parameter", "a \(owner) has no parameter '\(name)'", at: range,
        caption: isIgnored ? "ignored, as in ngspice and Xyce" : "unknown parameter",
        notes: [list], fixIts: fixIts)
    case .givenTwice(let name, let first, let second):
      return Diagnostic(
        .error, "given-twice", "'\(name)' is given twice", at: second, caption: "given again",
        labels: [Label(first, "first given here")])
    case .missingModel(let name, let syntax, let range):
      return Diagnostic(
        .error, "missing-model", "'\(name)' names no model", at: range, caption: "no model",
        notes: [Self.form(syntax)])
    case .limitedValue(let what):
      return Diagnostic(
        .warning, "limited-value", "\(what) is above the largest value with a meaning, which is taken", at: nil,
        caption: "limited, as in ngspice")
    case .wrongModel(let name, let found, let wanted, let range):
      let kind = found?.model.map { "a model of type \($0.type)" } ?? "a memristor"
      let right = wanted.model.map { "one of type \($0.type)" } ?? "a memristor"
      return Diagnostic(
        .error, "wrong-model", "'\(name)' is \(kind), where \(right) is wanted", at: range,
        caption: "the wrong kind of model", notes: [Self.form(found ?? CompiledDevice.syntax)])
    case .noValue(let value):
      return Diagnostic(
        .warning, "no-value", "neither the element nor its model gives the \(value.documentation): it is 0", at: nil,
        caption: "0 \(value.unit)")
    case .ignoredParameter(let name, let range):
      return Diagnostic(
        .warning, "ignored-parameter", "'\(name)' says nothing about the equations and is ignored, as in ngspice",
        at: range, caption: "a rating or a label")
    case .ignoredDifference(let range):
      return Diagnostic(
        .warning, "ignored-dtemp", "dtemp= is ignored beside temp=, as in ngspice", at: range,
        caption: "the temperature is given already")
    case .runningValue(let owner, let range):
      return Diagnostic(
        .error, "running-value",
        "the values of a \(owner) stand still during a run; a voltage or current may not enter",
        at: range, caption: "changes during a run",
        fixIts: [FixIt("write the element as a B source: B1 a b I=...")])
    case .zeroResistance:
      return Diagnostic(
        .warning, "zero-resistance", "a resistance of 0 ohm is taken as 1 mohm, as in ngspice", at: nil,
        caption: "0 ohm",
        fixIts: [FixIt("for a true short circuit give both nodes one name, or use a V source of 0")])
    }
  }

  private static func form(_ syntax: CardSyntax) -> String {
    "the form is \(syntax.form), for example \(syntax.example)"
  }
}
