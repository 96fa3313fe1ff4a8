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

  private let isReader: Bool

  private init(path: String, queue: DatabaseQueue, isReader: Bool) {
    self.path = path
    self.queue = queue
    self.isReader = isReader
  }

  /// Opens a file that is a batch.
  package static func reading(_ path: String) throws(BatchError) -> BatchFile {
    guard FileManager.default.fileExists(atPath: path) else { throw .cannotOpen(path: path) }
    var configuration = Configuration()
    configuration.readonly = !FileManager.default.fileExists(atPath: path + "-wal")
    // What a batch that was broken off has left in its log is read without a file of shared memory beside it, for which a
    // full disk has no room.
    if !configuration.readonly {
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
    }
    let file = try open(path, configuration, isReader: true)
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
    let file = try open(path, configuration, isReader: false)
    if !isNew { try file.checkKind() }
    return file
  }

  private static func open(_ path: String, _ configuration: Configuration, isReader: Bool) throws(BatchError)
    -> BatchFile
  {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      return BatchFile(path: path, queue: queue, isReader: isReader)
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

  /// Takes the log into the file, so that one file is all there is; where there is no room for that, a reader leaves it.
  package func close() throws(BatchError) {
    do {
      if !queue.configuration.readonly {
        do {
          try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
        } catch  where isReader {}
      }
      try queue.close()
    } catch { throw BatchError(error, path: path) }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws(BatchError) -> Value {
    do { return try queue.read(body) } catch { throw BatchError(error, path: path) }
  }

  func write(inTransaction: Bool = true, _ body: (Database) throws -> Void) throws(BatchError) {
    do { try inTransaction ? queue.write(body) : queue.writeWithoutTransaction(body) } catch {
      throw BatchError(error, path: path)
    }
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
    // SQLite's words for a read-only file system depend on what it tried first.
    case .SQLITE_CANTOPEN where !Self.isWritable(path), .SQLITE_IOERR where !Self.isWritable(path):
      self = .readOnly(path: path)
    case .SQLITE_CANTOPEN: self = .cannotOpen(path: path)
    case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .notABatch(path: path)
    default: self = .failed(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }

  /// Whether the file can be written or, where there is none, made; true where its folder is missing, which is another fault.
  private static func isWritable(_ path: String) -> Bool {
    let manager = FileManager.default
    if manager.fileExists(atPath: path) { return manager.isWritableFile(atPath: path) }
    let folder = URL(filePath: path).deletingLastPathComponent().path()
    return !manager.fileExists(atPath: folder) || manager.isWritableFile(atPath: folder)
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
