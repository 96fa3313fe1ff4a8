internal import Diagnostics

/// The words of every complaint about a B source.
extension BehaviouralSourceError {
  var diagnostic: Diagnostic {
    switch self {
    case .noEquation(let name, let range):
      return Diagnostic(
        .error, "missing-equation", "'\(name)' has neither I= nor V=", at: range, caption: "no equation",
        notes: ["the form is Bxxx n+ n- I=expression or V=expression, for example B1 0 a I=2*v(b)"])
    case .twoEquations(let first, let second):
      return Diagnostic(
        .error, "two-equations", "a B source gives its current or its voltage, not both", at: second,
        caption: "a second equation", labels: [Label(first, "the first")])
    case .operandsSideBySide(let first, let second):
      return Diagnostic(
        .error, "missing-operator", "two operands stand side by side", at: second,
        caption: "expected an operator before this", labels: [Label(first, "the expression ends here")],
        notes: ["a leading + on a line continues the line before it and is no sign; write it at the end of that line"])
    case .pattern(let name, let range):
      return Diagnostic(
        .error, "pattern-not-allowed", "'\(name)' is a pattern; here one node or device is meant", at: range,
        caption: "names many")
    }
  }
}
