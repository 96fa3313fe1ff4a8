internal import Diagnostics
internal import Expressions
internal import Netlists

/// An element of two nodes and one value, which a `.model` may work out from a geometry: R, C, L.
///
/// Most cards give the value and nothing else; they share a model of few parameters. A card that names a `.model`, or
/// gives what the short one lacks, has the full one.
protocol SingleValueElement: ModelledElement {
  /// Value, multiplicity and little else.
  static func makeModel() -> DeviceModel
  /// Everything that card and `.model` may say.
  static func makeFullModel() -> DeviceModel
}

extension SingleValueElement {
  /// What the full model is called.
  static var fullTitle: String { "\(syntax.title) with a model" }

  /// The word behind the nodes that is a name.
  static func modelField(of card: Card) -> Field? {
    card.fields.dropFirst(syntax.nodes.count).first { $0.beginsName }
  }

  static func baseModel(in binder: inout ElementBinder) -> Int { binder.fullModel(of: Self.self) }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    var card = card
    let deviation = card.takeDeviation()
    guard var bound = CardBinder.bind(card, to: syntax, model: model, diagnostics: &diagnostics) else { return nil }
    guard bound.takesSecondCoefficient(of: syntax, diagnostics: &diagnostics) else { return nil }
    if let (law, expression) = RunningElement.law(of: bound, syntax: syntax) {
      return RunningElement.bind(
        bound, law, expression, syntax: syntax, binder: &binder, function: function, diagnostics: &diagnostics)
    }
    if let other = bound.assignments["ac"], syntax.assignableNames.contains("ac") {
      ElementError.missingValue(name: card.keyword.value, syntax: syntax, range: other.name.range).report(
        to: &diagnostics)
      return nil
    }
    if let model, let field = modelField(of: card) {
      guard model == binder.fullModel(of: Self.self) else {
        ElementError.wrongModel(
          name: field.text.string, found: binder.elementKind(ofModel: model)?.syntax, wanted: syntax, range: field.range
        ).report(to: &diagnostics)
        return nil
      }
      bound.rest.removeAll { $0.range == field.range }
    }
    if bound.assignments["temp"] != nil, let difference = bound.assignments.removeValue(forKey: "dtemp") {
      ElementError.ignoredDifference(difference.name.range).report(to: &diagnostics)
    }
    let index = binder.model(of: Self.self, for: bound)
    guard
      var parameters = bound.parameterBindings(syntax: syntax, model: binder.models[index], diagnostics: &diagnostics)
    else { return nil }
    if let deviation {
      guard deviation.expression.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
      let value = parameters.firstIndex { binder.models[index].parameters[$0.index].name == syntax.value?.name }
      guard let value else {
        ElementError.missingValue(name: card.keyword.value, syntax: syntax, range: deviation.name.range)
          .report(to: &diagnostics)
        return nil
      }
      parameters[value].value = parameters[value].value.varied(by: deviation.expression)
    }
    var element = BoundElement(model: index, nodes: bound.nodes, parameters: parameters)
    if let start = bound.assignments["ic"] {
      guard start.expression.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
      element.initialCondition = start.expression
    }
    return element
  }
}

extension BoundCard {
  /// `tc=tc1,tc2`: the word behind the first coefficient becomes the second, where the value is given elsewhere. False
  /// after reporting a word that is no number.
  fileprivate mutating func takesSecondCoefficient(of syntax: CardSyntax, diagnostics: inout DiagnosticBag) -> Bool {
    guard let first = card.assignments.first(where: { $0.name.value.lowercased() == "tc" }), assignments["tc2"] == nil,
      let place = rest.firstIndex(where: { $0.range.start >= first.value.range.end }),
      place > rest.startIndex || syntax.value.flatMap({ assignments[$0.name] }) != nil
    else { return true }
    let word = rest[place]
    guard let value = word.constantExpression(of: syntax, diagnostics: &diagnostics) else { return false }
    rest.remove(at: place)
    assignments["tc2"] = Assignment(name: Located("tc2", word.range), value: word.text, expression: value)
    return true
  }
}

extension ElementBinder {
  mutating func fullModel(of kind: any SingleValueElement.Type) -> Int {
    intern(kind.fullTitle, of: kind) {
      var model = kind.makeFullModel()
      model.name = kind.fullTitle
      return model
    }
  }

  /// The short model where it has all that the card says, else the full one.
  fileprivate mutating func model(of kind: any SingleValueElement.Type, for card: BoundCard) -> Int {
    if card.model == nil {
      let short = intern(.element(kind.syntax.title)) { kind.makeModel() }
      let names = models[short].parameters.map(\.name) + ["ic"]
      if card.assignments.keys.allSatisfy({ names.contains($0) }) { return short }
    }
    return fullModel(of: kind)
  }
}

extension Field {
  /// Whether the word is a name rather than a number or an expression.
  var beginsName: Bool {
    guard case .word = kind, let first = text.bytes.first else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20) || first == UInt8(ascii: "_")
  }
}
