internal import CHDF5
internal import Glibc

/// Writes an HDF5 file while the run goes on.
///
/// Points wait until they fill a row of blocks, or a second has passed; the file is whole after every write, so that a
/// run that is killed leaves what it had computed up to then.
final class HDF5Sink: WaveformSink {
  /// The datasets of the analysis at hand.
  private struct Result {
    let group, axis: HDF5_Object
    /// nil where no signal is saved.
    let values: HDF5_Object?
  }

  private let path: String
  private let file: HDF5_Object
  private var result: Result?
  /// How many results there are of each analysis, for the names of their groups.
  private var results: [String: Int] = [:]
  private var shape = BlockShape(signals: 1)
  private var rowsWritten = 0
  private var axis: [Double] = []
  private var values: [Double] = []
  private var clock = FlushClock()
  /// Set after the first failure; nothing is written behind a gap.
  private var failure: SinkFailure?

  init(path: String, attributes: KeyValuePairs<String, String>) throws(SinkFailure) {
    self.path = path
    do throws(HDF5Fault) {
      try HDF5Fault.checkInstallation()
      file = try HDF5Fault.check(HDF5_CreateFile(path))
    } catch {
      throw SinkFailure(path: path, error)
    }
    for (name, text) in attributes { try perform { HDF5_SetText(self.file, name, text) } }
    try perform { HDF5_Flush(self.file) }
  }

  deinit {
    try? write()
    // Closing would write a header that promises what a full disk has refused.
    if failure == nil { HDF5_Close(file) }
  }

  func begin(_ header: PlotHeader) throws(SinkFailure) {
    try write()
    closeResult()
    let number = results[header.analysis, default: 0] + 1
    results[header.analysis] = number
    shape = BlockShape(signals: header.signals.count)
    rowsWritten = 0
    axis.reserveCapacity(shape.rows)
    values.reserveCapacity(shape.rows * header.signals.count)

    let group = try object { HDF5_CreateGroup(file, "\(header.analysis)\(number)") }
    for (name, text) in [
      ("title", header.title), ("plotname", header.plotName), ("analysis", header.analysis), ("axis", header.axis.name),
    ] {
      try perform { HDF5_SetText(group, name, text) }
    }
    let parameters = header.run.parameters
    if !parameters.isEmpty {
      try setTexts("parameters", parameters.map(\.name), of: group)
      let numbers = parameters.map(\.value)
      try perform { HDF5_SetNumbers(group, "values", numbers, UInt64(numbers.count)) }
    }
    let rows = UInt64(shape.rows)
    let axis = try object { HDF5_CreateTable(group, header.axis.name, 1, 1, rows, 1) }
    try perform { HDF5_SetText(axis, "unit", header.axis.kind.unit) }
    var values: HDF5_Object?
    if !header.signals.isEmpty {
      let table = try object {
        HDF5_CreateTable(group, "values", 2, UInt64(header.signals.count), rows, UInt64(shape.columns))
      }
      try setTexts("names", header.signals.map(\.name), of: table)
      try setTexts("units", header.signals.map(\.kind.unit), of: table)
      values = table
    }
    result = Result(group: group, axis: axis, values: values)
    try perform { HDF5_Flush(self.file) }
  }

  func append(_ point: borrowing Span<Double>) throws(SinkFailure) {
    if let failure { throw failure }
    axis.append(point[0])
    point.withUnsafeBufferPointer { values.append(contentsOf: $0.dropFirst()) }
    if (rowsWritten + axis.count).isMultiple(of: shape.rows) || clock.isDue { try write() }
  }

  func finish(_ ending: RunEnding) throws(SinkFailure) {
    try write()
    guard let group = result?.group else { return }
    let words =
      switch ending {
      case .completed: "completed"
      case .interrupted: "interrupted"
      case .failed(let reason): reason.isEmpty ? "failed" : "failed: \(reason)"
      }
    try perform { HDF5_SetText(group, "ending", words) }
    try perform { HDF5_Flush(self.file) }
  }

  /// What waits, into the file.
  private func write() throws(SinkFailure) {
    guard let result, !axis.isEmpty else { return }
    let count = UInt64(axis.count)
    if let table = result.values { try perform { HDF5_Append(table, self.values, count) } }
    try perform { HDF5_Append(result.axis, self.axis, count) }
    rowsWritten += axis.count
    axis.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    try perform { HDF5_Flush(self.file) }
    clock.restart()
  }

  private func closeResult() {
    guard let result else { return }
    for object in [result.values, result.axis, result.group] { if let object { HDF5_Close(object) } }
    self.result = nil
  }

  private func setTexts(_ name: String, _ texts: [String], of object: HDF5_Object) throws(SinkFailure) {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let pointers = copies.map { UnsafePointer($0) }
    try perform { HDF5_SetTexts(object, name, pointers, UInt64(pointers.count)) }
  }

  private func perform(_ call: () -> Int32) throws(SinkFailure) { _ = try object { Int64(call()) } }

  private func object(_ call: () -> HDF5_Object) throws(SinkFailure) -> HDF5_Object {
    if let failure { throw failure }
    do throws(HDF5Fault) { return try HDF5Fault.check(call()) } catch {
      let failure = SinkFailure(path: path, error)
      self.failure = failure
      throw failure
    }
  }
}

/// How a table of points is cut into blocks of some 100 kB: as many rows as fit into a buffer of 8 MB, so that few
/// blocks are read for one signal, but not more than a thousand where there are many signals.
struct BlockShape {
  let rows: Int
  let columns: Int

  private static let numbersPerBlock = 12_800
  private static let numbersPerBuffer = 1 << 20

  init(signals: Int) {
    let signals = max(1, signals)
    rows = max(1, Self.numbersPerBlock / signals, min(1024, Self.numbersPerBuffer / signals))
    let blocks = (signals * rows + Self.numbersPerBlock - 1) / Self.numbersPerBlock
    columns = (signals + blocks - 1) / blocks
  }
}

extension SinkFailure {
  fileprivate init(path: String, _ fault: HDF5Fault) {
    switch fault {
    case .notInstalled: self.init(path: path, reason: "HDF5 is not installed", lacksHDF5: true)
    case .failed(let reason): self.init(path: path, reason: reason)
    }
  }
}
