internal import Devices
internal import Diagnostics
internal import Netlists

/// What elaborations of one netlist have in common, whatever values its parameters have: compiled blocks, bound cards, the
/// texts of the library. It grows as more is met; the places of texts in it are those of one list of sources.
package struct ElaborationMemory: Sendable {
  var binder = ElementBinder()
  /// One per model of the binder.
  var outlines: [ModelOutline] = []
  /// Nil for a card that was complained about.
  var boundCards: [BindingKey: BoundElement?] = [:]
  /// `.memristor` blocks by their place.
  var compiledBlocks: [SourceRange: DefinedModel?] = [:]
  /// By the name that was sought; nil where the library has nothing.
  var libraryTexts: [String: [Statement]?] = [:]
  /// Whether other elaborations will follow in which parameters are worth something else.
  package var isForMany = false
  var pattern: ElaborationPattern?

  package init() {}
}
