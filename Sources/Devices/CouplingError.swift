internal import Diagnostics

/// What can be wrong with the card of an inductor coupling.
enum CouplingError {
  case missingCoil(name: String, found: Int, syntax: CardSyntax, range: SourceRange)

  func report(to diagnostics: inout DiagnosticBag) {
    switch self {
    case .missingCoil(let name, let found, let syntax, let range):
      diagnostics.report(
        Diagnostic(
          .error, "missing-coil", "'\(name)' couples \(found == 0 ? "no inductor" : "one inductor")", at: range,
          caption: "a coupling names two inductors or more",
          notes: ["the form is \(syntax.form), for example \(syntax.example)"]))
    }
  }
}
