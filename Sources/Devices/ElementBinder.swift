package import Diagnostics
package import Expressions
package import Netlists

/// Gives cards and model texts their meaning, and keeps every model so that equal ones are made once.
///
/// A card is bound once however often its line is repeated: the cost of a card is not that of an instance.
package struct ElementBinder: Sendable {
  package private(set) var models: [DeviceModel] = []
  private var indices: [ModelKey: Int] = [:]
  /// What each compiled block binds from its enclosing scope, by model.
  private var scopeBindings: [Int: [ParameterBinding]] = [:]
  /// The kind of element that each model on which a `.model` may stand was made for.
  private var kinds: [Int: any ModelledElement.Type] = [:]

  package init() {}

  /// Compiles a `.memristor` block; nil after reporting what is wrong with it. Its `parameters` bind the names of the
  /// enclosing scope that defaults read. `function` finds the `.func`s that the block can see.
  package mutating func define(
    _ block: MemristorBlock, function: (String) -> FunctionDefinition? = { _ in nil },
    diagnostics: inout DiagnosticBag
  ) -> DefinedModel? {
    let key = ModelKey.block(file: block.range.file.index, start: block.range.start)
    if let index = indices[key] { return DefinedModel(model: index, parameters: scopeBindings[index] ?? []) }
    guard let compiled = DeviceCompiler.compile(block, function: function, diagnostics: &diagnostics) else {
      return nil
    }
    let index = intern(key) { compiled.model }
    scopeBindings[index] = compiled.scopeBindings
    return DefinedModel(model: index, parameters: compiled.scopeBindings)
  }

  /// `.model NAME memristor(param=value ...)`: the values it gives to parameters of the model `base`.
  ///
  /// The values of the base's own text come first, each read in the scope of its text.
  package mutating func define(
    _ definition: ModelDefinition, on base: Int, diagnostics: inout DiagnosticBag
  ) -> DefinedModel? {
    guard models.indices.contains(base) else { return nil }
    let model = models[base]
    let syntax = elementKind(ofModel: base)?.syntax.model
    var bindings: [ParameterBinding] = []
    var places: [Int: Located<String>] = [:]
    var good = true
    for assignment in definition.assignments {
      let name = assignment.name.value
      if syntax?.ignored.contains(name.lowercased()) == true {
        ElementError.ignoredParameter(name, range: assignment.name.range).report(to: &diagnostics)
        continue
      }
      if let tolerance = Tolerance(assignment, of: model, behind: bindings.last) {
        good = tolerance.expression.isConstant(for: "model", diagnostics: &diagnostics) && good
        tolerance.apply(to: &bindings[bindings.count - 1])
        continue
      }
      guard
        let index = syntax.map({ model.parameter(named: $0.parameter(named: name)) })
          ?? model.givableParameter(named: name)
      else {
        good = syntax != nil && good
        ElementError.unknownParameter(
          name: name, owner: syntax.map { "model of type \($0.type)" } ?? "model '\(model.name)'",
          known: syntax?.parameters.map(\.name) ?? model.givableParameterNames, isIgnored: syntax != nil,
          range: assignment.name.range
        ).report(to: &diagnostics)
        continue
      }
      if let first = places.updateValue(assignment.name, forKey: index) {
        good = false
        ElementError.givenTwice(
          name: assignment.name.value, first: first.range, second: assignment.name.range
        ).report(to: &diagnostics)
      }
      good = assignment.expression.isConstant(for: "model", diagnostics: &diagnostics) && good
      bindings.append(ParameterBinding(index: index, value: assignment.expression))
    }
    return good ? DefinedModel(model: base, parameters: bindings) : nil
  }

  /// Whether `type` is one of SPICE's model types that elements have: `r`, `c`, `l`, `d`, `sw`, `csw`.
  package func isElementType(_ type: String) -> Bool { Self.kind(ofType: type) != nil }

  /// The model on which a `.model` of SPICE's type `type` stands; nil for other types.
  package mutating func elementModel(ofType type: String) -> Int? {
    Self.kind(ofType: type)?.baseModel(in: &self)
  }

  private static func kind(ofType type: String) -> (any ModelledElement.Type)? {
    ElementCatalogue.modelled.first { $0.syntax.model?.types.contains(type) == true }
  }

  /// The model in place of `model` whose equations are those that `values`, by parameter, need.
  package mutating func settled(_ model: Int, given values: [Int: Double]) -> Int {
    guard let kind = kinds[model] else { return model }
    let parameters = models[model].parameters
    return kind.settledModel(in: &self) { name in
      parameters.firstIndex { $0.name == name }.flatMap { values[$0] }
    }
  }

  /// The kind of element whose equations model `index` is, where it was made for one with a `.model`.
  func elementKind(ofModel index: Int) -> (any ModelledElement.Type)? { kinds[index] }

  /// What an element is called: the first word of its card, or what a Xyce device has for it.
  package func name(of card: Card) -> NameTemplate {
    card.elementLetter == XyceDevice.letter ? XyceDevice.name(of: card)?.name ?? card.name : card.name
  }

  /// Whether the word for a card's model may stand in place of a value.
  package func mayNameModelAsValue(_ card: Card) -> Bool {
    card.elementLetter.flatMap { ElementCatalogue.kind(of: $0) }?.syntax.value != nil
  }

  /// The model an element's card names, where elements of its letter name one (N, Y, D; R, C, L beside or for a value).
  package func modelName(of card: Card) -> Located<NameTemplate>? {
    guard let letter = card.elementLetter else { return nil }
    if letter == CompiledDevice.letter { return CompiledDevice.modelName(of: card) }
    if letter == XyceDevice.letter { return XyceDevice.modelName(of: card) }
    if letter == CodeModelDevice.letter { return CodeModelDevice.modelName(of: card) }
    let kind = ElementCatalogue.modelled.first { $0.letter == letter }
    return kind?.modelField(of: card).map { Located($0.name, $0.range) }
  }

  /// Binds an element's card (every letter but X); nil after reporting what is wrong with it.
  ///
  /// `model` is the model that `modelName(of:)` names; `function` finds the `.func`s that the card can see. The
  /// result holds for every pass in which both mean the same.
  package mutating func bind(
    _ card: Card, model: Int? = nil, function: (String) -> FunctionDefinition?, diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard let letter = card.elementLetter, let kind = ElementCatalogue.kind(of: letter) else {
      let title = card.elementLetter.flatMap { ElementCatalogue.foreign[$0] } ?? "element of another program"
      ElementError.foreignElement(name: card.keyword.value, title: title, range: card.keyword.range)
        .report(to: &diagnostics)
      return nil
    }
    return kind.bind(card, model: model, binder: &self, function: function, diagnostics: &diagnostics)
  }

  /// Whether model `index` is a `.memristor`.
  func isBlock(_ index: Int) -> Bool { scopeBindings[index] != nil }

  /// The index of the model with this key, if there is one yet.
  func index(of key: ModelKey) -> Int? { indices[key] }

  /// The index of the model called `title`, on which a `.model` of `kind` may stand; made where it is new.
  mutating func intern(_ title: String, of kind: any ModelledElement.Type, _ make: () -> DeviceModel) -> Int {
    let index = intern(.element(title), make)
    kinds[index] = kind
    return index
  }

  /// The index of the model with this key, made where it is new.
  mutating func intern(_ key: ModelKey, _ make: () -> DeviceModel) -> Int {
    if let index = indices[key] { return index }
    models.append(make())
    indices[key] = models.count - 1
    return models.count - 1
  }
}

extension Card {
  /// The letter that says what an element is, in lower case.
  var elementLetter: Character? {
    keyword.value.first.flatMap { $0.lowercased().first }
  }
}

extension DeviceModel {
  /// Index of a parameter that a card or `.model` may give, by its name.
  func givableParameter(named name: String) -> Int? {
    let name = name.lowercased()
    return parameters.firstIndex { $0.name == name && $0.origin.isGivable }
  }

  /// Every name that a card or `.model` may give.
  var givableParameterNames: [String] {
    parameters.filter { $0.origin == .card }.map(\.name)
  }
}
