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
    guard let path else { throw Failure(description: "ngspice is not installed") }
    let scratch = FileManager.default.temporaryDirectory.appending(path: "difftest-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let (netlist, raw, log) = (
      scratch.appending(path: "deck.cir"), scratch.appending(path: "deck.raw"), scratch.appending(path: "deck.log")
    )
    try deck.write(to: netlist, atomically: true, encoding: .utf8)
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = ["-b", "-n", "-r", raw.path, netlist.path]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    let words = String(decoding: try Data(contentsOf: log), as: UTF8.self)
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
