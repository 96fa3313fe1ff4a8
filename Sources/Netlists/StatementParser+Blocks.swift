internal import Diagnostics

extension StatementParser {
  mutating func open(_ block: OpenBlock) throws(NetlistError) {
    guard blocks.count <= Self.deepestNesting else {
      isAbandoned = true
      throw .nestingTooDeep(block.opening, limit: Self.deepestNesting)
    }
    blocks.append(block)
  }

  /// Opens the block that `make` reads off its directive; a faulty directive still opens one, so that its end fits.
  mutating func open(
    _ line: DirectiveLine, _ make: (inout StatementParser) throws(NetlistError) -> OpenBlock.Kind
  ) throws(NetlistError) {
    do throws(NetlistError) {
      try open(OpenBlock(try make(&self), opening: line.keyword.range))
    } catch {
      if isAbandoned { throw error }
      try open(OpenBlock(.faulty(keyword: line.keyword.value), opening: line.keyword.range))
      throw error
    }
  }

  /// Takes the innermost `keyword` block off; blocks left open inside it are reported.
  mutating func close(_ keyword: String, with line: DirectiveLine) throws(NetlistError) -> OpenBlock {
    guard let index = blocks.lastIndex(where: { $0.keyword == keyword }), index >= firstBlockOfFile else {
      throw .unopenedBlock(line.keyword.range, closer: line.keyword.value, opener: keyword)
    }
    closeBlocks(downTo: index + 1, at: line.keyword.range)
    let block = blocks.removeLast()
    for error in block.misplaced { diagnostics.report(error) }
    return block
  }

  /// Reports every block from `index` up, and a memristor or a skipped block, as ended by what stands at `end`.
  mutating func closeBlocks(downTo index: Int, at end: SourceRange) {
    let followsEnd = endOfNetlist != nil
    if let block = collected {
      collected = nil
      report(unterminated: block.keyword, opening: block.opening, end: end, followsEnd: followsEnd)
    }
    if let block = memristor {
      memristor = nil
      report(unterminated: "memristor", opening: block.opening, end: end, followsEnd: followsEnd)
    }
    while blocks.count > max(index, 1) {
      let block = blocks.removeLast()
      report(unterminated: block.keyword, opening: block.opening, end: end, followsEnd: followsEnd)
    }
  }

  private mutating func report(unterminated keyword: String, opening: SourceRange, end: SourceRange, followsEnd: Bool) {
    diagnostics.report(
      NetlistError.unterminatedBlock(
        opening: opening, keyword: keyword, closer: OpenBlock.closer(of: keyword), end: end, followsEnd: followsEnd))
  }

  /// Registers a definition of the innermost block; false where the very same text was read before (a file included
  /// twice), so that it is left out. Another of the same name is reported.
  mutating func define(_ name: Located<String>, as kind: OpenBlock.Definition.Kind) -> Bool {
    let block = blocks.count - 1
    let definition = OpenBlock.Definition(kind: kind, name: name.value)
    guard let first = blocks[block].definitions[definition] else {
      blocks[block].definitions[definition] = name.range
      return true
    }
    if first != name.range {
      diagnostics.report(
        NetlistError.duplicateDefinition(name.range, kind: kind.rawValue, name: name.value, first: first))
    }
    return false
  }

  /// Reports names that a list holds twice.
  mutating func checkDistinct(_ names: [Located<String>], kind: String) {
    var seen: [String: SourceRange] = [:]
    for name in names {
      if let first = seen[name.value] {
        diagnostics.report(NetlistError.duplicateName(name.range, kind: kind, name: name.value, first: first))
      } else {
        seen[name.value] = name.range
      }
    }
  }
}
