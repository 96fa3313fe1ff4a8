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

  package init(file: FileID, bytes: some Collection<UInt8>, origin: UInt32) {
    self.file = file
    self.bytes = Array(bytes)
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
    for (index, piece) in pieces.enumerated() {
      let end = index + 1 < pieces.count ? pieces[index + 1].offset : bytes.count
      let low = max(piece.offset, range.lowerBound)
      let high = min(end, range.upperBound)
      if low < high { result.append(bytes[low..<high], origin: piece.origin + UInt32(low - piece.offset)) }
    }
    if result.pieces.isEmpty { result.append([], origin: origin(of: range.lowerBound)) }
    return result
  }

  package var string: String { String(decoding: bytes, as: UTF8.self) }

  private func origin(of offset: Int) -> UInt32 {
    guard let piece = pieces.last(where: { $0.offset <= offset }) ?? pieces.first else { return 0 }
    return piece.origin + UInt32(max(0, offset - piece.offset))
  }
}
