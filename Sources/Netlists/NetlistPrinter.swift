internal import Diagnostics
internal import Expressions

extension Netlist: CustomStringConvertible {
  /// The netlist as canonical text, files included and comments gone; it parses to the same statements.
  package var description: String {
    var printer = NetlistPrinter()
    printer.line(title.value)
    printer.print(statements)
    return printer.output
  }
}

/// Writes statements as netlist text, one line each, blocks indented.
private struct NetlistPrinter {
  var output = ""
  private var depth = 0

  mutating func line(_ text: String) {
    output += String(repeating: "  ", count: depth) + text + "\n"
  }

  mutating func print(_ statements: [Statement]) {
    for statement in statements { print(statement) }
  }

  private mutating func print(_ statement: Statement) {
    switch statement {
    case .element(let card):
      line(card.keyword.value + words(of: card))
    case .directive(let card):
      line("." + card.keyword.value + words(of: card))
      if card.keyword.value == "data" { line(".enddata") }
    case .parameters(let assignments):
      line(".param" + list(assignments))
    case .function(let function):
      let parameters = function.parameters.map(\.value).joined(separator: ", ")
      line(".func \(function.name.value)(\(parameters)) = \(function.body)")
    case .subcircuit(let subcircuit):
      print(subcircuit)
    case .model(let model):
      let values = model.assignments.map(text).joined(separator: " ")
      line(".model \(model.name.value) \(model.type.value)" + (values.isEmpty ? "" : "(\(values))"))
    case .memristor(let block):
      print(block)
    case .repetition(let repetition):
      let step = repetition.step.map { " step \($0)" } ?? ""
      line(".for \(repetition.variable.value) = \(repetition.first) to \(repetition.last)\(step)")
      printInside(repetition.statements)
      line(".endfor")
    case .conditional(let conditional):
      print(conditional)
    case .global(let nodes):
      line(".global " + nodes.map(\.value).joined(separator: " "))
    case .script(let script):
      line(".control")
      for text in script.lines { line("  " + text.string) }
      line(".endc")
    }
  }

  private mutating func print(_ subcircuit: Subcircuit) {
    let ports = subcircuit.ports.map { " " + $0.value }.joined()
    let required = subcircuit.requiredParameters.map { " " + $0.value }.joined()
    let parameters = required + list(subcircuit.parameters)
    line(".subckt \(subcircuit.name.value)" + ports + (parameters.isEmpty ? "" : " params:" + parameters))
    printInside(subcircuit.statements)
    line(".ends \(subcircuit.name.value)")
  }

  private mutating func print(_ block: MemristorBlock) {
    let terminals = block.terminals.map(\.value).joined(separator: " ")
    line(".memristor \(block.name.value)" + (terminals.isEmpty ? "" : " (\(terminals))") + comment(block.comment))
    depth += 1
    for blockLine in block.lines { line(blockLine.text.singleSpaced + comment(blockLine.comment)) }
    depth -= 1
    line(".endmemristor")
  }

  private mutating func print(_ conditional: Conditional) {
    for (index, branch) in conditional.branches.enumerated() {
      if let condition = branch.condition {
        line((index == 0 ? ".if (" : ".elseif (") + "\(condition))")
      } else {
        line(".else")
      }
      printInside(branch.statements)
    }
    line(".endif")
  }

  private mutating func printInside(_ statements: [Statement]) {
    depth += 1
    print(statements)
    depth -= 1
  }

  private func comment(_ text: String) -> String {
    text.isEmpty ? "" : "  ; " + text
  }

  private func list(_ assignments: [Assignment]) -> String {
    assignments.map { " " + text($0) }.joined()
  }

  private func text(_ assignment: Assignment) -> String {
    assignment.name.value + "=" + assignment.value.singleSpaced
  }

  /// The words behind a keyword, a blank before each; a parenthesis clings to the word it opens behind.
  private func words(of card: Card) -> String {
    var words = ""
    var clings = false
    for item in card.items {
      switch item {
      case .assignment(let assignment):
        words += (clings ? "" : " ") + text(assignment)
        clings = false
      case .field(let field):
        if case .closeParenthesis = field.kind { clings = true }
        if case .openParenthesis = field.kind, words.last != ")" { clings = !words.isEmpty }
        words += (clings ? "" : " ") + field.text.singleSpaced
        if case .openParenthesis = field.kind { clings = true } else { clings = false }
      }
    }
    return words
  }
}

extension SourceText {
  /// The text with one blank for every run of blanks outside double quotes.
  fileprivate var singleSpaced: String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !byte.isBlank || isQuoted {
        result.append(byte)
      } else if let last = result.last, last != UInt8(ascii: " ") {
        result.append(UInt8(ascii: " "))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
