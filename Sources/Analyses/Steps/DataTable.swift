internal import Circuits
internal import Diagnostics
internal import Expressions
internal import Netlists

/// `.data NAME column ... value ... .enddata`: what changes together, a row for each run.
///
/// It takes effect where a line refers to it: `.step data=NAME`, `.dc data=NAME`, `.tran ... sweep data=NAME`.
struct DataTable {
  var name: Located<String>
  /// The heads, each with its values from top to bottom.
  var columns: [(head: Field, values: [Double])]
  private var card: Card

  static func read(_ cards: [Card], scope: ParameterScope, diagnostics: inout DiagnosticBag) -> [DataTable] {
    var tables: [DataTable] = []
    for card in cards where card.keyword.value == "data" {
      guard let table = DataTable(card, scope: scope, diagnostics: &diagnostics) else { continue }
      if let first = tables.first(where: { $0.name.value == table.name.value }) {
        diagnostics.report(.repeatedTable(table.name.range, name: table.name.value, first: first.name.range))
      } else {
        tables.append(table)
      }
    }
    return tables
  }

  /// Nil after a complaint.
  private init?(_ card: Card, scope: ParameterScope, diagnostics: inout DiagnosticBag) {
    self.card = card
    guard let first = card.fields.first, let word = first.name.plain else {
      diagnostics.report(.malformedTable(card.keyword.range, reason: "it needs a name"))
      return nil
    }
    name = Located(word, first.range)
    let fields = card.fields.dropFirst()
    let heads = fields.prefix { SpiceNumber.parseField($0.text.bytes) == nil && !$0.isExpression }
    let cells = fields.dropFirst(heads.count)
    columns = heads.map { ($0, []) }
    guard !heads.isEmpty, !cells.isEmpty, cells.count % heads.count == 0 else {
      let shape = "\(heads.count) names and \(cells.count) numbers make no rows"
      diagnostics.report(.malformedTable(card.text.range, reason: heads.isEmpty ? "it names no column" : shape))
      return nil
    }
    for (index, cell) in cells.enumerated() {
      guard let value = AnalysisRequest.number(cell, scope, &diagnostics) else { return nil }
      columns[index % columns.count].values.append(value)
    }
  }

  /// A line of a plan for every column, joined.
  func lines(
    scope: ParameterScope, elements: Set<String>, at range: SourceRange, diagnostics: inout DiagnosticBag
  ) -> [StepLine] {
    var lines: [StepLine] = []
    for column in columns {
      var head = card
      head.fields = [column.head]
      var reader = StepReader(head, scope: scope, elements: elements, diagnostics: diagnostics)
      let target = reader.target()
      diagnostics = reader.diagnostics
      guard let (name, target) = target else { continue }
      lines.append(
        StepLine(target: target, name: name, values: column.values, range: range, isJoined: !lines.isEmpty))
    }
    return lines
  }
}

extension Card {
  /// The table that the line refers to.
  var dataName: Located<String>? {
    guard keyword.value != "data", let data = assignments.first(where: { $0.name.value == "data" }) else { return nil }
    return Located(data.value.string.lowercased(), data.value.range)
  }
}

extension Field {
  fileprivate var isExpression: Bool {
    if case .expression = kind { return true }
    return false
  }
}
