package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Lxxx n+ n- value [ic=i]`: v - d(l i/m)/dt = 0, its current an unknown of the circuit.
package enum Inductor: ElementKind {
  package static let letter: Character = "l"

  package static let syntax = CardSyntax(
    title: "inductor", form: "Lxxx n+ n- value [ic=i] [m=..]", example: "L1 in out 10u",
    nodes: ["n+", "n-"],
    value: CardParameter("l", unit: "H", "inductance"),
    parameters: [
      CardParameter("m", "number of equal inductors in parallel"),
      CardParameter("ic", unit: "A", "current at t = 0 with uic"),
    ])

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "inductor", terminals: ["p", "n"])
    let inductance = model.addParameter(CardParameter("l", unit: "H", "inductance"))
    let multiplicity = model.addParameter(syntax.parameters[0], default: 1)
    let voltage = model.addTerminalVoltage()
    let current = model.addVariable(
      Variable(name: "i", kind: .current, unit: "A", documentation: "current from p to n"))
    let flux = model.graph.multiply(model.graph.divide(inductance, multiplicity), current)
    model.equations = [
      Equation(row: .current(from: 0, to: 1), resistive: current),
      Equation(row: .branch, resistive: voltage, reactive: model.graph.negate(flux)),
    ]
    model.addTerminalQuantities(current: current, voltage: voltage)
    model.topology = [.conducts(0, 1), .fixesCurrent(0, 1)]
    return model
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    binder.bindSingleValue(card, syntax: syntax, makeModel: makeModel, diagnostics: &diagnostics)
  }
}
