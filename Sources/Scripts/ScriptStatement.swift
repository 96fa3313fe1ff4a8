package import Diagnostics
internal import Expressions
package import Netlists

/// A line of a script, or a block of lines.
indirect enum ScriptStatement: Sendable {
  case command(ScriptLine)
  /// Conditions with what is done where they hold; nil is `else`.
  case choice([(condition: ScriptLine?, body: [ScriptStatement])])
  /// `while condition`, and `dowhile condition`, which asks behind its body.
  case loop(condition: ScriptLine, asksFirst: Bool, body: [ScriptStatement])
  /// `repeat [count]`.
  case repetition(ScriptLine, body: [ScriptStatement])
  /// `foreach name value ...`
  case iteration(ScriptLine, body: [ScriptStatement])

  /// Whether this is the `label` of that name.
  func isLabel(_ name: String) -> Bool {
    guard case .command(let line) = self, line.command == "label" else { return false }
    return line.rest.lowercased().trimmed == name
  }
}

/// One line: its first word and the rest as typed.
struct ScriptLine: Sendable {
  var text: SourceText
  /// In lower case.
  var command: String
  var rest: String
  var range: SourceRange { text.range }

  /// The text of the rest with its places, where nothing was filled in.
  var restText: SourceText {
    let start = text.bytes.firstIndex(where: \.isBlank) ?? text.bytes.count
    let begin = text.bytes[start...].firstIndex { !$0.isBlank } ?? text.bytes.count
    return text.slice(begin..<text.bytes.count)
  }

  /// Nil where the line is empty.
  init?(_ text: SourceText) {
    let word = text.bytes.prefix { !$0.isBlank }
    guard !word.isEmpty else { return nil }
    self.text = text
    command = word.lowercasedString
    rest = String(decoding: text.bytes[word.count...].drop(while: \.isBlank), as: UTF8.self)
  }
}

/// A script read into lines and blocks, commands that are not known complained about.
package struct ScriptProgram: Sendable {
  var statements: [ScriptStatement]
  /// Every line, for what has to be known before it is reached.
  var lines: [ScriptLine]

  package init(_ script: Script, diagnostics: inout DiagnosticBag) {
    let lines = script.lines.compactMap(ScriptLine.init)
    self.lines = lines
    var reader = ScriptReader(lines: lines[...])
    statements = reader.statements(until: [], opened: nil)
    diagnostics.append(reader.diagnostics)
  }
}

private struct ScriptReader {
  var lines: ArraySlice<ScriptLine>
  var diagnostics = DiagnosticBag()

  /// The statements up to one of `closers`, which stays.
  mutating func statements(until closers: Set<String>, opened: ScriptLine?) -> [ScriptStatement] {
    var statements: [ScriptStatement] = []
    while let line = lines.first {
      if closers.contains(line.command) { return statements }
      lines.removeFirst()
      if let statement = statement(line) { statements.append(statement) }
    }
    if let opened { diagnostics.report(ScriptError.unclosedBlock(opened.range, keyword: opened.command)) }
    return statements
  }

  private mutating func statement(_ line: ScriptLine) -> ScriptStatement? {
    switch line.command {
    case "if": return choice(line)
    case "while", "dowhile":
      return .loop(condition: line, asksFirst: line.command == "while", body: body(of: line))
    case "repeat": return .repetition(line, body: body(of: line))
    case "foreach": return .iteration(line, body: body(of: line))
    case "else", "elseif", "end":
      diagnostics.report(ScriptError.strayBlockWord(line.range, word: line.command))
      return nil
    default:
      if !CommandCatalogue.knows(line.command) {
        diagnostics.report(
          ScriptError.unknownCommand(
            line.range, name: line.command,
            suggestion: Suggestion.nearest(to: line.command, among: CommandCatalogue.names)))
        return nil
      }
      return .command(line)
    }
  }

  private mutating func body(of line: ScriptLine) -> [ScriptStatement] {
    let body = statements(until: ["end"], opened: line)
    lines = lines.dropFirst()
    return body
  }

  private mutating func choice(_ line: ScriptLine) -> ScriptStatement {
    var branches: [(condition: ScriptLine?, body: [ScriptStatement])] = []
    var condition: ScriptLine? = line
    while true {
      branches.append((condition, statements(until: ["else", "elseif", "end"], opened: line)))
      guard let next = lines.popFirst(), next.command != "end" else { return .choice(branches) }
      if next.command == "elseif" {
        condition = next
      } else if let other = ScriptLine(next.restText), other.command == "if" {
        condition = other
      } else {
        condition = nil
      }
    }
  }
}
