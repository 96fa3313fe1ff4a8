package import Diagnostics
package import Expressions
package import Netlists

/// `YMEMRISTOR name n+ n- model [param=value]`: Xyce's way to write a device of a model. Its name is the second word.
package enum XyceDevice: ElementKind {
  package static let letter: Character = "y"

  package static let syntax = CardSyntax(
    title: "Xyce memristor", form: "YMEMRISTOR name n+ n- model [param=value]",
    example: "YMEMRISTOR mr1 a 0 mrm xo=0.11", nodes: ["n+", "n-"])

  /// The device's own name.
  static func name(of card: Card) -> Field? {
    card.keyword.value == "ymemristor" ? card.fields.first : nil
  }

  static func modelName(of card: Card) -> Located<NameTemplate>? {
    name(of: card) != nil && card.fields.count >= 4 ? CompiledDevice.modelName(of: card) : nil
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    guard card.keyword.value == "ymemristor" else {
      ElementError.foreignElement(name: card.keyword.value, title: "device of Xyce", range: card.keyword.range)
        .report(to: &diagnostics)
      return nil
    }
    guard card.fields.count >= 4, let name = name(of: card) else {
      ElementError.missingNodes(
        name: card.keyword.value, syntax: syntax, found: max(0, card.fields.count - 2), range: card.text.range
      ).report(to: &diagnostics)
      return nil
    }
    var device = card
    device.keyword = Located(name.text.string.lowercased(), name.range)
    device.fields.removeFirst()
    for index in device.assignments.indices { device.assignments[index].rename(by: ForeignMemristor.instanceNames) }
    return CompiledDevice.bind(device, model: model, binder: &binder, function: function, diagnostics: &diagnostics)
  }
}
