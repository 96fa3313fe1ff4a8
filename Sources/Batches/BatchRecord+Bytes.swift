/// A run as bytes, for the way from one process to another on machines of one kind.
extension BatchRecord {
  package var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.write(UInt64(run))
    writer.write(status.rawValue)
    writer.write([wall, cpu])
    writer.write(message)
    writer.write(parameters)
    writer.write(UInt64(measures.count))
    for (name, value) in measures {
      writer.write(name)
      writer.write(value.map { [$0] } ?? [])
    }
    writer.write(UInt64(spikes.count))
    for train in spikes {
      writer.write(train.name)
      writer.write(train.signal)
      writer.write(train.times)
    }
    writer.write(UInt64(waveforms.count))
    for wave in waveforms {
      for text in [wave.analysis, wave.signal, wave.unit] { writer.write(text) }
      writer.write(wave.values)
    }
    return writer.bytes
  }

  /// Nil where the bytes are no whole run.
  package init?(_ bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    guard let run = reader.number(), let status = reader.text().flatMap(Status.init), let times = reader.doubles(),
      times.count == 2, let message = reader.text(), let parameters = reader.doubles()
    else { return nil }
    self.init(run: run, status: status)
    (wall, cpu) = (times[0], times[1])
    self.message = message
    self.parameters = parameters
    for _ in 0..<(reader.number() ?? 0) {
      guard let name = reader.text(), let value = reader.doubles() else { return nil }
      measures.append((name, value.first))
    }
    for _ in 0..<(reader.number() ?? 0) {
      guard let name = reader.text(), let signal = reader.text(), let times = reader.doubles() else { return nil }
      spikes.append(Spikes(name: name, signal: signal, times: times))
    }
    for _ in 0..<(reader.number() ?? 0) {
      guard let analysis = reader.text(), let signal = reader.text(), let unit = reader.text(),
        let values = reader.doubles()
      else { return nil }
      waveforms.append(Waveform(analysis: analysis, signal: signal, unit: unit, values: values))
    }
    guard reader.isAtEnd else { return nil }
  }
}

private struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: UInt64) { withUnsafeBytes(of: number) { bytes += $0 } }

  mutating func write(_ text: String) {
    write(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func write(_ values: [Double]) {
    write(UInt64(values.count))
    values.withUnsafeBytes { bytes += $0 }
  }
}

private struct ByteReader {
  private let bytes: [UInt8]
  private var place = 0
  private var isBroken = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count && !isBroken }

  /// A count or a run: no larger than there can be.
  mutating func number() -> Int? {
    guard let part = take(8) else { return nil }
    let number = part.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
    guard number <= UInt64(Int32.max) else {
      isBroken = true
      return nil
    }
    return Int(number)
  }

  mutating func text() -> String? {
    guard let count = number(), let part = take(count) else { return nil }
    return String(decoding: part, as: UTF8.self)
  }

  mutating func doubles() -> [Double]? {
    guard let count = number(), let part = take(8 * count) else { return nil }
    return part.withUnsafeBytes { bytes in
      (0..<count).map { bytes.loadUnaligned(fromByteOffset: 8 * $0, as: Double.self) }
    }
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - place else {
      isBroken = true
      return nil
    }
    defer { place += count }
    return bytes[place..<place + count]
  }
}
