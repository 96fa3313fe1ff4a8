internal import Diagnostics
internal import Netlists

extension ElementBinder {
  /// Binds an element of one value and one model: R, C, L. An `ic=` becomes the initial condition.
  mutating func bindSingleValue(
    _ card: Card, syntax: CardSyntax, makeModel: () -> DeviceModel, diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    let index = intern(.element(syntax.title), makeModel)
    guard let bound = CardBinder.bind(card, to: syntax, model: nil, diagnostics: &diagnostics),
      let parameters = bound.parameterBindings(syntax: syntax, model: models[index], diagnostics: &diagnostics)
    else { return nil }
    var element = BoundElement(model: index, nodes: bound.nodes, parameters: parameters)
    if let start = bound.assignments["ic"] {
      guard start.expression.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
      element.initialCondition = start.expression
    }
    return element
  }
}
