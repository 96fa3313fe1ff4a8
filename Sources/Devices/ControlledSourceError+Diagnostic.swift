internal import Diagnostics

/// The words of every complaint about an E, F, G or H source.
extension ControlledSourceError {
  private static let polynomialForm = "the form is POLY(n) with n pairs of nodes (E, G) or names (F, H), then p0 p1 ..."
  private static let tableForm = "the form is TABLE {expression} = (x1, y1) (x2, y2) ..."

  var diagnostic: Diagnostic {
    switch self {
    case .missingControl(let name, let control, let wanted, let found, let form, let range):
      let what =
        switch control {
        case .voltage: "\(wanted) node\(wanted == 1 ? "" : "s") to follow"
        case .current: "\(wanted) device\(wanted == 1 ? "" : "s") whose current to follow"
        }
      return Diagnostic(
        .error, "missing-control", "'\(name)' needs \(what), and names \(found)", at: range, caption: "too few names",
        notes: ["the form is \(form.form), for example \(form.example)"])
    case .polynomialDimension(let range):
      return Diagnostic(
        .error, "malformed-poly", "POLY wants the number of its variables in parentheses", at: range,
        caption: "expected POLY(1), POLY(2), ... here", notes: [Self.polynomialForm])
    case .noCoefficients(let name, let range):
      return Diagnostic(
        .error, "malformed-poly", "the polynomial of '\(name)' has no coefficient", at: range,
        caption: "expected p0 p1 ... at the end", notes: [Self.polynomialForm])
    case .tableWithoutExpression(let range):
      return Diagnostic(
        .error, "malformed-table", "TABLE wants an expression in braces behind it", at: range,
        caption: "expected {expression} behind this", notes: [Self.tableForm])
    case .tableWithoutPairs(let count, let range):
      return Diagnostic(
        .error, "malformed-table",
        count % 2 == 0 ? "a table needs at least two points" : "a table is made of pairs, but has \(count) numbers",
        at: range, caption: "the table begins here", notes: [Self.tableForm])
    case .tableDescends(let first, let second):
      return Diagnostic(
        .error, "malformed-table", "the points of a table stand in the order of growing x", at: second,
        caption: "not above the x before it", labels: [Label(first, "the x before")], notes: [Self.tableForm])
    case .refusedForm(let keyword, let range):
      return Diagnostic(
        .error, "refused-form", "\(keyword.uppercased()) is not supported: neuristor's sources are formulas in time",
        at: range, caption: "a description in frequency",
        notes: ["write a transfer function as a circuit of R, L, C and controlled sources, or with ddt() in VALUE={..}"]
      )
    }
  }
}
