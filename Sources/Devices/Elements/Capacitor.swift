package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Cxxx n+ n- value [ic=v]`: i = d(m c v)/dt.
package enum Capacitor: ElementKind {
  package static let letter: Character = "c"

  package static let syntax = CardSyntax(
    title: "capacitor", form: "Cxxx n+ n- value [ic=v] [m=..]", example: "C1 out 0 100p ic=0.5",
    nodes: ["n+", "n-"],
    value: CardParameter("c", unit: "F", "capacitance"),
    parameters: [
      CardParameter("m", "number of equal capacitors in parallel"),
      CardParameter("ic", unit: "V", "voltage at t = 0 with uic"),
    ])

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "capacitor", terminals: ["p", "n"])
    let capacitance = model.addParameter(CardParameter("c", unit: "F", "capacitance"))
    let multiplicity = model.addParameter(syntax.parameters[0], default: 1)
    let voltage = model.addTerminalVoltage()
    let charge = model.graph.multiply(model.graph.multiply(multiplicity, capacitance), voltage)
    model.equations = [
      Equation(row: .current(from: 0, to: 1), resistive: model.graph.constant(0), reactive: charge)
    ]
    model.addTerminalQuantities(current: model.graph.rate(of: charge), voltage: voltage)
    model.topology = [.conductsInTime(0, 1)]
    return model
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    binder.bindSingleValue(card, syntax: syntax, makeModel: makeModel, diagnostics: &diagnostics)
  }
}
