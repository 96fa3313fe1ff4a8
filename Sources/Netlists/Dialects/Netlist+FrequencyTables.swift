internal import Diagnostics
internal import Expressions

/// `.ac data=NAME`, `.noise v(a) V1 data=NAME` of Xyce, whose `.data` table has a column `freq`: a run for each row, at its
/// frequency.
///
/// The frequency becomes a parameter that the table steps with its other columns, and the line one point of it.
extension Netlist {
  var withFrequencyTables: Netlist {
    var named: [String] = []
    let statements = statements.map { statement -> Statement in
      guard case .directive(var card) = statement, ["ac", "noise"].contains(card.keyword.value),
        let place = card.assignments.firstIndex(where: { $0.name.value == "data" })
      else { return statement }
      let table = card.assignments.remove(at: place)
      let name = table.value.string.lowercased()
      guard let head = head(ofTable: name) else { return statement }
      if !named.contains(name) { named.append(name) }
      let range = head.range
      func field(_ text: String) -> Field {
        let source = SourceText(file: range.file, bytes: Array(text.utf8), origin: range.start)
        return Field(kind: .word, text: source, name: NameTemplate([.text(text)]))
      }
      var frequency = field(Self.frequency)
      frequency.kind = .expression(.name(Self.frequency, range))
      card.fields += [field("lin"), field("1"), frequency, frequency]
      return .directive(card)
    }
    guard !named.isEmpty else { return self }
    var result = self
    result.statements = statements.map { $0.namingFrequency(Self.frequency, inTables: named) }
    for name in named {
      guard let card = tables.first(where: { $0.fields.first?.name.plain == name }), let head = head(ofTable: name)
      else { continue }
      let range = card.keyword.range
      let text = SourceText(file: range.file, bytes: Array(name.utf8), origin: range.start)
      result.statements += [
        .parameters([
          Assignment(name: Located(Self.frequency, head.range), value: head.text, expression: .number(1, head.range))
        ]),
        .directive(
          Card(
            keyword: Located("step", range), name: NameTemplate([.text("step")]), fields: [],
            assignments: [
              Assignment(name: Located("data", range), value: text, expression: .name(name, range))
            ], text: card.text)),
      ]
    }
    return result
  }

  /// What nobody can write.
  private static let frequency = "frequency#"

  private var tables: [Card] {
    statements.compactMap { if case .directive(let card) = $0, card.keyword.value == "data" { card } else { nil } }
  }

  /// The head of the column of frequencies; nil where the table has none.
  private func head(ofTable name: String) -> Field? {
    tables.first { $0.fields.first?.name.plain == name }?.fields.dropFirst().first { $0.isFrequency }
  }
}

extension Field {
  fileprivate var isFrequency: Bool { ["freq", "hertz"].contains(name.plain) }
}

extension Statement {
  fileprivate func namingFrequency(_ name: String, inTables tables: [String]) -> Statement {
    guard case .directive(var card) = self, card.keyword.value == "data",
      let table = card.fields.first?.name.plain, tables.contains(table)
    else { return self }
    for index in card.fields.indices where card.fields[index].isFrequency {
      card.fields[index].name = NameTemplate([.text(name)])
    }
    return .directive(card)
  }
}
