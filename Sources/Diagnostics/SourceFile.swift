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
    var starts: [UInt32] = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(UInt32(offset + 1))
    }
    lineStarts = starts
  }

  /// Line and column, both from 1, of a byte offset; columns count bytes.
  package func position(of offset: UInt32) -> (line: Int, column: Int) {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, Int(offset - lineStarts[low]) + 1)
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
}
