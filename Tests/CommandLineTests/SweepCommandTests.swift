import Foundation
import GRDB
import TestSupport
import Testing

/// `sweep`, `results` and `merge` as a shell sees them: nothing is lost, whatever ends a batch.
@Suite struct SweepCommandTests {
  /// A folder of its own with a netlist of runs of a few milliseconds.
  private struct Bench: ~Copyable {
    let folder: URL
    var netlist: String { folder.appending(path: "rc.cir").path() }
    func file(_ name: String) -> String { folder.appending(path: name).path() }

    init(_ extra: String = "") throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "sweep-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let text = """
        low pass
        .param r=1k c=1u
        V1 in 0 PULSE(0 1 0 1n 1n 1)
        R1 in out {gauss(r, 0.1, 3)}
        C1 out 0 {c}
        .tran 10u 20m
        .spikes s v(out) threshold=0.5
        .measure tran tau when v(out)=0.632120558829
        .measure tran late when v(out)=0.99 from=19m
        \(extra)
        .end
        """
      try text.write(toFile: netlist, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  /// All that the runs of a file found, in their order, exactly; times apart.
  private func contents(_ path: String) throws -> [String] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { database in
      #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
      let measures = try Row.fetchAll(database, sql: "SELECT * FROM measures ORDER BY name").map {
        $0["column"] as String
      }
      let parameters = try String.fetchOne(database, sql: "SELECT value FROM batch WHERE name = 'parameters'") ?? ""
      let names = ["run", "status", "message"] + parameters.split(separator: " ").map(String.init) + measures
      let rows = try Row.fetchAll(database, sql: "SELECT * FROM runs ORDER BY run")
      let runs = rows.map { row in names.map { "\(row[$0] as DatabaseValue)" }.joined(separator: " ") }
      let blobs =
        try Row.fetchAll(database, sql: "SELECT run, times AS data FROM spikes ORDER BY run, name, signal")
        + Row.fetchAll(database, sql: "SELECT run, data FROM waveforms ORDER BY run, analysis, signal")
      return runs + blobs.map { "\($0["run"] as Int) \(($0["data"] as Data).base64EncodedString())" }
    }
  }

  private func arguments(_ bench: borrowing Bench, _ output: String, _ more: String...) -> [String] {
    ["sweep", bench.netlist, "--param", "r=1k:3k:100", "--param", "c=1u,2u", "--keep", "v(out)", "--out", output] + more
  }

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func finish(_ arguments: [String]) throws -> Int32 {
    let process = try start(arguments)
    process.waitUntilExit()
    return process.terminationStatus
  }

  @Test func anyNumberOfThreadsFindsTheSameBits() throws {
    let bench = try Bench(".mc 2 seed=4")
    for jobs in ["1", "2", "5"] {
      #expect(try finish(arguments(bench, bench.file("\(jobs).db"), "--jobs", jobs)) == 0)
    }
    let one = try contents(bench.file("1.db"))
    #expect(one.count == 84 + 84 + 168)
    #expect(try contents(bench.file("2.db")) == one)
    #expect(try contents(bench.file("5.db")) == one)
  }

  /// Ended by `kill -9` at twenty moments spread over the batch, and started again each time.
  @Test func aKilledBatchGoesOnAndLosesNothing() throws {
    let bench = try Bench()
    let path = bench.file("killed.db")
    let whole = ContinuousClock.now
    #expect(try finish(arguments(bench, bench.file("whole.db"))) == 0)
    let seconds = whole.duration(to: .now) / .seconds(1)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      let process = try start(arguments(bench, path))
      Thread.sleep(forTimeInterval: Double.random(in: 0.05...1, using: &generator) * seconds)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(try finish(arguments(bench, path)) == 0)
    #expect(try contents(path) == contents(bench.file("whole.db")))
    #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    // Nothing is left to do, and nothing is repeated.
    let before = try Data(contentsOf: URL(filePath: path))
    #expect(try finish(arguments(bench, path)) == 0)
    #expect(try contents(path) == contents(bench.file("whole.db")))
    #expect(before.count == (try Data(contentsOf: URL(filePath: path))).count)
  }

  @Test func anotherNetlistIsRefusedUnlessNew() throws {
    let bench = try Bench()
    let path = bench.file("a.db")
    #expect(try finish(arguments(bench, path)) == 0)
    var text = try String(contentsOfFile: bench.netlist, encoding: .utf8)
    text = text.replacingOccurrences(of: "20m", with: "21m")
    try text.write(toFile: bench.netlist, atomically: true, encoding: .utf8)
    let refused = try Program.run("sweep", bench.netlist, "--param", "r=1k:3k:100", "--out", path)
    #expect(refused.status == 2)
    #expect(refused.complaints.contains("[changed-batch]"))
    #expect(try finish(arguments(bench, path, "--new")) == 0)
  }

  @Test func shardsMakeOneBatch() throws {
    let bench = try Bench()
    #expect(try finish(arguments(bench, bench.file("whole.db"))) == 0)
    for shard in 1...3 {
      #expect(try finish(arguments(bench, bench.file("\(shard).db"), "--shard", "\(shard)/3")) == 0)
    }
    let merged = bench.file("merged.db")
    let first = try Program.run("merge", merged, bench.file("1.db"), bench.file("3.db"))
    #expect(first.output.hasPrefix("28 of 42 runs"))
    let all = try Program.run("merge", merged, bench.file("2.db"), bench.file("3.db"))
    #expect(all.status == 0 && all.output.hasPrefix("42 of 42 runs"))
    #expect(try contents(merged) == contents(bench.file("whole.db")))
    // The joined file is the batch: it has nothing left to do.
    #expect(try finish(arguments(bench, merged)) == 0)
    let other = try Program.run("sweep", bench.netlist, "--param", "r=1k,2k", "--out", bench.file("other.db"))
    #expect(other.status == 0)
    #expect(try Program.run("merge", merged, bench.file("other.db")).status == 2)
  }

  /// As on a full disk, for which a test would need one of its own: `Tests/Clusters/disks.sh` has it.
  @Test func aFileThatMayGrowNoFurtherIsGoneOnWith() throws {
    let bench = try Bench()
    let path = bench.file("limited.db")
    #expect(try finish(arguments(bench, bench.file("whole.db"))) == 0)
    let size = try Data(contentsOf: URL(filePath: bench.file("whole.db"))).count
    let command = arguments(bench, path).map { "'\($0)'" }.joined(separator: " ")
    let limited = try Program.shell("ulimit -f \(size / 2048); exec $neuristor \(command) 2>&1")
    #expect(limited.status == 3)
    #expect(limited.output.contains("[unwritable-batch]"))
    // What was finished before can be looked at, and is not done again.
    let results = try Program.run("results", path)
    #expect(results.status == 0 && results.output.contains(" of 42 runs"))
    #expect(try finish(arguments(bench, path)) == 0)
    #expect(try contents(path) == contents(bench.file("whole.db")))
  }

  @Test func whatAnotherProgramHasOpenIsLeftAlone() throws {
    let bench = try Bench()
    let path = bench.file("a.db")
    #expect(try finish(arguments(bench, path)) == 0)
    let before = try Data(contentsOf: URL(filePath: path))
    let queue = try DatabaseQueue(path: path)
    try queue.inDatabase { database in
      try database.execute(sql: "BEGIN EXCLUSIVE")
      for more in [[], ["--new"]] {
        let refused = try Program.run(arguments(bench, path) + more)
        #expect(refused.status == 3)
        #expect(refused.complaints.contains("[locked-batch]"))
      }
      try database.execute(sql: "COMMIT")
    }
    try queue.close()
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }

  /// Who is root may write into any file; `Tests/Clusters/disks.sh` mounts a file system to read.
  @Test(.enabled(if: geteuid() != 0))
  func aReadOnlyFileIsLeftAlone() throws {
    let bench = try Bench()
    let path = bench.file("a.db")
    #expect(try finish(arguments(bench, path)) == 0)
    let before = try Data(contentsOf: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    let refused = try Program.run(arguments(bench, path, "--new"))
    #expect(refused.status == 3)
    #expect(refused.complaints.contains("[unwritable-batch]"))
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
    #expect(try Program.run("results", path).status == 0)
  }

  @Test func runsThatFailAreRows() throws {
    let bench = try Bench("R2 out 0 {1meg*sqrt(r)}\n.expect tau = 1m reltol=0.5")
    let path = bench.file("a.db")
    #expect(try finish(["sweep", bench.netlist, "--param", "r=1k,-1k,5k", "--out", path]) == 3)
    let results = try Program.run("results", path, "--csv", "-")
    let rows = results.output.split(separator: "\n")
    #expect(rows.count == 4)
    #expect(rows[1].hasPrefix("0,completed,1000.0,"))
    #expect(rows[2].hasPrefix("1,invalid,-1000.0,") && rows[2].contains("[domain-fault]"))
    #expect(rows[3].hasPrefix("2,expectation-failed,5000.0,"))
    let late = try Program.run("sweep", bench.netlist, "--time-limit", "1e-9", "--out", bench.file("b.db"))
    #expect(late.status == 3)
    #expect(late.output.contains("1 time-limit"))
  }

  @Test func resultsAreFilteredAndSorted() throws {
    let bench = try Bench()
    let path = bench.file("a.db")
    #expect(try finish(arguments(bench, path)) == 0)
    let shown = try Program.run("results", path, "--where", "c > 1.5u and s.count == 1", "--sort=-r", "--csv", "-")
    let values = shown.output.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[2] }
    #expect(values.count == 21)
    #expect(values.first == "3000.0" && values.last == "1000.0")
    #expect(try Program.run("results", path, "--where", "tao > 1").status == 2)
    #expect(try Program.run("results", bench.netlist).status == 2)
    let json = try JSONSerialization.jsonObject(with: Data(Program.run("results", path, "--json", "-").output.utf8))
    let columns = (json as? [String: Any])?["columns"] as? [String: [Any]]
    #expect(columns?["tau"]?.count == 42)
  }
}
