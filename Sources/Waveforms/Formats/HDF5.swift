internal import CHDF5

/// HDF5: one group per analysis (`/tran1`, `/dc1`), in it the dataset of the axis, named as the axis is (`time`), and
/// `values`, one row per point and one column per signal, with the attributes `names` and `units`.
///
/// Rows are stored in blocks of some 100 kB, shuffled and deflated. The file has the attributes `program` and `netlist`,
/// a group `title`, `analysis`, `axis` and, once it is over, `ending`. Runs of a `.step` are groups of their own, `/tran1`,
/// `/tran2`, ..., with the names in the attribute `parameters` and what they were worth in `values`.
package enum HDF5: OutputFormat {
  package static let name = "hdf5"
  package static let suffixes = ["h5", "hdf5"]
  /// How every file begins.
  static let signature: [UInt8] = [0x89] + "HDF\r\n\u{1a}\n".utf8

  package static func sink(path: String) throws(SinkFailure) -> any WaveformSink {
    try sink(path: path, attributes: [:])
  }

  /// A sink whose file says of itself what `attributes` hold.
  package static func sink(path: String, attributes: KeyValuePairs<String, String>) throws(SinkFailure)
    -> any WaveformSink
  {
    if path == "-" {
      throw SinkFailure(
        path: "standard output", reason: "an HDF5 file is written at many places and cannot go into a pipe; use --csv")
    }
    return try HDF5Sink(path: path, attributes: attributes)
  }

  package static func read(_ bytes: [UInt8], path: String) throws(WaveformFileError) -> [WaveformTable] {
    do throws(HDF5Fault) {
      try HDF5Fault.checkInstallation()
      let file = try HDF5Fault.check(bytes.withUnsafeBytes { HDF5_OpenBytes($0.baseAddress, $0.count) })
      defer { HDF5_Close(file) }
      var tables: [WaveformTable] = []
      for name in try names(in: file) {
        let group = try HDF5Fault.check(HDF5_Open(file, name))
        defer { HDF5_Close(group) }
        tables.append(try table(in: group))
      }
      if tables.isEmpty { throw .failed(reason: "it holds no group") }
      return tables
    } catch {
      switch error {
      case .notInstalled: throw .missingHDF5(path: path)
      case .failed(let reason): throw .unreadableHDF5(path: path, reason: reason)
      }
    }
  }

  private static func names(in group: HDF5_Object) throws(HDF5Fault) -> [String] {
    var names: [String] = []
    var name = [CChar](repeating: 0, count: 256)
    while true {
      let index = UInt64(names.count)
      try HDF5Fault.check(Int64(HDF5_NameInGroup(group, index, &name, name.count)))
      if name[0] == 0 { return names }
      names.append(name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" })
    }
  }

  private static func table(in group: HDF5_Object) throws(HDF5Fault) -> WaveformTable {
    guard let axisName = texts("axis", of: group)?.first else {
      throw .failed(reason: "a group does not name its axis")
    }
    let axis = try HDF5Fault.check(HDF5_Open(group, axisName))
    defer { HDF5_Close(axis) }
    let points = try numbers(in: axis)
    var header = PlotHeader(
      title: texts("title", of: group)?.first ?? "", plotName: texts("plotname", of: group)?.first ?? "",
      analysis: texts("analysis", of: group)?.first ?? "",
      axis: Signal(name: axisName, kind: SignalKind(unit: texts("unit", of: axis)?.first ?? "")), signals: [])
    header.run.parameters = parameters(of: group)
    if try !names(in: group).contains("values") { return WaveformTable(header: header, columns: [points.numbers]) }

    let values = try HDF5Fault.check(HDF5_Open(group, "values"))
    defer { HDF5_Close(values) }
    let rows = try numbers(in: values)
    guard let names = texts("names", of: values), let units = texts("units", of: values), names.count == rows.columns,
      units.count == rows.columns
    else { throw .failed(reason: "its signals have no names or no units") }
    header.signals = Signal.pairing(zip(names, units).map { Signal(name: $0, kind: SignalKind(unit: $1)) })
    // A run that is killed while it writes may leave one longer than the other.
    let count = min(points.rows, rows.rows)
    let columns = (0..<rows.columns).map { column in (0..<count).map { rows.numbers[$0 * rows.columns + column] } }
    return WaveformTable(header: header, columns: [Array(points.numbers.prefix(count))] + columns)
  }

  private static func numbers(
    in table: HDF5_Object
  ) throws(HDF5Fault) -> (numbers: [Double], rows: Int, columns: Int) {
    let shape = HDF5_ShapeOf(table)
    try HDF5Fault.check(Int64(shape.rank))
    let (count, overflow) = Int(clamping: shape.rows).multipliedReportingOverflow(by: Int(clamping: shape.columns))
    guard !overflow, count < Int.max / MemoryLayout<Double>.size else { throw .failed(reason: "it is too large") }
    var numbers = [Double](repeating: 0, count: count)
    if count > 0 { try HDF5Fault.check(Int64(HDF5_Read(table, &numbers))) }
    return (numbers, Int(shape.rows), Int(shape.columns))
  }

  /// What `.step` gave in the run of that group.
  private static func parameters(of group: HDF5_Object) -> [RunPlace.Parameter] {
    guard let names = texts("parameters", of: group), !names.isEmpty else { return [] }
    var values = [Double](repeating: .nan, count: names.count)
    guard HDF5_Numbers(group, "values", &values, UInt64(names.count)) == Int64(names.count) else { return [] }
    return zip(names, values).map { RunPlace.Parameter(name: $0, value: $1) }
  }

  /// The attribute `name`, or nil where it is not there or holds no texts.
  private static func texts(_ name: String, of object: HDF5_Object) -> [String]? {
    var count: UInt64 = 0
    guard let texts = HDF5_Texts(object, name, &count) else { return nil }
    defer { HDF5_FreeTexts(texts, count) }
    return (0..<Int(count)).map { texts[$0].map { String(cString: $0) } ?? "" }
  }
}

/// What HDF5 could not do.
enum HDF5Fault: Error {
  case notInstalled
  /// Finishes the sentence "cannot write 'x': ...".
  case failed(reason: String)

  static func checkInstallation() throws(HDF5Fault) {
    guard HDF5_IsInstalled() != 0 else { throw .notInstalled }
  }

  /// `result`, unless it says that the call failed.
  @discardableResult
  static func check(_ result: Int64) throws(HDF5Fault) -> Int64 {
    guard result >= 0 else { throw .failed(reason: String(cString: HDF5_Reason()).lowercasingFirst) }
    return result
  }
}
