internal import Batches
internal import Diagnostics
internal import Expressions
internal import Waveforms
internal import Neuristor

/// The runs that `sweep` has put into an SQLite file.
public struct BatchResults: Sendable {
  private(set) var table: BatchTable
  let path: String
  private let endings: [(word: String, count: Int)]
  /// Runs of the whole batch, those that are not in the file included.
  public let runs: Int

  /// Reads the runs in the file at `path`, their waveforms apart.
  public init(contentsOf path: String) throws(BatchFailure) {
    self.path = path
    do throws(BatchError) {
      let file = try BatchFile.reading(path)
      table = try BatchTable(file)
      endings = try file.endings()
      runs = try file.traits()["runs"].flatMap { Int($0) } ?? table.count
      try file.close()
    } catch { throw BatchFailure(error.diagnostic) }
  }

  /// How many runs there are.
  public var count: Int { table.count }
  /// The names of parameters, measures and accounts.
  public var columnNames: [String] { table.columns.map(\.name) }

  /// Leaves the runs for which an expression over the columns' names, and `run`, is not 0.
  public mutating func filter(by condition: String) throws(BatchFailure) {
    var sources = SourceMap()
    var diagnostics = DiagnosticBag()
    let file = sources.add(name: "--where", bytes: Array(condition.utf8))
    let text = SourceText(file: file, bytes: Array(condition.utf8), origin: 0)
    let expression = Expression.parse(text, diagnostics: &diagnostics)
    if !diagnostics.hasErrors { table = table.filtered(by: expression, diagnostics: &diagnostics) }
    if diagnostics.hasErrors { throw BatchFailure(Report(diagnostics, in: sources)) }
  }

  /// Sorts runs by rising values of a column, or falling ones.
  public mutating func sort(by column: String, falling: Bool) throws(BatchFailure) {
    do throws(BatchError) { table = try table.sorted(by: column, falling: falling) } catch {
      throw BatchFailure(error.diagnostic)
    }
  }

  /// The values of a column, nil where a measure failed.
  public func values(of column: String) throws(BatchFailure) -> [Double?] {
    do throws(BatchError) { return try table.column(named: column).values } catch {
      throw BatchFailure(error.diagnostic)
    }
  }

  /// A row for each run, for people; accounts are left to files, and of the endings those that are not good are told.
  public func text(rows most: Int) -> String {
    let columns = table.columns.filter { $0.kind != .account }
    let isMarked = table.statuses.contains { $0 != "completed" }
    let places =
      table.count <= most ? Array(0..<table.count) : Array(0..<most - 3) + Array(table.count - 3..<table.count)
    var cells = [["run"] + columns.map(\.name) + (isMarked ? [""] : [])]
    var last = -1
    for place in places {
      if place != last + 1 { cells.append(["..."]) }
      last = place
      let values = columns.map { $0.values[place].map { NumberFormat.significant($0, digits: 9) } ?? "-" }
      let status = table.statuses[place]
      cells.append([String(table.runs[place])] + values + (isMarked ? [status == "completed" ? "" : status] : []))
    }
    var text = Tables.aligned(cells, rightAligned: Set(0...columns.count))
    text += table.count < runs ? "\(table.count) of \(runs) runs" : "\(table.count) runs"
    let failed = endings.filter { $0.word != "completed" }.map { "\($0.count) \($0.word)" }
    text += failed.isEmpty ? "\n" : "; of all runs \(failed.joined(separator: ", "))\n"
    return text
  }

  /// A line for each run; numbers in full, empty where there is none.
  public var csv: String {
    var lines = [(["run", "status"] + columnNames + ["message"]).map(Self.quoted).joined(separator: ",")]
    for row in 0..<table.count {
      let values = table.columns.map { $0.values[row].map { "\($0)" } ?? "" }
      let cells = [String(table.runs[row]), table.statuses[row]] + values + [table.messages[row]]
      lines.append(cells.map(Self.quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Columns as arrays of one length, which `pyarrow.table` and `pandas.DataFrame` take as they are.
  public var json: String {
    var columns: [(name: String, value: JSONValue)] = [
      ("run", .array(table.runs.map { .integer($0) })), ("status", .array(table.statuses.map { .string($0) })),
    ]
    for column in table.columns {
      columns.append((column.name, .array(column.values.map { $0.map { .number($0) } ?? .null })))
    }
    columns.append(("message", .array(table.messages.map { .string($0) })))
    let kinds = [BatchTable.Kind.parameter, .measure].map { kind in
      JSONValue.array(table.columns.filter { $0.kind == kind }.map { .string($0.name) })
    }
    return JSONValue.document(
      .object([
        ("runs", .integer(runs)), ("parameters", kinds[0]), ("measures", kinds[1]), ("columns", .object(columns)),
      ]))
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { ",\"\n".utf8.contains($0) }) else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  /// Joins files of one batch; returns how many runs the joined one has, and of how many.
  public static func merge(_ inputs: [String], into output: String) throws(BatchFailure) -> (done: Int, runs: Int) {
    do throws(BatchError) { return try BatchMerge.merge(inputs, into: output) } catch {
      throw BatchFailure(error.diagnostic, isWrongInput: error.isWrongInput)
    }
  }
}

/// Why a batch could not be read, joined or drawn.
public struct BatchFailure: Error, Sendable, CustomStringConvertible {
  /// The complaint as people read it.
  public let description: String
  /// Whether the request was wrong; else a file is at fault.
  public let isWrongInput: Bool

  init(_ diagnostic: Diagnostic, isWrongInput: Bool = true) {
    description = Report.text(of: diagnostic)
    self.isWrongInput = isWrongInput
  }

  init(_ report: Report) {
    description = report.text()
    isWrongInput = true
  }
}
