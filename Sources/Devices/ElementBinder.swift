package import Diagnostics
package import Expressions
package import Netlists

/// Gives cards and model texts their meaning, and keeps every model so that equal ones are made once.
///
/// A card is bound once however often its line is repeated: the cost of a card is not that of an instance.
package struct ElementBinder: Sendable {
  package private(set) var models: [DeviceModel] = []
  private var indices: [String: Int] = [:]

  package init() {}

  /// Compiles a `.memristor` block; nil after reporting what is wrong with it. Its `parameters` bind the names of the
  /// enclosing scope that defaults read.
  package mutating func define(_ block: MemristorBlock, diagnostics: inout DiagnosticBag) -> DefinedModel? {
    nil  // contract
  }

  /// `.model NAME memristor(param=value ...)`: the values it gives to parameters of the model `base`.
  ///
  /// The values of the base's own text come first, each read in the scope of its text.
  package mutating func define(
    _ definition: ModelDefinition, on base: Int, diagnostics: inout DiagnosticBag
  ) -> DefinedModel? {
    nil  // contract
  }

  /// The model an element's card names, where elements of its letter name one (N).
  package func modelName(of card: Card) -> Located<NameTemplate>? {
    nil  // contract
  }

  /// Binds an element's card (every letter but X); nil after reporting what is wrong with it.
  ///
  /// `model` is the model that `modelName(of:)` names; `function` finds the `.func`s that the card can see. The
  /// result holds for every pass in which both mean the same.
  package mutating func bind(
    _ card: Card, model: Int? = nil, function: (String) -> FunctionDefinition?, diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    nil  // contract
  }

  /// The index of the model with this key, made where it is new. Equal keys must mean equal equations.
  mutating func intern(_ key: String, _ make: () -> DeviceModel) -> Int {
    if let index = indices[key] { return index }
    models.append(make())
    indices[key] = models.count - 1
    return models.count - 1
  }
}
