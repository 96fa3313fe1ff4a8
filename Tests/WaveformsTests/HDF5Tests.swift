import CHDF5
import Glibc
import Testing
import Waveforms

/// HDF5 files beside what every format does.
@Suite struct HDF5Tests {
  private static func header(_ analysis: String = "tran", signals: [Signal]) -> PlotHeader {
    PlotHeader(
      title: "RC", plotName: "Transient Analysis", analysis: analysis, axis: Signal(name: "time", kind: .time),
      signals: signals)
  }

  /// The name of a file that is gone when `body` is over.
  private func withPath(_ body: (String) throws -> Void) throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    let path = "\(folder)/neuristor-\(getpid())-\(UInt64.random(in: 0 ... .max)).h5"
    defer { unlink(path) }
    try body(path)
  }

  private static func texts(_ name: String, of object: HDF5_Object) -> [String] {
    var count: UInt64 = 0
    guard let texts = HDF5_Texts(object, name, &count) else { return [] }
    defer { HDF5_FreeTexts(texts, count) }
    return (0..<Int(count)).compactMap { texts[$0].map { String(cString: $0) } }
  }

  private func withFile(_ path: String, _ body: (HDF5_Object) throws -> Void) throws {
    try #require(HDF5_IsInstalled() == 1)
    let size = try #require(fopen(path, "r"))
    fseek(size, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: ftell(size))
    rewind(size)
    #expect(fread(&bytes, 1, bytes.count, size) == bytes.count)
    fclose(size)
    let file = HDF5_OpenBytes(bytes, bytes.count)
    try #require(file >= 0)
    defer { HDF5_Close(file) }
    try body(file)
  }

  @Test func theLayoutIsWhatTheManualSays() throws {
    try withPath { path in
      let signals = [Signal(name: "v(µ)", kind: .voltage), Signal(name: "@n1[x]", kind: .other(unit: "m2/s"))]
      do {
        let sink = try HDF5.sink(path: path, attributes: ["program": "p 1", "netlist": "rc.cir"])
        for analysis in ["tran", "dc", "tran"] {
          try sink.begin(Self.header(analysis, signals: signals))
          try sink.append([0, 1, 2].span)
          try sink.finish(analysis == "dc" ? .failed("no solution") : .completed)
        }
      }
      try withFile(path) { file in
        #expect(Self.texts("program", of: file) == ["p 1"])
        #expect(Self.texts("netlist", of: file) == ["rc.cir"])
        let values = HDF5_Open(file, "tran1/values")
        #expect(Self.texts("names", of: values) == ["v(µ)", "@n1[x]"])
        #expect(Self.texts("units", of: values) == ["V", "m2/s"])
        let shape = HDF5_ShapeOf(values)
        #expect(shape.rank == 2 && shape.rows == 1 && shape.columns == 2)
        #expect(Self.texts("unit", of: HDF5_Open(file, "tran2/time")) == ["s"])
        #expect(Self.texts("ending", of: HDF5_Open(file, "tran2")) == ["completed"])
        #expect(Self.texts("ending", of: HDF5_Open(file, "dc1")) == ["failed: no solution"])
        #expect(HDF5_Open(file, "dc2") < 0)
      }
      let tables = try FormatCatalogue.read(path: path)
      #expect(tables.map(\.header.analysis) == ["tran", "dc", "tran"])
      #expect(tables.map(\.header.title) == ["RC", "RC", "RC"])
      #expect(tables[0].signals[1...] == signals[...])
    }
  }

  /// Names that take more than 64 kB, blocks that do not divide the columns, rows that do not fill a block.
  @Test(arguments: [(0, 5), (1, 30_000), (13, 2500), (20_011, 60)])
  func anyNumberOfSignals(count: Int, points: Int) throws {
    func value(_ point: Int, _ signal: Int) -> Double { Double(point) / 3 - Double(signal) * Double.pi }
    try withPath { path in
      do {
        let sink = try HDF5.sink(path: path)
        try sink.begin(Self.header(signals: (0..<count).map { Signal(name: "v(n\($0))", kind: .voltage) }))
        for point in 0..<points { try sink.append(([Double(point)] + (0..<count).map { value(point, $0) }).span) }
        try sink.finish(.completed)
      }
      let table = try #require(try FormatCatalogue.read(path: path).first)
      #expect(table.count == points)
      #expect(table.columns.count == count + 1)
      #expect(table.columns[0] == (0..<points).map { Double($0) })
      for signal in 0..<count where signal % 997 == 0 || signal == count - 1 {
        #expect(table.signals[signal + 1].name == "v(n\(signal))")
        #expect(table.columns[signal + 1] == (0..<points).map { value($0, signal) })
      }
    }
  }

  @Test func whatWaitsIsWrittenWhenASinkIsLeft() throws {
    try withPath { path in
      do {
        let sink = try HDF5.sink(path: path)
        try sink.begin(Self.header(signals: []))
        for point in 0..<7 { try sink.append([Double(point)].span) }
      }
      #expect(try FormatCatalogue.read(path: path).map(\.count) == [7])
    }
  }

  @Test func failuresSayWhy() {
    func failure(_ path: String) -> SinkFailure? {
      #expect(throws: SinkFailure.self) {
        let sink = try HDF5.sink(path: path)
        try sink.begin(Self.header(signals: [Signal(name: "v(a)", kind: .voltage)]))
        for point in 0..<100_000 { try sink.append([Double(point), 1 / Double(point + 1)].span) }
        try sink.finish(.completed)
      }
    }
    #expect(failure("/nowhere/at/all.h5")?.reason == "no such file or directory")
    #expect(failure("/dev/full")?.reason == "no space left on device")
    #expect(failure("-")?.reason.contains("--csv") == true)
  }

  @Test func damagedFilesAreToldApart() throws {
    let signature: [UInt8] = [0x89] + "HDF\r\n\u{1a}\n".utf8
    let failure = #expect(throws: WaveformFileError.self) {
      try HDF5.read(signature + [UInt8](repeating: 7, count: 1000), path: "x")
    }
    guard case .unreadableHDF5(path: "x", _)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
  }
}
