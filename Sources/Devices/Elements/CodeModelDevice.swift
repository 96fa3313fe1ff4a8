package import Diagnostics
package import Expressions
package import Netlists

/// `Axxx n+ n- model` or `Axxx %gd(n+ n-) model`: ngspice's way to write a device of a code model, of which there is the
/// memristor, as a model of the library.
package enum CodeModelDevice: ElementKind {
  package static let letter: Character = "a"

  package static let syntax = CardSyntax(
    title: "memristor of XSPICE", form: "Axxx n+ n- model or Axxx %gd(n+ n-) model", example: "A1 a 0 memr",
    nodes: ["n+", "n-"])

  static func modelName(of card: Card) -> Located<NameTemplate>? { CompiledDevice.modelName(of: card) }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    var device = card
    // The kind of a port and its parentheses say nothing where there is one port.
    device.fields.removeAll { field in
      guard case .word = field.kind else { return field.kind.isParenthesis }
      return field.text.string.lowercased() == "%gd"
    }
    return CompiledDevice.bind(device, model: model, binder: &binder, function: function, diagnostics: &diagnostics)
  }
}

extension Field.Kind {
  fileprivate var isParenthesis: Bool {
    switch self {
    case .openParenthesis, .closeParenthesis: true
    case .word, .expression: false
    }
  }
}
