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
