internal import Foundation
internal import GRDB

/// The SQLite file of a batch, opened to write or to read; `Docs/manual/batches.md` has its tables.
///
/// One program at a time has it open (`locking_mode=EXCLUSIVE`, so that the log needs no shared memory, which network
/// disks lack). Every run is a transaction of its own in the write-ahead log: one that was told finished survives `kill
/// -9`, and a power cut may take the last few, which then run again.
package final class BatchFile {
  package let path: String
  let queue: DatabaseQueue

  /// "neuristor batch", for `file` and for ourselves.
  static let applicationID = 0x6e72_7362

  private init(path: String, queue: DatabaseQueue) {
    self.path = path
    self.queue = queue
  }

  /// Opens a file that is a batch.
  package static func reading(_ path: String) throws(BatchError) -> BatchFile {
    guard FileManager.default.fileExists(atPath: path) else { throw .cannotOpen(path: path) }
    var configuration = Configuration()
    configuration.readonly = !FileManager.default.fileExists(atPath: path + "-wal")
    let file = try open(path, configuration)
    try file.checkKind()
    return file
  }

  /// Opens a file to write into, made where there is none.
  package static func writing(_ path: String) throws(BatchError) -> BatchFile {
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
    }
    let isNew = !FileManager.default.fileExists(atPath: path)
    let file = try open(path, configuration)
    if !isNew { try file.checkKind() }
    return file
  }

  private static func open(_ path: String, _ configuration: Configuration) throws(BatchError) -> BatchFile {
    do {
      return BatchFile(path: path, queue: try DatabaseQueue(path: path, configuration: configuration))
    } catch { throw BatchError(error, path: path) }
  }

  private func checkKind() throws(BatchError) {
    let (identifier, isEmpty) = try read { database in
      (
        try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
      )
    }
    guard isEmpty || identifier == Self.applicationID else { throw .notABatch(path: path) }
  }

  /// Takes the log into the file, so that one file is all there is.
  package func close() throws(BatchError) {
    do {
      if !queue.configuration.readonly {
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      }
      try queue.close()
    } catch { throw BatchError(error, path: path) }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(BatchError) -> Value {
    do { return try queue.read(body) } catch { throw BatchError(error, path: path) }
  }

  func write(_ body: (Database) throws -> Void) throws(BatchError) {
    do { try queue.write(body) } catch { throw BatchError(error, path: path) }
  }
}

extension BatchError {
  /// What SQLite's code means to who started the batch.
  init(_ error: any Error, path: String) {
    guard let error = error as? DatabaseError else {
      self = (error as? BatchError) ?? .failed(path: path, reason: "\(error)")
      return
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_CANTOPEN: self = .cannotOpen(path: path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notABatch(path: path)
    default: self = .failed(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}

extension Array where Element == Double {
  /// Little-endian doubles.
  var littleEndian: Data { withUnsafeBytes { Data($0) } }

  init(littleEndian data: Data) {
    self = data.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
  }
}

extension String {
  /// As SQL quotes names.
  var quotedName: String { "\"" + replacing("\"", with: "\"\"") + "\"" }
}
