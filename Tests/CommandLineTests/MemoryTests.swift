import Foundation
import Glibc
import TestSupport
import Testing

/// What the program takes of the machine.
@Suite struct MemoryTests {
  /// The most memory of its own that a run of `arguments` holds, kB: pages of files do not count, for how many of a
  /// library's pages are mapped around a fault depends on what the machine has cached. Sampled every millisecond; what
  /// grows with a run is largest at its end.
  private func peak(_ arguments: [String]) throws -> Int {
    var words: [UnsafeMutablePointer<CChar>?] = ([Program.path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    try #require(posix_spawn(&process, Program.path, &actions, nil, &words, environ) == 0)
    var (largest, status) = (0, Int32())
    while waitpid(process, &status, WNOHANG) == 0 {
      largest = max(largest, anonymous(of: process) ?? 0)
      usleep(1000)
    }
    try #require(status == 0)
    return largest
  }

  /// The resident pages of a running process that belong to no file, kB.
  private func anonymous(of process: pid_t) -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RssAnon:") })
    else { return nil }
    return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
  }

  /// Arenas of threads differ from run to run: the least of some runs.
  private func least(of runs: Int, _ arguments: [String]) throws -> Int {
    try (0..<runs).map { _ in try peak(arguments) }.min() ?? 0
  }

  @Test func doesNotGrowWithTheLengthOfARun() throws {
    let cell = Repository.path(of: "Tests/Benchmarks/netlists/w1.cir")
    let short = try least(of: 3, ["run", cell, "--set", "stop=1"])
    let long = try least(of: 3, ["run", cell, "--set", "stop=20"])
    #expect(abs(long - short) < 1024, "1 s takes \(short) kB, 20 s take \(long) kB")
  }

  @Test func doesNotGrowWithThePointsOfAFile() throws {
    let cell = Repository.path(of: "Tests/Benchmarks/netlists/w1.cir")
    let path = NSTemporaryDirectory() + "neuristor-\(UUID().uuidString).h5"
    defer { unlink(path) }
    let short = try least(of: 2, ["run", cell, "--set", "stop=10", "--hdf5", path])
    let long = try least(of: 2, ["run", cell, "--set", "stop=40", "--hdf5", path])
    #expect(long - short < 1024, "100000 points take \(short) kB, 400000 take \(long) kB")
  }

  @Test func doesNotGrowWithTheRunsOfABatch() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "neuristor-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let netlist = folder.appending(path: "rc.cir").path()
    let text = """
      low pass
      .param r=1k
      V1 in 0 PULSE(0 1 0 1n 1n 1)
      R1 in out {r}
      C1 out 0 1u
      .tran 1m 2m
      .spikes s v(out) threshold=0.5
      .end
      """
    try text.write(toFile: netlist, atomically: true, encoding: .utf8)
    func peak(_ runs: Int) throws -> Int {
      let output = folder.appending(path: "\(runs).db").path()
      return try least(
        of: 2, ["sweep", netlist, "--param", "r=lin:1k:2k:\(runs)", "--out", output, "--new", "--quiet"])
    }
    let (few, many) = (try peak(200), try peak(2000))
    #expect(many - few < 1536, "200 runs take \(few) kB, 2000 take \(many) kB")
  }
}
