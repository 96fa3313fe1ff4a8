internal import Glibc

/// Names one file of a `SourceMap`.
package struct FileID: Hashable, Sendable {
  package var index: Int32

  package init(index: Int32) {
    self.index = index
  }
}

/// One netlist, include file or library text, as read, with its line starts.
package struct SourceFile: Sendable {
  package var name: String
  package var bytes: [UInt8]
  /// Byte offset at which each line begins; never empty.
  package let lineStarts: [UInt32]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    lineStarts = Self.lineStarts(of: bytes)
  }

  private static func lineStarts(of bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      var offset = 0
      // Offsets are 32 bits wide: lines past 4 GiB, which no reader lets in, would count as one.
      while offset < min(buffer.count, Int(UInt32.max)),
        let found = memchr(base + offset, Int32(UInt8(ascii: "\n")), buffer.count - offset)
      {
        offset = UnsafeRawPointer(found) - base + 1
        starts.append(UInt32(clamping: offset))
      }
    }
    return starts
  }

  /// Line and column, both from 1, of a byte offset.
  ///
  /// Columns count Unicode scalars, as editors do, a tab being one; a byte that is not UTF-8 counts at most one.
  package func position(of offset: UInt32) -> (line: Int, column: Int) {
    let offset = min(Int(offset), bytes.count)
    let line = lineNumber(of: offset)
    return (line, characterCount(in: Int(lineStarts[line - 1])..<offset) + 1)
  }

  /// The line, from 1, that holds byte `offset`.
  func lineNumber(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// Bytes of `range` that begin a character, eight at a time: a line may be 100 MB long.
  private func characterCount(in range: Range<Int>) -> Int {
    bytes.withUnsafeBytes { buffer in
      var continuations = 0
      var offset = range.lowerBound
      while offset + 8 <= range.upperBound {
        // A continuation byte has its highest bit set and the next one clear.
        let word = buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        continuations += ((word >> 7) & (~word >> 6) & 0x0101_0101_0101_0101).nonzeroBitCount
        offset += 8
      }
      while offset < range.upperBound {
        if buffer[offset] & 0xC0 == 0x80 { continuations += 1 }
        offset += 1
      }
      return range.count - continuations
    }
  }

  /// The bytes of line `number` (from 1) without its line end.
  package func line(_ number: Int) -> ArraySlice<UInt8> {
    let start = Int(lineStarts[number - 1])
    var end = number < lineStarts.count ? Int(lineStarts[number]) - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return bytes[start..<max(start, end)]
  }
}

/// Every text that one run has read; a `SourceRange` is meaningful beside its map.
package struct SourceMap: Sendable {
  package private(set) var files: [SourceFile] = []

  package init() {}

  package mutating func add(name: String, bytes: [UInt8]) -> FileID {
    files.append(SourceFile(name: name, bytes: bytes))
    return FileID(index: Int32(files.count - 1))
  }

  package subscript(id: FileID) -> SourceFile {
    files[Int(id.index)]
  }

  /// The file of `id`, or nil if `id` is another map's.
  package func file(_ id: FileID) -> SourceFile? {
    files.indices.contains(Int(id.index)) ? files[Int(id.index)] : nil
  }
}
