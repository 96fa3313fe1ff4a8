import Analyses
import Devices
import Expressions
import Foundation
import Netlists
import TestSupport
import Testing

/// The manual's tables are those that the program runs on; `make snapshots` writes them anew.
@Suite(.serialized) struct ManualTableTests {
  @Test func elements() throws {
    let kinds = ElementCatalogue.kinds.sorted { $0.letter < $1.letter }
    var text = "| element | line | parameters |\n|---|---|---|\n"
    for kind in kinds {
      let syntax = kind.syntax
      let parameters = ((syntax.value.map { [$0] } ?? []) + syntax.parameters).map { parameter in
        "`\(parameter.name)`\(parameter.unit.isEmpty ? "" : " (\(parameter.unit))") \(parameter.documentation)"
      }
      text += "| \(syntax.title) | `\(cell(syntax.form))` | \(cell(parameters.joined(separator: "; "))) |\n"
    }
    try check(text, named: "elements", in: "Docs/manual/elements.md")
  }

  @Test func elementModels() throws {
    var text = "| type | line | parameters |\n|---|---|---|\n"
    for kind in ElementCatalogue.kinds.sorted(by: { $0.letter < $1.letter }) {
      guard let model = kind.syntax.model, let type = model.types.first?.uppercased() else { continue }
      let parameters = model.parameters.map { parameter in
        "`\(parameter.name)`\(parameter.unit.isEmpty ? "" : " (\(parameter.unit))") \(parameter.documentation)"
      }
      text += "| \(kind.syntax.title) | `.model NAME \(type)(..)` | \(cell(parameters.joined(separator: "; "))) |\n"
    }
    try check(text, named: "element-models", in: "Docs/manual/elements.md")
  }

  @Test func functions() throws {
    var text = "| function | value | for |\n|---|---|---|\n"
    for function in FunctionTable.functions.sorted(by: { $0.name < $1.name }) {
      let call = "\(function.name)(\(function.parameters.joined(separator: ", ")))"
      text += "| `\(call)` | \(cell(function.documentation)) | \(cell(function.domain ?? "")) |\n"
    }
    try check(text, named: "functions", in: "Docs/manual/expressions.md")
  }

  @Test func constants() throws {
    var text = "| name | value | unit | |\n|---|---|---|---|\n"
    for constant in ConstantTable.constants {
      text += "| `\(constant.spelling)` | \(constant.value) | \(constant.unit) | \(constant.documentation) |\n"
    }
    try check(text, named: "constants", in: "Docs/manual/expressions.md")
  }

  private static let compatibility = "Docs/manual/compatibility.md"

  @Test func directives() throws {
    var text = "| directive | of | here |\n|---|---|---|\n"
    for directive in DirectiveCatalogue.summaries {
      text += "| `.\(directive.name)` | \(directive.origin) | \(cell(directive.treatment)) |\n"
    }
    try check(text, named: "directives", in: Self.compatibility)
  }

  @Test func options() throws {
    var text = "| option | of | meaning |\n|---|---|---|\n"
    for option in OptionCatalogue.obeyed {
      text += "| `\(option.name)` | \(option.isOfNgspice ? "ngspice" : "ours") | \(cell(option.meaning)) |\n"
    }
    try check(text, named: "options-obeyed", in: Self.compatibility)
    var reasons: [String: [String]] = [:]
    for (name, reason) in OptionCatalogue.withoutEffect { reasons[reason, default: []].append(name) }
    text = "| options | because |\n|---|---|\n"
    for (reason, names) in reasons.sorted(by: { $0.key < $1.key }) {
      text += "| \(names.sorted().map { "`\($0)`" }.joined(separator: " ")) | \(cell(reason)) |\n"
    }
    try check(text, named: "options-without-effect", in: Self.compatibility)
  }

  @Test func functionsOfNgspice() throws {
    let known = Set(FunctionTable.functions.map(\.name))
    let missing = Self.functionsOfNgspice.subtracting(known)
    let unread = missing.subtracting(["ddt", "if", "ternary_fcn", "agauss", "gauss", "aunif", "unif", "idt"])
    #expect(unread.isEmpty, "ngspice has functions that are not known here: \(unread.sorted())")
    let words = { (names: Set<String>) in names.sorted().map { "`\($0)`" }.joined(separator: " ") }
    let text =
      "| | |\n|---|---|\n| of ngspice | \(words(Self.functionsOfNgspice)) |\n"
      + "| others | \(words(known.subtracting(Self.functionsOfNgspice))) |\n"
    try check(text, named: "functions-known", in: Self.compatibility)
  }

  /// Of B sources and of parameters, as ngspice 39 reads them; `atan2` and `hypot` stand in its manual alone.
  private static let functionsOfNgspice: Set<String> = [
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "ceil", "cos", "cosh", "exp", "floor", "int",
    "ln",
    "log", "log10", "max", "min", "nint", "pow", "pwl", "pwr", "sgn", "sin", "sinh", "sqr", "sqrt", "tan", "tanh", "u",
    "u2",
    "uramp", "eq0", "ne0", "gt0", "lt0", "ge0", "le0", "arctan", "ternary_fcn", "ddt", "agauss", "gauss",
    "aunif",
    "unif", "limit",
  ]

  private func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

  /// Compares `text` with what stands between `<!-- name -->` and `<!-- /name -->`.
  private func check(_ text: String, named name: String, in page: String) throws {
    let opening = "<!-- \(name) -->\n"
    let closing = "<!-- /\(name) -->"
    var content = try Repository.text(of: page)
    let start = try #require(content.range(of: opening)?.upperBound)
    let end = try #require(content.range(of: closing)?.lowerBound)
    if ProcessInfo.processInfo.environment["NEURISTOR_WRITE_SNAPSHOTS"] != nil {
      content.replaceSubrange(start..<end, with: text)
      try content.write(toFile: Repository.path(of: page), atomically: true, encoding: .utf8)
    } else {
      #expect(content[start..<end] == text, "make snapshots, then review the difference")
    }
  }
}
