internal import Circuits
internal import Diagnostics
internal import Expressions
internal import Netlists

/// What the directives of an elaboration were read from: where all of it is the same in another one, they mean the same
/// there. A batch in which values alone differ reads its measures once.
struct DirectiveReading: Sendable {
  /// A directive as it was written, names of passes filled in.
  private struct Line: Sendable, Equatable {
    var place: SourceRange
    var words: [[UInt8]]

    init(_ card: Card) {
      place = card.text.range
      words =
        card.fields.map(\.text.bytes) + card.assignments.flatMap { [Array($0.name.value.utf8), $0.value.bytes] }
    }
  }

  private let structure: Elaboration.Structure
  private let lines: [Line]
  private let options: [String: OptionValue]
  private let dialect: Dialect
  /// Parameters that were asked for, and where the functions that were stand; nil for those that there are not.
  private let values: [String: Double?]
  private let functions: [String: SourceRange?]

  /// `scope` is what the directives of `elaboration` were read in.
  init(_ elaboration: Elaboration, in scope: RecordingScope) {
    structure = elaboration.structure
    lines = elaboration.directives.map(Line.init)
    options = elaboration.options.mapValues(\.value)
    dialect = elaboration.dialect
    values = scope.values
    functions = scope.functions
  }

  /// Whether `elaboration` is the one that this was read in but for values that no directive has asked for.
  func isUntouched(in elaboration: Elaboration) -> Bool {
    structure === elaboration.structure && readsSame(in: elaboration)
  }

  private func readsSame(in elaboration: Elaboration) -> Bool {
    values.allSatisfy { name, value in elaboration.scope.value(of: name) == value }
      && options == elaboration.options.mapValues(\.value)
  }

  /// Whether directives of `elaboration`, a circuit of the same structure, mean what they meant when this was written.
  func holds(for elaboration: Elaboration) -> Bool {
    let scope = elaboration.scope
    return dialect == elaboration.dialect
      && readsSame(in: elaboration)
      && functions.allSatisfy { name, place in scope.function(name)?.name.range == place }
      && lines == elaboration.directives.map(Line.init)
  }
}

/// A scope that remembers what was asked of it.
final class RecordingScope: ConstantScope {
  private let scope: ParameterScope
  private(set) var values: [String: Double?] = [:]
  private(set) var functions: [String: SourceRange?] = [:]

  init(_ scope: ParameterScope) { self.scope = scope }

  func value(of name: String) -> Double? {
    let value = scope.value(of: name)
    values[name] = .some(value)
    return value
  }

  func function(_ name: String) -> FunctionDefinition? {
    let function = scope.function(name)
    functions[name] = .some(function?.name.range)
    return function
  }

  var names: [String] { scope.names }
}
