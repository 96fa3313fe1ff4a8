internal import Foundation
internal import GRDB

/// Files of one batch joined into one.
package enum BatchMerge {
  /// Puts the runs of `inputs` into `output`, which may hold some already; returns how many it has then, and of how many.
  /// A run that two files have counts once: both found the same.
  package static func merge(_ inputs: [String], into output: String) throws(BatchError) -> (done: Int, runs: Int) {
    var reference: (path: String, traits: [String: String])?
    if FileManager.default.fileExists(atPath: output) {
      let file = try BatchFile.reading(output)
      reference = (output, try file.traits())
      try file.close()
    }
    for input in inputs {
      let file = try BatchFile.reading(input)
      let traits = try file.traits()
      try file.close()
      if let reference {
        for trait in traits.keys.sorted() where trait != "shard" && reference.traits[trait] != traits[trait] {
          throw .unlike(path: input, other: reference.path, trait: trait)
        }
      }
      reference = reference ?? (input, traits)
    }
    let file = try BatchFile.writing(output)
    for input in inputs { try file.take(input) }
    let done = try file.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM runs") ?? 0 }
    let runs = reference?.traits["runs"].flatMap { Int($0) } ?? done
    try file.close()
    return (done, runs)
  }
}

extension BatchFile {
  /// Takes over the runs of another file, all or none.
  fileprivate func take(_ input: String) throws(BatchError) {
    do {
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "ATTACH DATABASE ? AS input", arguments: [input])
        defer { try? database.execute(sql: "DETACH DATABASE input") }
        try database.inTransaction {
          try Self.take(database)
          return .commit
        }
      }
    } catch { throw BatchError(error, path: path) }
  }

  private static func take(_ database: Database) throws {
    let isEmpty = try Int.fetchOne(database, sql: "SELECT count(*) FROM main.sqlite_schema") == 0
    if isEmpty {
      try database.execute(sql: "PRAGMA main.application_id = \(applicationID)")
      try database.execute(sql: "PRAGMA main.user_version = 1")
      for table in try Row.fetchAll(database, sql: "SELECT sql FROM input.sqlite_schema WHERE type = 'table'") {
        let text: String? = table["sql"]
        if let text { try database.execute(sql: text) }
      }
      try database.execute(
        sql: """
          INSERT INTO main.batch SELECT * FROM input.batch;
          UPDATE main.batch SET value = '1/1' WHERE name = 'shard';
          INSERT INTO main.files SELECT * FROM input.files;
          INSERT INTO main.measures SELECT * FROM input.measures;
          """)
    }
    let there = try columns(of: "main", database)
    let measures = try Row.fetchAll(database, sql: "SELECT name, \"column\" AS place FROM input.measures").map {
      ($0["name"] as String, $0["place"] as String)
    }
    for (name, column) in measures where !there.contains(column) {
      try database.execute(sql: "ALTER TABLE main.runs ADD COLUMN \(column.quotedName) REAL")
      try database.execute(sql: "INSERT OR IGNORE INTO main.measures VALUES (?, ?)", arguments: [name, column])
    }
    let names = try columns(of: "input", database).map(\.quotedName).joined(separator: ", ")
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO main.spikes SELECT * FROM input.spikes;
        INSERT OR IGNORE INTO main.waveforms SELECT * FROM input.waveforms;
        INSERT OR IGNORE INTO main.runs (\(names)) SELECT \(names) FROM input.runs;
        """)
  }

  private static func columns(of schema: String, _ database: Database) throws -> [String] {
    try Row.fetchAll(database, sql: "PRAGMA \(schema).table_info(runs)").map { $0["name"] as String }
  }
}
