internal import Glibc

/// The binary raw file of Spice3 as ngspice writes and loads it: a header of text lines, then doubles, all variables of
/// a point side by side. Several results stand one behind the other.
package enum Rawfile: OutputFormat {
  package static let name = "raw"
  package static let suffixes = ["raw"]

  package static func sink(path: String) throws(SinkFailure) -> any WaveformSink {
    try RawfileSink(path: path)
  }

  /// ngspice's type word; readers choose units by it. Types it does not know are read as `notype`.
  package static func typeWord(_ kind: SignalKind) -> String {
    switch kind {
    case .time: "time"
    case .voltage: "voltage"
    case .current: "current"
    case .power: "power"
    case .frequency: "frequency"
    case .temperature: "temperature"
    case .other("V/sqrt(Hz)"): "voltage-density"
    case .other("A/sqrt(Hz)"): "current-density"
    case .other: "notype"
    }
  }

  /// A sweep's axis as ngspice writes it: a voltage or current in the manner of the others, `v(v-sweep)`.
  static func axisName(_ axis: Signal) -> String {
    switch axis.kind {
    case .voltage where !axis.name.contains("("): "v(\(axis.name))"
    case .current where !axis.name.contains("("): "i(\(axis.name))"
    default: axis.signalName
    }
  }

  /// The name that `axisName` has wrapped.
  static func axisName(from name: String) -> String {
    guard ["v(", "i("].contains(where: name.hasPrefix), name.hasSuffix("-sweep)") else { return name }
    return String(name.dropFirst(2).dropLast())
  }

  static func kind(ofTypeWord word: String) -> SignalKind {
    switch word {
    case "time": .time
    case "voltage": .voltage
    case "current": .current
    case "power": .power
    case "frequency": .frequency
    case "temperature", "temp-sweep": .temperature
    case "voltage-density": .other(unit: "V/sqrt(Hz)")
    case "current-density": .other(unit: "A/sqrt(Hz)")
    default: .other(unit: "")
    }
  }
}

/// Writes a raw file while the run goes on.
///
/// The number of points stands in the header and is put right at every flush, after the points themselves, so that the
/// file is whole at any moment.
final class RawfileSink: WaveformSink {
  private let file: FileWriter
  private var countOffset = 0
  private var points = 0
  /// Whether every variable is written as a complex number, and which columns are real parts with the imaginary one behind.
  private var isComplex = false
  private var variables: [(column: Int, isPair: Bool)] = []

  /// Wide enough for any count; ngspice pads it likewise.
  private static let countWidth = 12

  init(path: String) throws(SinkFailure) {
    file = try FileWriter(creating: path)
    guard file.isSeekable else {
      throw SinkFailure(
        path: file.path,
        reason: "a raw file tells its number of points at its beginning and cannot be written to a pipe; use --csv")
    }
  }

  func begin(_ header: PlotHeader) throws(SinkFailure) {
    points = 0
    let columns = [header.axis] + header.signals
    isComplex = columns.contains { $0.half != nil }
    variables = columns.enumerated().filter { $1.half?.part != .imaginary }.map { ($0, $1.half != nil) }
    try file.write(
      """
      Title: \(Self.oneLine(header.run.titled(header.title)))
      Date: \(Self.date())
      Plotname: \(Self.oneLine(header.plotName))
      Flags: \(isComplex ? "complex" : "real")
      No. Variables: \(variables.count)
      No. Points:\u{20}
      """)
    countOffset = file.length
    try file.write(Self.padded(0) + "\nVariables:\n")
    for (index, variable) in variables.enumerated() {
      let signal = columns[variable.column]
      let name = index == 0 ? Rawfile.axisName(signal) : signal.signalName
      // ngspice's word for an axis of decades or octaves.
      let grid = index == 0 && header.isLogarithmic ? "\tgrid=3" : ""
      try file.write("\t\(index)\t\(Self.oneLine(name))\t\(Rawfile.typeWord(signal.kind))\(grid)\n")
    }
    try file.write("Binary:\n")
    try file.flush()
  }

  func append(_ point: borrowing Span<Double>) throws(SinkFailure) {
    if isComplex {
      var numbers: [Double] = []
      for (column, isPair) in variables { numbers += [point[column], isPair ? point[column + 1] : 0] }
      try file.write(numbers.span)
    } else {
      try file.write(point)
    }
    points += 1
    if file.isFlushDue { try patch() }
  }

  func finish(_ ending: RunEnding) throws(SinkFailure) { try patch() }

  private func patch() throws(SinkFailure) {
    try file.flush()
    try file.overwrite(Self.padded(points), at: countOffset)
  }

  private static func padded(_ count: Int) -> String {
    let digits = String(count)
    return digits + String(repeating: " ", count: max(0, countWidth - digits.utf8.count))
  }

  /// A header line ends at its line end, so none may stand in a title.
  static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 32 ? " " : $0 }))
  }

  /// As ngspice dates its files: `Tue Nov 24 16:13:36 2026`.
  static func date() -> String {
    var now = Glibc.time(nil)
    var local = tm()
    localtime_r(&now, &local)
    var text = [CChar](repeating: 0, count: 64)
    let length = strftime(&text, text.count, "%a %b %e %H:%M:%S %Y", &local)
    return String(decoding: text[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
