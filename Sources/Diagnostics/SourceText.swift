/// Text joined from pieces of a file (a line and its `+` continuations) in which every byte remembers its origin.
package struct SourceText: Sendable {
  /// One contiguous piece: `bytes[offset...]` came from `origin` of `file`.
  package struct Piece: Sendable {
    package var offset: Int
    package var origin: UInt32

    package init(offset: Int, origin: UInt32) {
      self.offset = offset
      self.origin = origin
    }
  }

  package var file: FileID
  package private(set) var bytes: [UInt8]
  package private(set) var pieces: [Piece]

  package init(file: FileID) {
    self.file = file
    bytes = []
    pieces = []
  }

  package init(file: FileID, bytes: [UInt8], origin: UInt32) {
    self.file = file
    self.bytes = bytes
    pieces = [Piece(offset: 0, origin: origin)]
  }

  package mutating func append(_ more: some Collection<UInt8>, origin: UInt32) {
    pieces.append(Piece(offset: bytes.count, origin: origin))
    bytes.append(contentsOf: more)
  }

  /// The place of `bytes[range]` in the file; a range over several pieces spans them all.
  package func range(_ range: Range<Int>) -> SourceRange {
    let start = origin(of: range.lowerBound)
    let end = range.isEmpty ? start : origin(of: range.upperBound - 1) + 1
    return SourceRange(file: file, start: start, end: max(start, end))
  }

  /// The place of the whole text.
  package var range: SourceRange { range(0..<bytes.count) }

  /// The text from `range` alone, with its origins kept.
  package func slice(_ range: Range<Int>) -> SourceText {
    var result = SourceText(file: file)
    var index = pieceIndex(of: range.lowerBound)
    while index < pieces.count, pieces[index].offset < range.upperBound {
      let piece = pieces[index]
      index += 1
      let low = max(piece.offset, range.lowerBound)
      let high = min(index < pieces.count ? pieces[index].offset : bytes.count, range.upperBound)
      if low < high { result.append(bytes[low..<high], origin: piece.origin + UInt32(clamping: low - piece.offset)) }
    }
    if result.pieces.isEmpty { result.append([], origin: origin(of: range.lowerBound)) }
    return result
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  private func origin(of offset: Int) -> UInt32 {
    guard !pieces.isEmpty else { return 0 }
    let piece = pieces[pieceIndex(of: offset)]
    return piece.origin + UInt32(clamping: offset - piece.offset)
  }

  /// The last piece that begins at or before `offset`.
  private func pieceIndex(of offset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].offset <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
