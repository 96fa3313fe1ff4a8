internal import Foundation
internal import GRDB

/// A batch that is being written: its tables, which runs are finished, and one more run.
package final class BatchStore {
  private let file: BatchFile
  private let identity: BatchIdentity
  /// Columns of the table `runs` that hold measures, by the measure's name.
  private var columns: [String: String] = [:]
  private var names: Set<String>
  private var insertion: (names: [String], sql: String)?
  /// Runs that are in the file.
  package private(set) var finished: Set<Int> = []

  private static let fixedColumns = ["run", "status", "wall", "cpu", "message"]

  /// Opens the batch in the file at `path` to go on with it; a file that holds another batch is refused or, with
  /// `beginsAnew`, deleted.
  package init(path: String, identity: BatchIdentity, beginsAnew: Bool) throws(BatchError) {
    self.identity = identity
    names = Set(Self.fixedColumns + identity.parameters)
    if beginsAnew {
      // Who has it open keeps it.
      if FileManager.default.fileExists(atPath: path) { try BatchFile.writing(path).close() }
      for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }
    file = try BatchFile.writing(path)
    do throws(BatchError) {
      try prepare()
    } catch {
      try? file.close()
      throw error
    }
  }

  private func prepare() throws(BatchError) {
    let isEmpty = try file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") == 0 }
    if isEmpty { return try create() }
    let stored = try file.traits()
    for (trait, asked) in identity.compared where stored[trait] != asked {
      throw .changed(path: file.path, trait: trait, was: stored[trait] ?? "", asked: asked)
    }
    let (finished, columns) = try file.read { database in
      (
        try Set(Int.fetchAll(database, sql: "SELECT run FROM runs")),
        try Row.fetchAll(database, sql: "SELECT name, column FROM measures").map {
          ($0["name"] as String, $0["column"] as String)
        }
      )
    }
    self.finished = finished
    self.columns = Dictionary(columns, uniquingKeysWith: { $1 })
    names.formUnion(columns.map(\.1))
  }

  private func create() throws(BatchError) {
    let identity = identity
    try file.write { database in
      try database.execute(sql: "PRAGMA application_id = \(BatchFile.applicationID)")
      try database.execute(sql: "PRAGMA user_version = 1")
      let parameters = identity.parameters.map { ", \($0.quotedName) REAL" }.joined()
      try database.execute(
        sql: """
          CREATE TABLE batch (name TEXT PRIMARY KEY, value TEXT NOT NULL);
          CREATE TABLE files (number INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL);
          CREATE TABLE measures (name TEXT PRIMARY KEY, "column" TEXT NOT NULL);
          CREATE TABLE runs (run INTEGER PRIMARY KEY, status TEXT NOT NULL, wall REAL NOT NULL, cpu REAL NOT NULL, \
          message TEXT NOT NULL\(parameters));
          CREATE TABLE spikes (run INTEGER NOT NULL, name TEXT NOT NULL, signal TEXT NOT NULL, count INTEGER NOT NULL, \
          times BLOB NOT NULL, PRIMARY KEY (run, name, signal)) WITHOUT ROWID;
          CREATE TABLE waveforms (run INTEGER NOT NULL, analysis TEXT NOT NULL, signal TEXT NOT NULL, \
          unit TEXT NOT NULL, points INTEGER NOT NULL, encoding TEXT NOT NULL, data BLOB NOT NULL, \
          PRIMARY KEY (run, analysis, signal));
          """)
      for (name, value) in identity.compared {
        try database.execute(sql: "INSERT INTO batch VALUES (?, ?)", arguments: [name, value])
      }
      for (number, text) in identity.files.enumerated() {
        try database.execute(sql: "INSERT INTO files VALUES (?, ?, ?)", arguments: [number, text.name, text.text])
      }
    }
  }

  /// Puts a run into the file; it is finished when this returns.
  package func keep(_ record: BatchRecord) throws(BatchError) {
    var added: [(name: String, column: String)] = []
    for (name, _) in record.measures where columns[name] == nil {
      let column = freeName(for: name)
      columns[name] = column
      added.append((name, column))
    }
    let columns = columns
    let parameters = identity.parameters
    // One statement is a transaction by itself.
    let isOne = added.isEmpty && record.spikes.isEmpty && record.waveforms.isEmpty
    try file.write(inTransaction: !isOne) { database in
      for (name, column) in added {
        try database.execute(sql: "ALTER TABLE runs ADD COLUMN \(column.quotedName) REAL")
        try database.execute(sql: "INSERT INTO measures VALUES (?, ?)", arguments: [name, column])
      }
      var values: [(any DatabaseValueConvertible)?] = [
        record.run, record.status.rawValue, record.wall, record.cpu, record.message,
      ]
      for value in record.parameters { values.append(value) }
      var names = Self.fixedColumns + parameters
      for (name, value) in record.measures {
        guard let column = columns[name], !names.contains(column) else { continue }
        names.append(column)
        values.append(value)
      }
      let statement = try database.cachedStatement(sql: insertion(into: names))
      try statement.execute(arguments: StatementArguments(values))
      for train in record.spikes {
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO spikes VALUES (?, ?, ?, ?, ?)").execute(
          arguments: [record.run, train.name, train.signal, train.times.count, train.times.littleEndian])
      }
      for wave in record.waveforms {
        let (encoding, bytes) = Deflate.encode(wave.values)
        try database.cachedStatement(sql: "INSERT OR REPLACE INTO waveforms VALUES (?, ?, ?, ?, ?, ?, ?)").execute(
          arguments: [
            record.run, wave.analysis, wave.signal, wave.unit, wave.values.count, encoding.rawValue, Data(bytes),
          ])
      }
    }
    finished.insert(record.run)
  }

  /// What puts values into these columns of `runs`; most runs find the same measures.
  private func insertion(into names: [String]) -> String {
    if let insertion, insertion.names == names { return insertion.sql }
    let columns = names.map(\.quotedName).joined(separator: ", ")
    let sql = "INSERT INTO runs (\(columns)) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))"
    insertion = (names, sql)
    return sql
  }

  /// The measure's name unless another column has it; SQLite tells no letter case apart.
  private func freeName(for name: String) -> String {
    var column = name
    var number = 2
    while names.contains(where: { $0.lowercased() == column.lowercased() }) {
      column = "\(name)_\(number)"
      number += 1
    }
    names.insert(column)
    return column
  }

  /// How many runs ended how; the endings of which there are none left out.
  package func endings() throws(BatchError) -> [(word: String, count: Int)] { try file.endings() }

  package func close() throws(BatchError) { try file.close() }
}

extension BatchFile {
  /// How many runs ended how, in the order of `BatchRecord.Status`.
  package func endings() throws(BatchError) -> [(word: String, count: Int)] {
    let counts = try read { database in
      try Row.fetchAll(database, sql: "SELECT status, count(*) AS n FROM runs GROUP BY status").map {
        ($0["status"] as String, $0["n"] as Int)
      }
    }
    return BatchRecord.Status.allCases.compactMap { status in
      counts.first { $0.0 == status.rawValue }.map { ($0.0, $0.1) }
    }
  }

  /// What the batch is of, by name.
  package func traits() throws(BatchError) -> [String: String] {
    try read { database in
      guard try database.tableExists("batch"), try database.tableExists("runs") else {
        throw BatchError.notABatch(path: path)
      }
      let rows = try Row.fetchAll(database, sql: "SELECT name, value FROM batch")
      return Dictionary(rows.map { ($0["name"] as String, $0["value"] as String) }, uniquingKeysWith: { $1 })
    }
  }
}
