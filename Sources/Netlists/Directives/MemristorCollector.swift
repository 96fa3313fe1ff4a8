internal import Diagnostics
internal import Expressions

/// Gathers the lines of a device block; one with an open parenthesis or a trailing operator goes on below.
struct MemristorCollector {
  var opening: SourceRange
  var comment: String
  /// nil where the header was faulty.
  var name: Located<String>?
  var terminals: [Located<String>] = []
  private(set) var lines: [MemristorBlock.Line] = []

  /// The line that goes on below, with the places of its open brackets.
  private var unfinished: MemristorBlock.Line?
  private var openBrackets: [SourceRange] = []
  private var starLines: [(text: SourceText, equation: SourceRange)] = []

  init(opening: SourceRange, comment: String) {
    self.opening = opening
    self.comment = comment
  }

  mutating func append(_ line: LogicalLine, diagnostics: inout DiagnosticBag) {
    if unfinished != nil, Self.beginsStatement(line.text) {
      breakOff(before: line.text.range, diagnostics: &diagnostics)
    }
    if unfinished == nil {
      unfinished = MemristorBlock.Line(text: line.text, comment: line.comment)
    } else {
      unfinished?.text.appendLine(line.text)
      if unfinished?.comment.isEmpty == true { unfinished?.comment = line.comment }
    }
    if let star = line.starLineBelow { starLines.append((star, line.text.range)) }
    guard followBrackets(of: line.text, diagnostics: &diagnostics) else {
      // The line is lost, its fault reported; the next one begins afresh.
      (unfinished, openBrackets) = (nil, [])
      return
    }
    if openBrackets.isEmpty, Self.trailingOperator(of: line.text) == nil { keep() }
  }

  /// Ends the block.
  mutating func finish(diagnostics: inout DiagnosticBag) {
    if let last = unfinished {
      let end = last.text.range
      breakOff(before: SourceRange(file: end.file, start: end.end, end: end.end), diagnostics: &diagnostics)
    }
    for (text, equation) in starLines where readsLikeFactor(text) {
      diagnostics.report(NetlistError.commentLikeFactor(text.range, equation: equation))
    }
  }

  private mutating func keep() {
    if let line = unfinished { lines.append(line) }
    unfinished = nil
  }

  /// Reports that the unfinished line cannot go on, and drops it.
  private mutating func breakOff(before next: SourceRange, diagnostics: inout DiagnosticBag) {
    guard let line = unfinished else { return }
    if let bracket = openBrackets.last {
      let text = line.text.bytes
      let sign = text.indices.first { line.text.range($0..<$0 + 1) == bracket }.map { text[$0] } ?? UInt8(ascii: "(")
      diagnostics.report(NetlistError.unclosedBracket(bracket, bracket: String(UnicodeScalar(sign))))
    } else if let ending = Self.trailingOperator(of: line.text) {
      diagnostics.report(
        NetlistError.unfinishedEquation(line.text.range(ending), ending: line.text.slice(ending).string, next: next))
    }
    (unfinished, openBrackets) = (nil, [])
  }

  /// Brackets match by depth alone: `[0, inf)` is a range. False where a quote is not closed.
  private mutating func followBrackets(of text: SourceText, diagnostics: inout DiagnosticBag) -> Bool {
    let scanner = TextScanner(text)
    var index = 0
    while index < scanner.bytes.count {
      switch scanner.bytes[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["):
        openBrackets.append(text.range(index..<index + 1))
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        if openBrackets.popLast() == nil {
          diagnostics.report(scanner.unopenedBracket(at: index))
          return false
        }
      case UInt8(ascii: "\""):
        do {
          index = try scanner.endOfQuote(at: index)
          continue
        } catch {
          diagnostics.report(error)
          return false
        }
      default:
        break
      }
      index += 1
    }
    return true
  }
}

extension MemristorCollector {
  /// The operator at the end of a line, which cannot end there.
  private static func trailingOperator(of text: SourceText) -> Range<Int>? {
    let bytes = text.bytes
    guard let last = bytes.last else { return nil }
    if "+-*/^=<>&|?:!".utf8.contains(last) {
      let start = bytes.lastIndex { !"+-*/^=<>&|?:!".utf8.contains($0) }.map { $0 + 1 } ?? 0
      return start..<bytes.count
    }
    let start = bytes.lastIndex { !$0.isNameByte }.map { $0 + 1 } ?? 0
    return ["and", "or", "not"].contains(bytes[start...].lowercasedString) ? start..<bytes.count : nil
  }

  private static let declarations: Set<String> = [
    "about", "endon", "func", "input", "memory", "node", "noise", "on", "param", "state", "var",
  ]

  /// Whether a line begins something new, so that the line above cannot go on in it: `x = ...`, `ddt(x) = ...`,
  /// `0 = ...`, `param x ...`.
  private static func beginsStatement(_ text: SourceText) -> Bool {
    let scanner = TextScanner(text)
    if scanner.beginsAssignment(at: 0) { return true }
    if text.bytes.first == UInt8(ascii: "0") { return scanner.isAssignmentSign(at: scanner.indexBehindBlanks(1)) }
    guard let end = scanner.endOfName(at: 0), declarations.contains(text.bytes[..<end].lowercasedString) else {
      return false
    }
    let next = scanner.indexBehindBlanks(end)
    return next == text.bytes.count || (next > end && text.bytes[next].isNameByte)
  }

  /// Whether the text of a `*` line is an expression of names of this block.
  private func readsLikeFactor(_ text: SourceText) -> Bool {
    let scanner = TextScanner(text)
    var index = text.bytes.prefix { $0 == UInt8(ascii: "*") }.count
    var names: [String] = []
    var expectsOperand = true
    while index < text.bytes.count {
      let byte = text.bytes[index]
      if byte.isNameByte || byte == UInt8(ascii: ".") {
        guard expectsOperand else { return false }
        let end = scanner.endOfName(at: index) ?? index + 1
        if scanner.endOfName(at: index) != nil { names.append(text.bytes[index..<end].lowercasedString) }
        index = end
        while index < text.bytes.count, text.bytes[index].isNameByte || text.bytes[index] == UInt8(ascii: ".") {
          index += 1
        }
        expectsOperand = false
        continue
      }
      if "+-*/^,<>".utf8.contains(byte) {
        expectsOperand = true
      } else if byte == UInt8(ascii: "(") {
        if !expectsOperand, text.bytes[index - 1].isBlank { return false }
        expectsOperand = true
      } else if !byte.isBlank && byte != UInt8(ascii: ")") {
        return false
      }
      index += 1
    }
    guard !expectsOperand else { return false }
    let known = knownNames
    return names.allSatisfy(known.contains)
  }

  private var knownNames: Set<String> {
    var names: Set<String> = [
      "v", "i", "time", "temp", "tempk", "vthermal", "pi", "exp", "ln", "log", "sqrt", "abs", "tanh",
    ]
    for line in lines {
      let words = line.text.bytes.split { !$0.isNameByte }
      for word in words where !word[word.startIndex].isDigit { names.insert(word.lowercasedString) }
    }
    return names
  }
}
