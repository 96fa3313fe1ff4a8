internal import Diagnostics
internal import Netlists

/// An element whose card names a `.model` of a type of SPICE's.
protocol ModelledElement: ElementKind {
  /// The word of a card that names its `.model`.
  static func modelField(of card: Card) -> Field?
  /// The model on which every `.model` of the kind stands.
  static func baseModel(in binder: inout ElementBinder) -> Int
  /// The model with the parameters of `baseModel` whose equations are those that given values need: a diode without
  /// series resistance has no node inside.
  static func settledModel(in binder: inout ElementBinder, given value: (String) -> Double?) -> Int
}

extension ModelledElement {
  static func settledModel(in binder: inout ElementBinder, given value: (String) -> Double?) -> Int {
    baseModel(in: &binder)
  }
}

extension ModelledElement {
  /// A card that is nothing without its `.model`: its words in their places, the model and the word that names it; nil
  /// after reporting what is missing or of another kind.
  static func boundByModel(
    _ card: Card, model: Int?, binder: ElementBinder, diagnostics: inout DiagnosticBag
  ) -> (card: BoundCard, model: Int, name: Field)? {
    guard let bound = CardBinder.bind(card, to: syntax, model: model, diagnostics: &diagnostics),
      bound.assignsOnlyNames(of: syntax, diagnostics: &diagnostics)
    else { return nil }
    guard let model, let name = modelField(of: card) else {
      ElementError.missingModel(name: card.keyword.value, syntax: syntax, range: card.text.range)
        .report(to: &diagnostics)
      return nil
    }
    let kind = binder.elementKind(ofModel: model)
    guard kind?.letter == letter else {
      ElementError.wrongModel(name: name.text.string, found: kind?.syntax, wanted: syntax, range: name.range)
        .report(to: &diagnostics)
      return nil
    }
    return (bound, model, name)
  }
}
