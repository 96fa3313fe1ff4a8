internal import Diagnostics
internal import Netlists

/// A directive's card, with the names in it taken apart once.
final class DirectivePlan {
  /// What stands before `=` in `.ic` and `.nodeset`.
  enum Target {
    /// `v(c{k})`: the node.
    case node(NameTemplate)
    /// What has to be read anew when it is filled in: `@n{k}[x]`.
    case text(NameTemplate)
  }

  let card: Card
  private var targets: [Target]?

  init(_ card: Card) {
    self.card = card
  }

  /// One per assignment of the card.
  func targets(diagnostics: inout DiagnosticBag) -> [Target] {
    if let targets { return targets }
    let made = card.assignments.map { assignment in
      Self.target(of: NameTemplate(written: assignment.name, diagnostics: &diagnostics))
    }
    targets = made
    return made
  }

  private static func target(of name: NameTemplate) -> Target {
    var parts = name.parts.map { part in
      if case .text(let text) = part { NameTemplate.Part.text(text.filter { $0 != " " && $0 != "\t" }) } else { part }
    }
    let filled = NameTemplate(parts)
    let hasComma = parts.contains { if case .text(let text) = $0 { text.contains(",") } else { false } }
    guard !hasComma, case .text(let first)? = parts.first, first.hasPrefix("v(") else { return .text(filled) }
    parts[0] = .text(String(first.dropFirst(2)))
    guard case .text(let last)? = parts.last, last.hasSuffix(")") else { return .text(filled) }
    parts[parts.count - 1] = .text(String(last.dropLast()))
    parts.removeAll { if case .text("") = $0 { true } else { false } }
    return parts.isEmpty ? .text(filled) : .node(NameTemplate(parts))
  }
}

extension NameTemplate {
  /// A name as written, its placeholders parsed where it has any.
  init(written name: Located<String>, diagnostics: inout DiagnosticBag) {
    if name.value.utf8.contains(UInt8(ascii: "{")) {
      self.init(parsing: name.value, at: name.range, diagnostics: &diagnostics)
    } else {
      self.init([.text(name.value)])
    }
  }
}
