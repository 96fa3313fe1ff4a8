extension Rawfile {
  package static func read(_ bytes: [UInt8], path: String) throws(WaveformFileError) -> [WaveformTable] {
    var reader = RawfileReader(bytes: bytes, path: path)
    var tables: [WaveformTable] = []
    while let table = try reader.next() { tables.append(table) }
    if tables.isEmpty { throw .missingHeader(path: path, "Title:") }
    return tables
  }
}

/// Goes through the results of a raw file, binary or ASCII.
private struct RawfileReader {
  let bytes: [UInt8]
  let path: String
  var offset = 0
  /// Whether the variables' lines tell a logarithmic axis.
  var isLogarithmic = false

  /// The next line without its end, or nil at the end of the file.
  private mutating func line() -> String? {
    guard offset < bytes.count else { return nil }
    let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    defer { offset = min(bytes.count, end + 1) }
    let text = bytes[offset..<end]
    return String(decoding: text.last == UInt8(ascii: "\r") ? text.dropLast() : text, as: UTF8.self)
  }

  mutating func next() throws(WaveformFileError) -> WaveformTable? {
    var header = PlotHeader(title: "", plotName: "", axis: Signal(name: "", kind: .time), signals: [])
    var variables: Int?
    var points: Int?
    var signals: [Signal] = []
    var isComplex = false
    var isFirst = true
    while let line = line() {
      if isFirst, line.allSatisfy({ $0 == " " }) { continue }
      isFirst = false
      let (key, value) = Self.split(line)
      switch key {
      case "title": header.title = value
      case "plotname": header.plotName = value
      case "flags": if value.lowercased().contains("complex") { isComplex = true }
      case "no. variables": variables = Int(value)
      case "no. points": points = Int(value)
      case "variables": signals = try readVariables(variables, first: value)
      case "binary", "values":
        guard let variables, variables > 0 else { throw .missingHeader(path: path, "No. Variables:") }
        guard let points, points >= 0 else { throw .missingHeader(path: path, "No. Points:") }
        guard signals.count == variables else { throw .missingHeader(path: path, "Variables:") }
        header.run = RunPlace(takenFrom: &header.title)
        let width = isComplex ? 2 * variables : variables
        var columns = key == "binary" ? binary(width, points) : try ascii(variables, points, isComplex: isComplex)
        if isComplex { (signals, columns) = Self.unfolded(signals, columns) }
        header.axis = signals[0]
        header.signals = Array(signals.dropFirst())
        header.isLogarithmic = isLogarithmic
        return WaveformTable(header: header, columns: columns)
      default: break
      }
    }
    if isFirst { return nil }
    throw header.title.isEmpty && variables == nil
      ? .missingHeader(path: path, "Title:") : .truncated(path: path)
  }

  private mutating func readVariables(_ count: Int?, first: String) throws(WaveformFileError) -> [Signal] {
    guard let count, count > 0 else { throw .missingHeader(path: path, "No. Variables:") }
    guard count <= bytes.count else { throw .truncated(path: path) }
    var signals: [Signal] = []
    isLogarithmic = false
    var pending = first.isEmpty ? nil : Optional(first)
    while signals.count < count {
      guard let text = pending ?? line() else { throw .truncated(path: path) }
      pending = nil
      let words = text.split { $0 == "\t" || $0 == " " }
      guard words.count >= 3 else { throw .truncated(path: path) }
      if signals.isEmpty { isLogarithmic = words.dropFirst(3).contains("grid=3") }
      let name = signals.isEmpty ? Rawfile.axisName(from: String(words[1])) : String(words[1])
      signals.append(Signal(name: name, kind: Rawfile.kind(ofTypeWord: String(words[2]))))
    }
    return signals
  }

  /// Points as far as the file holds them whole: a copy may be cut off, and a run that was killed may have written
  /// more than it had counted.
  private mutating func binary(_ variables: Int, _ points: Int) -> [[Double]] {
    let width = variables * MemoryLayout<Double>.size
    let available = (bytes.count - offset) / width
    let behind = offset + min(points, available) * width
    let isCounted = behind == bytes.count || bytes[behind...].starts(with: "Title:".utf8)
    let count = isCounted ? min(points, available) : available
    defer { offset = isCounted ? behind : bytes.count }
    var columns = [[Double]](repeating: [], count: variables)
    for column in columns.indices { columns[column].reserveCapacity(count) }
    bytes.withUnsafeBytes { raw in
      for point in 0..<count {
        for column in 0..<variables {
          let place = offset + point * width + column * MemoryLayout<Double>.size
          columns[column].append(raw.loadUnaligned(fromByteOffset: place, as: Double.self))
        }
      }
    }
    return columns
  }

  private mutating func ascii(
    _ variables: Int, _ points: Int, isComplex: Bool
  ) throws(WaveformFileError) -> [[Double]] {
    let width = isComplex ? 2 : 1
    var columns = [[Double]](repeating: [], count: width * variables)
    for _ in 0..<points {
      for column in 0..<variables {
        var text = line()
        while let blank = text, blank.allSatisfy({ $0 == " " || $0 == "\t" }) { text = line() }
        let word = text?.split(whereSeparator: { $0 == "\t" || $0 == " " }).last ?? ""
        let values = word.split(separator: ",").compactMap { Double(String($0)) }
        guard values.count == width else { return columns.map { Array($0.prefix(columns[columns.count - 1].count)) } }
        for part in 0..<width { columns[width * column + part].append(values[part]) }
      }
    }
    return columns
  }

  /// Pairs of columns as complex signals; the axis, and whatever has no unit and no imaginary part, is real.
  private static func unfolded(_ signals: [Signal], _ columns: [[Double]]) -> ([Signal], [[Double]]) {
    var result: (signals: [Signal], columns: [[Double]]) = ([], [])
    for (index, signal) in signals.enumerated() {
      let (real, imaginary) = (columns[2 * index], columns[2 * index + 1])
      let isReal = index == 0 || (signal.kind == .other(unit: "") && imaginary.allSatisfy { $0 == 0 })
      result.signals += isReal ? [signal] : Signal.complexPair(signal)
      result.columns += isReal ? [real] : [real, imaginary]
    }
    return result
  }

  /// `No. Points: 211` as key in lower case and value.
  private static func split(_ line: String) -> (String, String) {
    guard let colon = line.firstIndex(of: ":") else { return ("", "") }
    func trimmed(_ text: Substring) -> Substring {
      let text = text.drop { $0 == " " || $0 == "\t" }
      guard let last = text.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
      return text[...last]
    }
    return (trimmed(line[..<colon]).lowercased(), String(trimmed(line[line.index(after: colon)...])))
  }
}
