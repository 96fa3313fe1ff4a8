internal import Diagnostics
internal import Netlists

/// Sorts the lines of a device block by what they are.
struct BlockReader {
  private var syntax = BlockSyntax()
  private var openEvent: BlockSyntax.EventLines?
  private var diagnostics = DiagnosticBag()

  /// The lines of `block`; every line that cannot be read is reported and left out.
  static func read(_ block: MemristorBlock, diagnostics: inout DiagnosticBag) -> BlockSyntax {
    var reader = BlockReader()
    for line in block.lines { reader.read(line) }
    if let event = reader.openEvent {
      DeviceError.unclosedEvent(range: event.range).report(to: &reader.diagnostics)
    }
    diagnostics.append(reader.diagnostics)
    return reader.syntax
  }

  private mutating func read(_ line: MemristorBlock.Line) {
    var scanner = BlockScanner(line.text)
    guard scanner.peek() != nil else { return }
    if openEvent != nil {
      readEventLine(line)
    } else if let word = scanner.word() {
      let isKeyword = scanner.peek().map(BlockScanner.isLetter) ?? false
      if isKeyword, let read = Self.keywords[word.value.lowercased()] {
        read(&self, &scanner, line)
      } else {
        readEquation(left: word, &scanner, line)
      }
    } else if scanner.consume("0"), scanner.consumeEquals() {
      guard let expression = expression(of: "0 =", &scanner) else { return }
      syntax.constraints.append(BlockSyntax.EquationLine(left: leftSide(of: line), expression: expression))
    } else {
      DeviceError.unreadableLine(range: line.text.range).report(to: &diagnostics)
    }
  }

  private typealias KeywordReader = @Sendable (inout BlockReader, inout BlockScanner, MemristorBlock.Line) -> Void

  private static let keywords: [String: KeywordReader] = [
    "about": { $0.readAbout(&$1, $2) },
    "param": { reader, scanner, line in
      reader.readParameter(&scanner, line).map { reader.syntax.parameters.append($0) }
    },
    "input": { reader, scanner, line in
      reader.readParameter(&scanner, line).map { reader.syntax.inputs.append($0) }
    },
    "state": { reader, scanner, line in
      reader.readUnknown(&scanner, line).map { reader.syntax.states.append($0) }
    },
    "var": { reader, scanner, line in
      reader.readUnknown(&scanner, line).map { reader.syntax.unknowns.append($0) }
    },
    "memory": { reader, scanner, line in
      reader.readDefinition(&scanner, line).map { reader.syntax.memories.append($0) }
    },
    "noise": { reader, scanner, line in
      reader.readNoise(&scanner, line)
    },
    "node": { $0.readNodes(&$1, $2) },
    "func": { $0.readFunction(&$1, $2) },
    "on": { $0.readEvent(&$1, $2) },
  ]

  // MARK: Equations

  /// `name = ...`, `i = ...`, `v = ...`, `ddt(x) = ...`, `i(a, b) = ...`.
  private mutating func readEquation(
    left word: Located<String>, _ scanner: inout BlockScanner, _ line: MemristorBlock.Line
  ) {
    let name = word.value.lowercased()
    if scanner.consumeEquals() {
      guard let expression = expression(of: word.value, &scanner) else { return }
      switch name {
      case "i": syntax.currents.append(BlockSyntax.EquationLine(left: word.range, expression: expression))
      case "v": syntax.voltages.append(BlockSyntax.EquationLine(left: word.range, expression: expression))
      default:
        syntax.quantities.append(
          BlockSyntax.Definition(name: word, expression: expression, comment: line.comment))
      }
    } else if name == "endon" {
      DeviceError.strayEndon(range: word.range).report(to: &diagnostics)
    } else if name == "ddt", scanner.consume("("), let state = scanner.word(), scanner.consume(")"),
      scanner.consumeEquals()
    {
      guard let expression = expression(of: "ddt(\(state.value))", &scanner) else { return }
      syntax.rates.append(BlockSyntax.Definition(name: state, expression: expression, comment: line.comment))
    } else if name == "i", scanner.consume("("), let from = scanner.word(), scanner.consume(","),
      let to = scanner.word(), scanner.consume(")"), scanner.consumeEquals()
    {
      guard let expression = expression(of: "i(\(from.value), \(to.value))", &scanner) else { return }
      syntax.branches.append(
        BlockSyntax.BranchLine(left: leftSide(of: line), from: from, to: to, expression: expression))
    } else {
      DeviceError.unreadableLine(range: line.text.range).report(to: &diagnostics)
    }
  }

  /// What stands right of `=`; nil after reporting that nothing does.
  private mutating func expression(of left: String, _ scanner: inout BlockScanner) -> SourceText? {
    let text = scanner.rest()
    guard !text.bytes.isEmpty else {
      DeviceError.emptyExpression(of: left, range: scanner.text.range).report(to: &diagnostics)
      return nil
    }
    return text
  }

  private func leftSide(of line: MemristorBlock.Line) -> SourceRange {
    let end = line.text.bytes.firstIndex(of: UInt8(ascii: "=")) ?? line.text.bytes.count
    var scanner = BlockScanner(line.text)
    return scanner.upTo(end).range
  }

  // MARK: Declarations

  private mutating func declaredName(_ scanner: inout BlockScanner) -> Located<String>? {
    let name = scanner.word()
    if name == nil { DeviceError.nameExpected(range: scanner.text.range).report(to: &diagnostics) }
    return name
  }

  /// What may stand behind a declared name, in any order.
  private struct Clauses {
    var value: SourceText?
    var range: BlockSyntax.Range?
    var tolerance: SourceText?
  }

  private mutating func readParameter(
    _ scanner: inout BlockScanner, _ line: MemristorBlock.Line
  ) -> BlockSyntax.ParameterLine? {
    guard let name = declaredName(&scanner), let clauses = clauses(of: name, &scanner) else { return nil }
    return BlockSyntax.ParameterLine(
      name: name, defaultValue: clauses.value, range: clauses.range, comment: line.comment)
  }

  private mutating func readUnknown(
    _ scanner: inout BlockScanner, _ line: MemristorBlock.Line
  ) -> BlockSyntax.UnknownLine? {
    guard let name = declaredName(&scanner), let clauses = clauses(of: name, &scanner) else { return nil }
    var unknown = BlockSyntax.UnknownLine(
      name: name, range: clauses.range, tolerance: clauses.tolerance, start: clauses.value, comment: line.comment)
    if let value = clauses.value, let guess = Self.argument(ofSteady: value) {
      unknown.start = guess
      unknown.isSteady = true
    }
    return unknown
  }

  /// The guess of `steady(guess)`, where that is the whole text.
  private static func argument(ofSteady text: SourceText) -> SourceText? {
    var scanner = BlockScanner(text)
    guard scanner.word()?.value.lowercased() == "steady", scanner.consume("("), let guess = scanner.upTo(oneOf: [")"]),
      scanner.peek() == nil
    else { return nil }
    return guess.text
  }

  private mutating func readDefinition(
    _ scanner: inout BlockScanner, _ line: MemristorBlock.Line
  ) -> BlockSyntax.Definition? {
    guard let name = declaredName(&scanner) else { return nil }
    guard scanner.consumeEquals() else {
      DeviceError.emptyExpression(of: name.value, range: line.text.range).report(to: &diagnostics)
      return nil
    }
    guard let expression = expression(of: name.value, &scanner) else { return nil }
    return BlockSyntax.Definition(name: name, expression: expression, comment: line.comment)
  }

  private mutating func readNoise(_ scanner: inout BlockScanner, _ line: MemristorBlock.Line) {
    guard let noise = readDefinition(&scanner, line) else { return }
    if noise.name.value.lowercased() == "i" {
      syntax.currentNoises.append(
        BlockSyntax.EquationLine(left: noise.name.range, expression: noise.expression))
    } else {
      syntax.noises.append(noise)
    }
  }

  private mutating func clauses(of name: Located<String>, _ scanner: inout BlockScanner) -> Clauses? {
    var clauses = Clauses()
    while scanner.peek() != nil {
      if scanner.consumeEquals() {
        let text = scanner.upTo(scanner.endOfClause())
        guard clauses.value == nil, !text.bytes.isEmpty else {
          DeviceError.emptyExpression(of: name.value, range: scanner.text.range).report(to: &diagnostics)
          return nil
        }
        clauses.value = text
        continue
      }
      guard let word = scanner.word() else {
        DeviceError.unknownClause(scanner.rest().string, range: scanner.text.range).report(to: &diagnostics)
        return nil
      }
      switch word.value.lowercased() {
      case "in":
        guard let range = range(&scanner) else { return nil }
        clauses.range = range
      case "tol" where scanner.consumeEquals():
        clauses.tolerance = scanner.upTo(scanner.endOfClause())
      default:
        DeviceError.unknownClause(word.value, range: word.range).report(to: &diagnostics)
        return nil
      }
    }
    return clauses
  }

  private mutating func range(_ scanner: inout BlockScanner) -> BlockSyntax.Range? {
    let includesLower = scanner.consume("[")
    guard includesLower || scanner.consume("("), let lower = scanner.upTo(oneOf: [","]),
      let upper = scanner.upTo(oneOf: [")", "]"]), !lower.text.bytes.isEmpty, !upper.text.bytes.isEmpty
    else {
      DeviceError.badRange(range: scanner.text.range).report(to: &diagnostics)
      return nil
    }
    return BlockSyntax.Range(
      lower: lower.text, upper: upper.text, includesLower: includesLower, includesUpper: upper.end == "]")
  }

  // MARK: The other lines

  /// `about key = "text"`.
  private mutating func readAbout(_ scanner: inout BlockScanner, _ line: MemristorBlock.Line) {
    guard let key = scanner.word(), scanner.consumeEquals() else {
      DeviceError.badAbout(range: line.text.range).report(to: &diagnostics)
      return
    }
    let text = scanner.rest().string
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
      DeviceError.badAbout(range: line.text.range).report(to: &diagnostics)
      return
    }
    syntax.about.append((key.value.lowercased(), String(text.dropFirst().dropLast())))
  }

  /// `node m` or `node m, k`.
  private mutating func readNodes(_ scanner: inout BlockScanner, _ line: MemristorBlock.Line) {
    while let name = scanner.word() {
      syntax.nodes.append(name)
      _ = scanner.consume(",")
    }
    if scanner.peek() != nil { DeviceError.nameExpected(range: line.text.range).report(to: &diagnostics) }
  }

  /// `func f(a, b) = body`.
  private mutating func readFunction(_ scanner: inout BlockScanner, _ line: MemristorBlock.Line) {
    var parameters: [Located<String>] = []
    guard let name = scanner.word(), scanner.consume("(") else {
      DeviceError.badFunction(range: line.text.range).report(to: &diagnostics)
      return
    }
    while let parameter = scanner.word() {
      parameters.append(Located(parameter.value.lowercased(), parameter.range))
      guard scanner.consume(",") else { break }
    }
    guard scanner.consume(")"), scanner.consumeEquals() else {
      DeviceError.badFunction(range: line.text.range).report(to: &diagnostics)
      return
    }
    guard let body = expression(of: name.value, &scanner) else { return }
    syntax.functions.append(
      BlockSyntax.FunctionLine(
        name: Located(name.value.lowercased(), name.range), parameters: parameters, body: body))
  }

  // MARK: Events

  /// `on rise(expression)`.
  private mutating func readEvent(_ scanner: inout BlockScanner, _ line: MemristorBlock.Line) {
    let edges: [String: Event.Edge] = ["rise": .rise, "fall": .fall, "cross": .cross]
    guard let word = scanner.word(), let edge = edges[word.value.lowercased()], scanner.consume("("),
      let argument = scanner.upTo(oneOf: [")"]), scanner.peek() == nil, !argument.text.bytes.isEmpty
    else {
      DeviceError.badEvent(range: line.text.range).report(to: &diagnostics)
      // Its lines still belong to it: one complaint, not one per line.
      openEvent = BlockSyntax.EventLines(edge: .rise, argument: line.text, assignments: [], range: line.text.range)
      return
    }
    openEvent = BlockSyntax.EventLines(
      edge: edge, argument: argument.text, assignments: [], range: line.text.range)
  }

  /// `name = value` or `endon`.
  private mutating func readEventLine(_ line: MemristorBlock.Line) {
    var scanner = BlockScanner(line.text)
    guard let word = scanner.word() else {
      DeviceError.unreadableEventLine(range: line.text.range).report(to: &diagnostics)
      return
    }
    if word.value.lowercased() == "endon", scanner.peek() == nil {
      if let event = openEvent { syntax.events.append(event) }
      openEvent = nil
    } else if scanner.consumeEquals() {
      guard let expression = expression(of: word.value, &scanner) else { return }
      openEvent?.assignments.append(BlockSyntax.Definition(name: word, expression: expression))
    } else {
      DeviceError.unreadableEventLine(range: line.text.range).report(to: &diagnostics)
    }
  }
}
