package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Ixxx n+ n- [DC] value [AC mag phase] [shape] [m=..]`: i = m e(t), from n+ through the source to n-.
package enum CurrentSource: ElementKind {
  package static let letter: Character = "i"

  package static let syntax = CardSyntax(
    title: "current source",
    form: "Ixxx n+ n- [DC value] [AC mag phase] [PULSE(..) | SIN(..) | EXP(..) | PWL(..)] [m=..]",
    example: "I1 0 a PWL(0 0 1n 10u)", nodes: ["n+", "n-"],
    parameters: [CardParameter("m", "number of equal sources in parallel")])

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "current source", terminals: ["p", "n"])
    let multiplicity = model.addParameter(syntax.parameters[0], default: 1)
    let voltage = model.addTerminalVoltage()
    let value = model.addVariable(
      Variable(name: "value", kind: .waveform, unit: "A", documentation: "the source's current"))
    let current = model.graph.multiply(multiplicity, value)
    model.equations = [Equation(row: .current(from: 0, to: 1), resistive: current)]
    model.addTerminalQuantities(current: current, voltage: voltage)
    model.topology = [.fixesCurrent(0, 1)]
    return model
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    if let equation = BehaviouralSource.card(of: card, giving: "i") {
      return BehaviouralSource.bind(
        equation, model: nil, binder: &binder, function: function, diagnostics: &diagnostics)
    }
    guard let bound = CardBinder.bind(card, to: syntax, model: nil, diagnostics: &diagnostics),
      let waveform = WaveformCardReader.read(bound, syntax: syntax, diagnostics: &diagnostics)
    else { return nil }
    var element = BoundElement(model: binder.intern(.element(syntax.title), makeModel), nodes: bound.nodes)
    if let multiplicity = bound.assignments["m"] {
      guard multiplicity.expression.isConstant(for: syntax.title, diagnostics: &diagnostics) else { return nil }
      element.parameters = [ParameterBinding(index: 0, value: multiplicity.expression)]
    }
    element.waveform = waveform
    return element
  }
}
