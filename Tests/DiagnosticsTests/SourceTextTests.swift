import Diagnostics
import Testing

@Suite struct SourceTextTests {
  /// "R1 a" and, from byte 10 of the file on, "b 1k".
  private static var joined: SourceText {
    var text = SourceText(file: FileID(index: 0), bytes: Array("R1 a ".utf8), origin: 0)
    text.append("b 1k".utf8, origin: 10)
    return text
  }

  @Test func everyByteKnowsItsOrigin() {
    let text = Self.joined
    #expect(text.range(3..<4) == SourceRange(file: text.file, start: 3, end: 4))
    #expect(text.range(7..<9) == SourceRange(file: text.file, start: 12, end: 14))
    #expect(text.range(3..<6) == SourceRange(file: text.file, start: 3, end: 11))
    #expect(text.range(9..<9) == SourceRange(file: text.file, start: 14, end: 14))
  }

  @Test func slicesKeepOrigins() {
    let slice = Self.joined.slice(3..<7)
    #expect(slice.string == "a b ")
    #expect(slice.range(2..<3) == SourceRange(file: slice.file, start: 10, end: 11))
    #expect(Self.joined.slice(7..<9).range == SourceRange(file: slice.file, start: 12, end: 14))
    #expect(Self.joined.slice(6..<6).range == SourceRange(file: slice.file, start: 11, end: 11))
    #expect(Self.joined.slice(9..<9).string == "")
  }
}
