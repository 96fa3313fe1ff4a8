import Batches
import Foundation
import Testing

/// The file of a batch: what is written is read again, and what cannot be is said.
@Suite struct BatchFileTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID().uuidString).db").path()

  private var identity: BatchIdentity {
    var identity = BatchIdentity()
    identity.files = [("a.cir", "abc")]
    identity.parameters = ["r", "status_2"]
    identity.runCount = 3
    return identity
  }

  private func record(_ run: Int) -> BatchRecord {
    var record = BatchRecord(run: run, status: .completed)
    record.parameters = [0.1 * Double(run), .leastNonzeroMagnitude]
    record.measures = [("tau", 1 / 3 + Double(run)), ("run", 7), ("R", nil)]
    record.spikes = [BatchRecord.Spikes(name: "s", signal: "v(a)", times: [1e-3, 2.5e-3])]
    let wave = (0..<1000).map { sin(0.01 * Double($0)) }
    record.waveforms = [BatchRecord.Waveform(analysis: "tran", signal: "v(a)", unit: "V", values: wave)]
    return record
  }

  @Test func hashesAreThoseOfTheStandard() {
    #expect(identity.hash == "dc1114cd074914bd872cc1f9a23ec910ea2203bc79779ab2e17da25782a624fc")
  }

  @Test func aBatchGoesOn() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = try BatchStore(path: path, identity: identity, beginsAnew: false)
    try store.keep(record(0))
    try store.keep(record(2))
    try store.close()
    let again = try BatchStore(path: path, identity: identity, beginsAnew: false)
    #expect(again.finished == [0, 2])
    try again.keep(record(1))
    #expect(try again.endings().map(\.count) == [3])
    try again.close()
    let anew = try BatchStore(path: path, identity: identity, beginsAnew: true)
    #expect(anew.finished.isEmpty)
    try anew.close()
  }

  @Test func anotherBatchIsRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try BatchStore(path: path, identity: identity, beginsAnew: false).close()
    var other = identity
    other.files[0].text = "abd"
    #expect(throws: BatchError.self) { try BatchStore(path: path, identity: other, beginsAnew: false) }
    try BatchStore(path: path, identity: other, beginsAnew: true).close()
    var shard = other
    shard.shard = (1, 2)
    #expect(throws: BatchError.self) { try BatchStore(path: path, identity: shard, beginsAnew: false) }
  }

  @Test func filesThatCannotBeUsedAreRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: BatchError.cannotOpen(path: "/no/such/folder/a.db")) {
      try BatchStore(path: "/no/such/folder/a.db", identity: identity, beginsAnew: false)
    }
    try "no database at all, but long enough to be taken for one".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: BatchError.notABatch(path: path)) {
      try BatchStore(path: path, identity: identity, beginsAnew: false)
    }
    // Even --new deletes nothing that is not a batch.
    #expect(throws: BatchError.notABatch(path: path)) {
      try BatchStore(path: path, identity: identity, beginsAnew: true)
    }
    try FileManager.default.removeItem(atPath: path)
    let store = try BatchStore(path: path, identity: identity, beginsAnew: false)
    #expect(throws: BatchError.locked(path: path)) {
      try BatchStore(path: path, identity: identity, beginsAnew: false)
    }
    try store.close()
  }

  /// The numbers of runs come in any order on any number of threads, each once.
  @Test(arguments: [1, 3])
  func everyRunIsDoneOnce(jobs: Int) throws {
    var done: [Int] = []
    try BatchRunner.run(
      Array(0..<500), jobs: jobs, isCancelled: { false }, makeWorker: { { BatchRecord(run: $0, status: .completed) } },
      pause: {}
    ) { record throws(BatchError) in done.append(record.run) }
    #expect(done.sorted() == Array(0..<500))
  }

  @Test func anErrorOfTheFileEndsTheBatch() {
    #expect(throws: BatchError.full(path: "x")) {
      try BatchRunner.run(
        Array(0..<100_000), jobs: 2, isCancelled: { false },
        makeWorker: { { BatchRecord(run: $0, status: .completed) } }, pause: {}
      ) { record throws(BatchError) in
        if record.run > 10 { throw .full(path: "x") }
      }
    }
  }
}
