internal import Diagnostics
internal import Expressions

/// `X1 a b pot R=10k` where `.subckt pot ...` declares no `R`: in LTspice and Xyce the name means that value inside the
/// instance all the same. A `.param R=` inside gives way to it in Xyce and ngspice.
///
/// Such a line calls a copy of the subcircuit that declares the names. A name that nothing inside mentions stays undeclared, and
/// is reported with the instance.
extension Netlist {
  var declaringOpenParameters: Netlist {
    var plan = OpenParameters(dialect: dialect)
    let lines = plan.redirecting(statements, visible: [:])
    guard !plan.copies.isEmpty else { return self }
    var netlist = self
    netlist.statements = plan.addingCopies(to: lines)
    return netlist
  }
}

private struct OpenParameters {
  /// The copies of one definition: their names and what each declares.
  typealias Copies = [String: [Located<String>]]

  let dialect: Dialect
  /// By where the definition's name stands.
  private(set) var copies: [SourceRange: Copies] = [:]

  init(dialect: Dialect) { self.dialect = dialect }

  /// The statements with instances that call copies.
  mutating func redirecting(_ statements: [Statement], visible outer: [String: Subcircuit]) -> [Statement] {
    let visible = outer.merging(Self.definitions(in: statements)) { $1 }
    return statements.map { redirecting($0, visible) }
  }

  private mutating func redirecting(_ statement: Statement, _ visible: [String: Subcircuit]) -> Statement {
    if case .element(let card) = statement { return .element(redirecting(card, visible)) }
    return statement.mappingBlocks { redirecting($0, visible: visible) }
  }

  private mutating func redirecting(_ card: Card, _ visible: [String: Subcircuit]) -> Card {
    guard card.keyword.value.hasPrefix("x"), !card.assignments.isEmpty,
      let place = card.fields.lastIndex(where: { $0.name.plain != "params:" }),
      let called = card.fields[place].name.plain, let subcircuit = visible[called]
    else { return card }
    let declared = Set(subcircuit.parameters.map(\.name.value) + subcircuit.requiredParameters.map(\.value))
    let open = card.assignments.map(\.name).filter { name in
      !declared.contains(name.value) && name.value != "m" && isOpen(name.value, in: subcircuit)
    }
    if open.isEmpty { return card }
    let name = ([called] + open.map(\.value).sorted()).joined(separator: "#")
    copies[subcircuit.name.range, default: [:]][name] = open
    var card = card
    card.fields[place].name = NameTemplate([.text(name)])
    return card
  }

  /// Whether an instance may give `name` a value, which the subcircuit does not declare.
  private func isOpen(_ name: String, in subcircuit: Subcircuit) -> Bool {
    switch dialect {
    case .ngspice: subcircuit.defines(name)
    case .ltspice: !subcircuit.defines(name) && subcircuit.statements.contains { $0.mentions(name) }
    case .xyce: subcircuit.statements.contains { $0.mentions(name) }
    }
  }

  /// The statements with every copy behind its definition.
  func addingCopies(to statements: [Statement]) -> [Statement] {
    statements.flatMap { statement -> [Statement] in
      let statement = statement.mappingBlocks(addingCopies)
      guard case .subcircuit(let subcircuit) = statement, let copies = copies[subcircuit.name.range] else {
        return [statement]
      }
      return [statement]
        + copies.sorted { $0.key < $1.key }.map { .subcircuit(subcircuit.declaring($0.value, called: $0.key)) }
    }
  }

  private static func definitions(in statements: [Statement]) -> [String: Subcircuit] {
    statements.reduce(into: [:]) { found, statement in
      switch statement {
      case .subcircuit(let subcircuit): found[subcircuit.name.value] = subcircuit
      case .conditional(let conditional):
        for branch in conditional.branches { found.merge(definitions(in: branch.statements)) { $1 } }
      default: break
      }
    }
  }
}

extension Subcircuit {
  /// Whether a `.param` line of it gives `name` a value.
  fileprivate func defines(_ name: String) -> Bool {
    statements.contains { statement in
      if case .parameters(let assignments) = statement { assignments.contains { $0.name.value == name } } else { false }
    }
  }

  fileprivate func declaring(_ names: [Located<String>], called name: String) -> Subcircuit {
    var copy = self
    copy.name = Located(name, self.name.range)
    copy.requiredParameters += names
    let given = Set(names.map(\.value))
    copy.statements = statements.compactMap { statement in
      guard case .parameters(var assignments) = statement else { return statement }
      assignments.removeAll { given.contains($0.name.value) }
      return assignments.isEmpty ? nil : .parameters(assignments)
    }
    return copy
  }
}

extension Statement {
  /// Whether an expression or a word in it says `name`.
  func mentions(_ name: String) -> Bool {
    switch self {
    case .element(let card), .directive(let card):
      card.assignments.contains { $0.expression.names.contains(name) }
        || card.fields.contains { field in
          if case .expression(let expression) = field.kind {
            expression.names.contains(name)
          } else {
            field.name.plain == name
          }
        }
    case .parameters(let assignments):
      assignments.contains { $0.name.value == name || $0.expression.names.contains(name) }
    case .function(let function): function.body.names.contains(name)
    case .model(let model): model.assignments.contains { $0.expression.names.contains(name) }
    case .subcircuit(let inner):
      inner.parameters.contains { $0.expression.names.contains(name) }
        || inner.statements.contains { $0.mentions(name) }
    case .repetition(let repetition): repetition.statements.contains { $0.mentions(name) }
    case .conditional(let conditional):
      conditional.branches.contains { branch in
        branch.condition?.names.contains(name) == true || branch.statements.contains { $0.mentions(name) }
      }
    case .memristor, .global, .script: false
    }
  }
}
