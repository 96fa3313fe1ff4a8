internal import Diagnostics
internal import Netlists

/// The lines of a device block sorted by what they are, their expressions not yet parsed: how a number's tail reads
/// depends on every state and input of the block.
struct BlockSyntax {
  /// `name = expression`, and what the comment says of it.
  struct Definition {
    var name: Located<String>
    var expression: SourceText
    var comment = ""
  }

  /// `in [lower, upper)`.
  struct Range {
    var lower: SourceText
    var upper: SourceText
    var includesLower: Bool
    var includesUpper: Bool
  }

  /// `param name [= default] [in range]`, `input name [= default]`.
  struct ParameterLine {
    var name: Located<String>
    var defaultValue: SourceText?
    var range: Range?
    var comment: String
  }

  /// `state name [in range] [tol=..] = start`, `var name [in range] [tol=..] = guess`.
  struct UnknownLine {
    var name: Located<String>
    var range: Range?
    var tolerance: SourceText?
    var start: SourceText?
    /// `steady(start)`.
    var isSteady = false
    var comment: String
  }

  /// `func name(a, b) = body`.
  struct FunctionLine {
    var name: Located<String>
    var parameters: [Located<String>]
    var body: SourceText
  }

  /// `i = expression`, `v = expression`, `0 = expression`; `left` is the place of the left side.
  struct EquationLine {
    var left: SourceRange
    var expression: SourceText
  }

  /// `i(a, b) = expression`.
  struct BranchLine {
    var left: SourceRange
    var from: Located<String>
    var to: Located<String>
    var expression: SourceText
  }

  /// `on rise(argument)` and the lines down to `endon`.
  struct EventLines {
    var edge: Event.Edge
    var argument: SourceText
    var assignments: [Definition]
    var range: SourceRange
  }

  var about: [(key: String, text: String)] = []
  var parameters: [ParameterLine] = []
  var inputs: [ParameterLine] = []
  var states: [UnknownLine] = []
  var unknowns: [UnknownLine] = []
  var memories: [Definition] = []
  var noises: [Definition] = []
  var functions: [FunctionLine] = []
  var nodes: [Located<String>] = []
  var quantities: [Definition] = []
  /// `ddt(name) = expression`.
  var rates: [Definition] = []
  var currents: [EquationLine] = []
  var voltages: [EquationLine] = []
  var constraints: [EquationLine] = []
  var branches: [BranchLine] = []
  /// `noise i = density`.
  var currentNoises: [EquationLine] = []
  var events: [EventLines] = []
}
