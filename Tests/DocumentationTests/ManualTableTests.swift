import Devices
import Expressions
import Foundation
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
