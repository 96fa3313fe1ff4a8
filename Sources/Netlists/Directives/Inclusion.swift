internal import Diagnostics

/// The files that are being read, each by a line of the one before it.
struct InclusionChain {
  static let deepest = 64
  static let most = 10_000

  private struct Link: Equatable {
    var file: String
    var section: String?
  }

  private var links: [Link]
  private var count = 0
  private var known: [String: FileID] = [:]

  init(_ file: String) {
    links = [Link(file: file, section: nil)]
  }

  /// The file that is being read.
  var current: String { links[links.count - 1].file }

  /// Goes into `file`, which the line at `range` names.
  mutating func enter(_ file: String, section: String?, at range: SourceRange) throws(NetlistError) {
    let link = Link(file: file, section: section)
    if let first = links.firstIndex(of: link) {
      throw .cyclicInclude(range, chain: links[first...].map(\.file) + [file])
    }
    if links.count > Self.deepest { throw .tooManyIncludes(range, limit: Self.deepest, isDepth: true) }
    count += 1
    if count > Self.most { throw .tooManyIncludes(range, limit: Self.most, isDepth: false) }
    links.append(link)
  }

  mutating func leave() {
    links.removeLast()
  }

  /// Keeps a text once, however often it is included.
  mutating func add(_ name: String, _ bytes: [UInt8], to sources: inout SourceMap) -> FileID {
    if let file = known[name] { return file }
    let file = sources.add(name: name, bytes: bytes)
    known[name] = file
    return file
  }
}

/// `.include "path"`: the lines of another file stand here.
extension StatementParser {
  mutating func include(_ line: DirectiveLine) throws(NetlistError) {
    let path = line.arguments.trimmed.unquoted
    if path.bytes.isEmpty { throw line.malformed(line.scanner, expected: "\"path\"") }
    _ = try readFile(Located(path.string, path.range), section: nil)
  }

  /// Reads a file, or one section of it, into the innermost block; gives the sections it has.
  mutating func readFile(_ path: Located<String>, section: String?) throws(NetlistError) -> [String] {
    let (name, bytes) = try contents(of: path)
    try inclusion.enter(name, section: section, at: path.range)
    let file = inclusion.add(name, bytes, to: &sources)
    let firstBlock = firstBlockOfFile
    firstBlockOfFile = blocks.count
    let sections = read(file, section: section)
    firstBlockOfFile = firstBlock
    inclusion.leave()
    return sections
  }

  /// The bytes of a file, and what it is called.
  func contents(of path: Located<String>) throws(NetlistError) -> (name: String, bytes: [UInt8]) {
    let file: (name: String, bytes: [UInt8])
    do throws(SourceReaderError) {
      file = try reader.read(path.value, includedFrom: inclusion.current)
    } catch {
      throw .unreadableFile(path.range, path: path.value, reason: error.reason)
    }
    if file.bytes.count >= Int(UInt32.max) { throw .fileTooLarge(path.range, name: file.name) }
    return file
  }
}

extension SourceText {
  /// The text without the quotes, single or double, that hold all of it.
  var unquoted: SourceText {
    guard bytes.count > 1, let first = bytes.first, first == bytes.last else { return self }
    return first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") ? slice(1..<bytes.count - 1) : self
  }
}
