import Foundation
import Neuristor
import TestSupport
import Testing

/// The raw files that neuristor writes, in the hands of other programs.
@Suite struct RawFileReaderTests {
  private static let python = Repository.root.appending(path: ".build/readers/bin/python").path
  private static let hasReaders = FileManager.default.isExecutableFile(atPath: python)

  private static let circuit = "RC\nV1 in 0 PULSE(0 1 0 1u 1u 1 2) ac 1\nR1 in out 1k\nC1 out 0 1u\n"

  /// The file of a capacitor at a source, charging if no other analysis is asked for, and its last voltage.
  private func withRawFile(
    _ analysis: String = ".tran 1m 5m", _ body: (_ path: String, _ last: Double) throws -> Void
  ) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "readers-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "rc.raw").path
    var options = RunOptions()
    options.files = [.raw(path)]
    let result = Simulator().run(Source(Self.circuit + analysis + "\n.end\n", name: "rc.cir"), options: options)
    let waveforms = try #require(result.analyses.first?.waveforms)
    try body(path, try #require((waveforms["v(out)"] ?? waveforms["re(v(out))"])?.last))
  }

  private func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test(.enabled(if: Ngspice.path != nil, "ngspice is not installed; make difftest installs it"))
  func ngspiceLoadsThem() throws {
    try withRawFile { path, last in
      let script = path + ".cir"
      try
        "Loaded\n.control\nset numdgt=12\nload \(path)\nprint v(out)[length(time)-1] length(i(v1))\nquit\n.endc\n.end\n"
        .write(toFile: script, atomically: true, encoding: .utf8)
      let words = try output(of: try #require(Ngspice.path), ["-b", "-n", script])
      let printed = words.split(separator: "\n").first { $0.hasPrefix("v(out)[") }?.split(separator: "=").last
      let value = try #require(printed.flatMap { Double($0.trimmingCharacters(in: .whitespaces)) })
      #expect(abs(value - last) < 1e-9)
    }
  }

  @Test(.enabled(if: hasReaders, "spicelib is not installed; make readers installs it"))
  func spicelibReadsThem() throws {
    try withRawFile { path, last in
      let script = """
        import spicelib
        raw = spicelib.RawRead("\(path)", dialect="ngspice")
        print(",".join(raw.get_trace_names()), repr(float(raw.get_wave("v(out)")[-1])))
        """
      let words = try output(of: Self.python, ["-c", script]).split(separator: "\n").last?.split(separator: " ")
      #expect(words?.first == "time,v(in),v(out),i(v1)")
      #expect(words?.last.flatMap { Double($0) } == last)
    }
  }

  /// PySpice's reader of files takes the names of an axis from ngspice.
  @Test(
    .enabled(if: hasReaders, "PySpice is not installed; make readers installs it"),
    arguments: [
      (".tran 1m 5m", "Transient Analysis", "time"), (".dc V1 0 1 0.25", "DC transfer characteristic", "v(v-sweep)"),
      (".ac dec 5 1 1k", "AC Analysis", "frequency"),
    ])
  func pySpiceReadsThem(analysis: String, plot: String, axis: String) throws {
    try withRawFile(analysis) { path, last in
      let script = """
        from PySpice.Spice.Xyce.RawFile import RawFile
        raw = RawFile(open("\(path)", "rb").read())
        print(raw.plot_name, ",".join(raw.variables), repr(float(raw.variables["v(out)"].data[-1].real)), sep=";")
        """
      let words = try output(of: Self.python, ["-c", script]).split(separator: "\n").last?.split(separator: ";")
      #expect(words?.first.map(String.init) == plot)
      #expect(words?.dropFirst().first.map(String.init) == "\(axis),v(in),v(out),i(v1)")
      #expect(words?.last.flatMap { Double($0) } == last)
    }
  }
}
