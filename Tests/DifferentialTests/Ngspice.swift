import Foundation
import TestSupport
import Waveforms

/// ngspice as a reference, where it is installed.
enum Ngspice {
  /// What one run of it found.
  struct Outcome {
    /// The plots of the raw file, in the order of the file.
    var plots: [WaveformTable]
    /// What it printed.
    var words: String

    /// Whether it could not finish an analysis.
    var hasGivenUp: Bool {
      ["Timestep too small", "simulation(s) aborted", "No convergence"].contains { words.contains($0) }
    }
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  static let path = ["/usr/bin/ngspice", "/usr/local/bin/ngspice"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Runs `deck` in batch mode, within `folder` for the files that it names, and reads the raw file that it writes.
  static func run(_ deck: String, within folder: URL = FileManager.default.temporaryDirectory) throws -> Outcome {
    try withScratch { scratch in
      let raw = scratch.appending(path: "deck.raw")
      let words = try printed(by: deck, in: scratch, within: folder, ["-r", raw.path])
      guard let bytes = try? Data(contentsOf: raw) else {
        throw Failure(description: "ngspice wrote no raw file:\n\(words)")
      }
      do {
        return Outcome(plots: try Rawfile.read([UInt8](bytes), path: raw.path), words: words)
      } catch {
        throw Failure(description: "ngspice's raw file is unreadable (\(error)):\n\(words)")
      }
    }
  }

  /// What `.measure` and `.four` lines ask for, by names and signals; ngspice works it out only where it writes no file.
  static func results(_ deck: String, within folder: URL) throws -> NgspiceResults {
    NgspiceResults(words: try withScratch { try printed(by: deck, in: $0, within: folder, []) })
  }

  private static func withScratch<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "difftest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    return try body(scratch)
  }

  /// What ngspice prints.
  private static func printed(by deck: String, in scratch: URL, within folder: URL, _ options: [String]) throws
    -> String
  {
    guard let path else { throw Failure(description: "ngspice is not installed") }
    let (netlist, log) = (scratch.appending(path: "deck.cir"), scratch.appending(path: "deck.log"))
    try deck.write(to: netlist, atomically: true, encoding: .utf8)
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-b", "-n"] + options + [netlist.path]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return String(decoding: try Data(contentsOf: log), as: UTF8.self)
  }
}
