package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Vxxx n+ n- [DC] value [AC mag phase] [shape]`: v - e(t) = 0, its current an unknown of the circuit where it is
/// not eliminated with its voltage.
package enum VoltageSource: ElementKind {
  package static let letter: Character = "v"

  package static let syntax = CardSyntax(
    title: "voltage source", form: "Vxxx n+ n- [DC value] [AC mag phase] [PULSE(..) | SIN(..) | EXP(..) | PWL(..)]",
    example: "V1 in 0 PULSE(0 1 0 1n 1n 1u 2u)", nodes: ["n+", "n-"])

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "voltage source", terminals: ["p", "n"])
    let voltage = model.addTerminalVoltage()
    let current = model.addVariable(
      Variable(name: "i", kind: .current, unit: "A", documentation: "current from p to n through the source"))
    let value = model.addVariable(
      Variable(name: "value", kind: .waveform, unit: "V", documentation: "the source's voltage"))
    model.equations = [
      Equation(row: .current(from: 0, to: 1), resistive: current),
      Equation(row: .branch, resistive: model.graph.subtract(voltage, value)),
    ]
    model.addTerminalQuantities(current: current, voltage: voltage)
    model.topology = [.tiesVoltage(plus: 0, minus: 1)]
    return model
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    if let equation = BehaviouralSource.card(of: card, giving: "v") {
      return BehaviouralSource.bind(
        equation, model: nil, binder: &binder, function: function, diagnostics: &diagnostics)
    }
    guard let bound = CardBinder.bind(card, to: syntax, model: nil, diagnostics: &diagnostics),
      let waveform = WaveformCardReader.read(bound, syntax: syntax, diagnostics: &diagnostics)
    else { return nil }
    var element = BoundElement(model: binder.intern(.element(syntax.title), makeModel), nodes: bound.nodes)
    element.waveform = waveform
    return element
  }
}
