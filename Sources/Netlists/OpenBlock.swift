internal import Diagnostics
internal import Expressions

/// A block whose end is still to come, with the statements found in it so far.
struct OpenBlock {
  enum Kind {
    /// The netlist itself.
    case netlist
    /// What the header says; the statements are added when it is closed.
    case subcircuit(Subcircuit)
    case repetition(Repetition)
    /// The condition of the branch that is open (nil for `.else`) and the branches closed before it.
    case conditional(condition: Expression?, closed: [(condition: Expression?, statements: [Statement])])
    /// The directive that opened it was faulty: its lines are parsed for their own faults and dropped.
    case faulty(keyword: String)
  }

  /// Models (with memristors) and subcircuits have names of their own.
  struct Definition: Hashable {
    enum Kind: String {
      case model, subcircuit
    }

    var kind: Kind
    var name: String
  }

  var kind: Kind
  /// The directive that opened it.
  var opening: SourceRange
  var statements: [Statement] = []
  /// Where `.else` stands.
  var otherwise: SourceRange?
  /// What is defined right here, and where.
  var definitions: [Definition: SourceRange] = [:]
  /// Directives that may not stand here: said when the block is closed, for in one whose end is missing they stand
  /// behind it in truth.
  var misplaced: [NetlistError] = []

  init(_ kind: Kind, opening: SourceRange) {
    self.kind = kind
    self.opening = opening
  }

  /// The directive that opens such a block.
  var keyword: String {
    switch kind {
    case .netlist: ""
    case .subcircuit: "subckt"
    case .repetition: "for"
    case .conditional: "if"
    case .faulty(let keyword): keyword
    }
  }

  static func closer(of keyword: String) -> String {
    switch keyword {
    case "subckt": "ends"
    case "lib": "endl"
    case "control": "endc"
    default: "end" + keyword
    }
  }
}
