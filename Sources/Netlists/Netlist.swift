package import Diagnostics
package import Expressions

/// A netlist as statements, before any name has a meaning: what was written, in the order it was written.
package struct Netlist: Sendable {
  package var title: Located<String>
  package var statements: [Statement]
  package var dialect: Dialect

  package init(title: Located<String>, statements: [Statement], dialect: Dialect = .ngspice) {
    self.title = title
    self.statements = statements
    self.dialect = dialect
  }
}

package indirect enum Statement: Sendable {
  /// A line that begins with a letter.
  case element(Card)
  /// `.param`.
  case parameters([Assignment])
  /// `.func`.
  case function(FunctionDefinition)
  case subcircuit(Subcircuit)
  /// `.model NAME TYPE(param=value ...)`.
  case model(ModelDefinition)
  case memristor(MemristorBlock)
  case repetition(Repetition)
  case conditional(Conditional)
  /// `.global`.
  case global([Located<String>])
  /// Every other directive, its grammar being that of the layer that obeys it: `.ic .nodeset .options .temp .op .dc
  /// .tran .data .measure .spikes .expect .save .print .plot`, its `keyword` without the dot and in lower case (`meas` is
  /// `measure`, `opt` and `option` are `options`).
  case directive(Card)
  /// `.control ... .endc`.
  case script(Script)
}

extension Statement {
  /// The statement with other lines inside it, where it holds any.
  func mappingBlocks(_ body: ([Statement]) -> [Statement]) -> Statement {
    switch self {
    case .subcircuit(var subcircuit):
      subcircuit.statements = body(subcircuit.statements)
      return .subcircuit(subcircuit)
    case .repetition(var repetition):
      repetition.statements = body(repetition.statements)
      return .repetition(repetition)
    case .conditional(var conditional):
      for index in conditional.branches.indices {
        conditional.branches[index].statements = body(conditional.branches[index].statements)
      }
      return .conditional(conditional)
    default: return self
    }
  }
}

/// The lines of a `.control` block, comments taken off.
package struct Script: Sendable {
  /// The word `.control`.
  package var opening: SourceRange
  package var lines: [SourceText]

  package init(opening: SourceRange, lines: [SourceText]) {
    self.opening = opening
    self.lines = lines
  }
}

/// A name with placeholders, `n{k+1}`; names without any are one text. Letters are lower case.
package struct NameTemplate: Sendable {
  package enum Part: Sendable {
    case text(String)
    case placeholder(Expression)
  }

  package var parts: [Part]

  package init(_ parts: [Part]) {
    self.parts = parts
  }

  /// The name where it has no placeholder.
  package var plain: String? {
    if parts.isEmpty { return "" }
    if parts.count == 1, case .text(let text) = parts[0] { return text }
    return nil
  }
}

/// One word of a card.
package struct Field: Sendable {
  package enum Kind: Sendable {
    /// A word as written: a node, a number, a keyword. `name` reads it as a name.
    case word
    /// `{...}` or `'...'`.
    case expression(Expression)
    /// Parentheses stand alone in element cards (`PULSE(0 1 2n)`); in directives they belong to the word (`v(a, b)`).
    case openParenthesis, closeParenthesis
  }

  package var kind: Kind
  package var text: SourceText
  /// The word as a name, placeholders parsed.
  package var name: NameTemplate

  package init(kind: Kind, text: SourceText, name: NameTemplate) {
    self.kind = kind
    self.text = text
    self.name = name
  }

  package var range: SourceRange { text.range }

  package var isWord: Bool {
    if case .word = kind { true } else { false }
  }

  /// A word that stands for `range`, where it was not written.
  static func word(_ text: String, for range: SourceRange) -> Field {
    Field(
      kind: .word, text: SourceText(file: range.file, bytes: Array(text.utf8), origin: range.start),
      name: NameTemplate([.text(text)]))
  }
}

/// `name = value`.
///
/// In an element card the name is a plain one and the value ends at the next `name =`, at a comma, or where an operand
/// follows an operand (`I = v(a)*2 + 3`, `DC=5 PULSE(0 1)`); in lists of assignments only the next `name =` ends it
/// (`.param a = 1 + 2 b = 3`). In a directive the name is whatever stands before `=`, as written (`v(a, b)`,
/// `{v(a) - v(b)}`), and the value is one word: `.expect op v(v) = -65m tol=1n`.
package struct Assignment: Sendable {
  package var name: Located<String>
  package var value: SourceText
  /// The value, the braces or quotes around it taken off; `.invalid` for a text in double quotes and a lone sign.
  package var expression: Expression

  package init(name: Located<String>, value: SourceText, expression: Expression) {
    self.name = name
    self.value = value
    self.expression = expression
  }
}

/// An element line or a directive, split into words and assignments but not yet understood.
package struct Card: Sendable {
  /// The element's name or the directive's keyword.
  package var keyword: Located<String>
  /// The element's name with placeholders.
  package var name: NameTemplate
  package var fields: [Field]
  package var assignments: [Assignment]
  package var text: SourceText
  /// The text of the file that an element line names by `file=`, `pwlfile=` or `FILE "name"`.
  package var file: SourceText?

  package init(
    keyword: Located<String>, name: NameTemplate, fields: [Field], assignments: [Assignment], text: SourceText
  ) {
    self.keyword = keyword
    self.name = name
    self.fields = fields
    self.assignments = assignments
    self.text = text
  }
}

package struct Subcircuit: Sendable {
  package var name: Located<String>
  package var ports: [Located<String>]
  /// `params: l=1u w=2u`, the defaults.
  package var parameters: [Assignment]
  /// `params: d l`: names without a default, which every instance has to give.
  package var requiredParameters: [Located<String>] = []
  package var statements: [Statement]

  package init(
    name: Located<String>, ports: [Located<String>], parameters: [Assignment], statements: [Statement]
  ) {
    self.name = name
    self.ports = ports
    self.parameters = parameters
    self.statements = statements
  }
}

package struct ModelDefinition: Sendable {
  package var name: Located<String>
  package var type: Located<String>
  package var assignments: [Assignment]

  package init(name: Located<String>, type: Located<String>, assignments: [Assignment]) {
    self.name = name
    self.type = type
    self.assignments = assignments
  }
}

/// `.memristor NAME [(p n ...)] ... .endmemristor`; its lines are read by the device language.
package struct MemristorBlock: Sendable {
  package struct Line: Sendable {
    /// One logical line, continuations joined, comment taken off.
    package var text: SourceText
    /// What stood behind `;` on its first line: the documentation of a param, state or input.
    package var comment: String

    package init(text: SourceText, comment: String) {
      self.text = text
      self.comment = comment
    }
  }

  package var name: Located<String>
  /// Empty where left out: `(p n)`.
  package var terminals: [Located<String>]
  package var lines: [Line]
  package var range: SourceRange
  /// The comment behind the header: what the model is.
  package var comment: String

  package init(
    name: Located<String>, terminals: [Located<String>], lines: [Line], range: SourceRange, comment: String = ""
  ) {
    self.name = name
    self.terminals = terminals
    self.lines = lines
    self.range = range
    self.comment = comment
  }
}

/// `.for k = first to last [step s] ... .endfor`.
package struct Repetition: Sendable {
  package var variable: Located<String>
  package var first: Expression
  package var last: Expression
  package var step: Expression?
  package var statements: [Statement]

  package init(
    variable: Located<String>, first: Expression, last: Expression, step: Expression?, statements: [Statement]
  ) {
    self.variable = variable
    self.first = first
    self.last = last
    self.step = step
    self.statements = statements
  }
}

/// `.if (c) ... .elseif (c) ... .else ... .endif`; the branch of `.else` has no condition.
package struct Conditional: Sendable {
  package var branches: [(condition: Expression?, statements: [Statement])]

  package init(branches: [(condition: Expression?, statements: [Statement])]) {
    self.branches = branches
  }
}
