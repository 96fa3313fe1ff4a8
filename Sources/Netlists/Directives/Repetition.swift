internal import Diagnostics
internal import Expressions

/// `.for k = first to last [step s]` to `.endfor`.
extension StatementParser {
  mutating func openRepetition(_ line: DirectiveLine) throws(NetlistError) {
    try open(line) { (parser) throws(NetlistError) in
      let form = "k = first to last [step s]"
      var scanner = line.scanner
      guard let variable = scanner.takeName() else { throw line.malformed(scanner, expected: form) }
      scanner.skipBlanks()
      guard scanner.isAssignmentSign(at: scanner.position) else { throw line.malformed(scanner, expected: form) }
      scanner.position += 1
      let start = scanner.position
      guard let to = try scanner.indexOfWord("to", from: start) else {
        throw line.malformed(line.scanner, expected: form)
      }
      let step = try scanner.indexOfWord("step", from: to + 2)
      let end = scanner.bytes.count
      var bounds: [Expression] = []
      for range in [start..<to, to + 2..<(step ?? end), step.map { $0 + 4..<end }] {
        guard let range else { continue }
        let text = scanner.text.slice(range).trimmed
        if text.bytes.isEmpty { throw line.malformed(line.scanner, expected: form) }
        bounds.append(text.expression(diagnostics: &parser.diagnostics))
      }
      return .repetition(
        Repetition(
          variable: variable, first: bounds[0], last: bounds[1], step: bounds.count > 2 ? bounds[2] : nil,
          statements: []))
    }
  }

  mutating func closeRepetition(_ line: DirectiveLine) throws(NetlistError) {
    let block = try close("for", with: line)
    guard case .repetition(var repetition) = block.kind else { return }
    repetition.statements = block.statements
    add(.repetition(repetition))
  }
}

extension TextScanner {
  /// The index of `word`, standing free and outside brackets.
  fileprivate func indexOfWord(_ word: String, from start: Int) throws(NetlistError) -> Int? {
    var index = start
    while index < bytes.count {
      if "([{".utf8.contains(bytes[index]) {
        index = try endOfGroup(at: index)
      } else if bytes[index].isNameByte {
        var end = index + 1
        while end < bytes.count, bytes[end].isNameByte || bytes[end] == UInt8(ascii: ".") { end += 1 }
        if bytes[index..<end].lowercasedString == word { return index }
        index = end
      } else {
        index += 1
      }
    }
    return nil
  }
}
