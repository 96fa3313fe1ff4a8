package import Diagnostics
package import Expressions
internal import GRDB

/// The runs of a batch as a table: a column for each parameter and measure.
package struct BatchTable: Sendable {
  package enum Kind: Sendable {
    case parameter, measure
    /// Wall and processor time.
    case account
  }

  package struct Column: Sendable {
    package var name: String
    package var kind: Kind
    /// One for each run; nil where a measure failed.
    package var values: [Double?]
  }

  package private(set) var runs: [Int] = []
  package private(set) var statuses: [String] = []
  package private(set) var messages: [String] = []
  package private(set) var columns: [Column] = []

  package var count: Int { runs.count }

  /// Every run that the file has, in the order of their numbers.
  package init(_ file: BatchFile) throws(BatchError) {
    let traits = try file.traits()
    let parameters = Set((traits["parameters"] ?? "").split(separator: " ").map(String.init))
    let (measures, rows, names) = try file.read { database in
      let measures = try Row.fetchAll(database, sql: "SELECT name, \"column\" AS place FROM measures").map {
        ($0["place"] as String, $0["name"] as String)
      }
      let statement = try database.makeStatement(sql: "SELECT * FROM runs ORDER BY run")
      return (measures, try Row.fetchAll(statement), statement.columnNames)
    }
    let named = Dictionary(measures, uniquingKeysWith: { $1 })
    for (place, name) in names.enumerated() where !["run", "status", "message"].contains(name) {
      let kind: Kind = parameters.contains(name) ? .parameter : named[name] == nil ? .account : .measure
      columns.append(Column(name: named[name] ?? name, kind: kind, values: rows.map { $0[place] as Double? }))
    }
    // What was varied, what came out, what it cost.
    columns =
      columns.filter { $0.kind == .parameter } + columns.filter { $0.kind == .measure }
      + columns.filter { $0.kind == .account }
    runs = rows.map { $0["run"] }
    statuses = rows.map { $0["status"] }
    messages = rows.map { $0["message"] }
  }

  package func column(named name: String) throws(BatchError) -> Column {
    let wanted = name.lowercased().filter { $0 != " " }
    if let column = columns.first(where: { $0.name.lowercased() == wanted }) { return column }
    throw .unknownColumn(name: name, known: columns.map(\.name))
  }

  /// The rows where `condition` is not 0; one that reads a measure which failed there is left out.
  package func filtered(by condition: Expression, diagnostics: inout DiagnosticBag) -> BatchTable {
    var rows: [Int] = []
    for row in runs.indices {
      let scope = RowScope(table: self, row: row)
      let isKnown = condition.names.allSatisfy { name in
        columns.first { $0.name.lowercased() == name }?.values[row] != nil || scope.value(of: name) != nil
          || !scope.names.contains(name)
      }
      guard isKnown else { continue }
      guard let value = condition.constant(in: scope, diagnostics: &diagnostics) else { return picked([]) }
      if value != 0 { rows.append(row) }
    }
    return picked(rows)
  }

  /// The rows by rising values of a column, or falling ones; where there is no value last.
  package func sorted(by name: String, falling: Bool) throws(BatchError) -> BatchTable {
    let values = try column(named: name).values
    let order = runs.indices.sorted { left, right in
      guard let a = values[left], let b = values[right] else {
        return values[left] != nil || (values[right] == nil && left < right)
      }
      return a == b ? left < right : falling ? a > b : a < b
    }
    return picked(order)
  }

  private func picked(_ rows: [Int]) -> BatchTable {
    var table = self
    table.runs = rows.map { runs[$0] }
    table.statuses = rows.map { statuses[$0] }
    table.messages = rows.map { messages[$0] }
    for index in columns.indices { table.columns[index].values = rows.map { columns[index].values[$0] } }
    return table
  }

  /// A row's values by the names of their columns, and `run`.
  private struct RowScope: ConstantScope {
    let table: BatchTable
    let row: Int

    var names: [String] { ["run"] + table.columns.map { $0.name.lowercased() } }
    func function(_ name: String) -> FunctionDefinition? { nil }

    func value(of name: String) -> Double? {
      if name == "run" { return Double(table.runs[row]) }
      return table.columns.first { $0.name.lowercased() == name }?.values[row]
    }
  }
}
