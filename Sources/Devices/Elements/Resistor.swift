package import Diagnostics
package import Expressions
internal import Kernels
package import Netlists

/// `Rxxx n+ n- value`: i = m v/r(T), r(T) = r (1 + tc1 (T - 27) + tc2 (T - 27)^2).
package enum Resistor: ElementKind {
  package static let letter: Character = "r"

  package static let syntax = CardSyntax(
    title: "resistor", form: "Rxxx n+ n- value [tc1=..] [tc2=..] [temp=..] [m=..]", example: "R1 in out 1k",
    nodes: ["n+", "n-"],
    value: CardParameter("r", unit: "ohm", "resistance at 27 C"),
    parameters: [
      CardParameter("tc1", unit: "1/K", "linear temperature coefficient"),
      CardParameter("tc2", unit: "1/K^2", "quadratic temperature coefficient"),
      CardParameter("temp", unit: "C", "temperature, the circuit's if not given"),
      CardParameter("m", "number of equal resistors in parallel"),
    ])

  /// What ngspice puts in place of a resistance of 0, ohm.
  static let smallestResistance = 1e-3

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "resistor", terminals: ["p", "n"])
    let written = model.addParameter(CardParameter("r", unit: "ohm", "resistance at 27 C"))
    let linear = model.addParameter(syntax.parameters[0], default: 0)
    let quadratic = model.addParameter(syntax.parameters[1], default: 0)
    let temperature = model.addTemperature()
    let multiplicity = model.addParameter(syntax.parameters[3], default: 1)
    let voltage = model.addTerminalVoltage()

    let one = model.graph.constant(1)
    // 1 for a resistance of either sign, 0 for none.
    let negated = model.graph.negate(written)
    let nonzero = model.graph.add(
      model.graph.apply(.isPositive, written), model.graph.apply(.isPositive, negated))
    let resistance = model.graph.select(nonzero, written, model.graph.constant(smallestResistance))
    model.checks = [
      ParameterCheck(condition: model.graph.subtract(one, nonzero), complaint: ElementError.zeroResistance.diagnostic)
    ]

    let warming = model.graph.subtract(temperature, model.graph.constant(27))
    let slope = model.graph.add(linear, model.graph.multiply(quadratic, warming))
    let factor = model.graph.add(one, model.graph.multiply(warming, slope))
    let conductance = model.graph.divide(multiplicity, model.graph.multiply(resistance, factor))
    let current = model.graph.multiply(conductance, voltage)
    model.equations = [Equation(row: .current(from: 0, to: 1), resistive: current)]
    model.addTerminalQuantities(current: current, voltage: voltage)
    model.topology = [.conducts(0, 1)]
    return model
  }

  package static func bind(
    _ card: Card, model: Int?, binder: inout ElementBinder, function: (String) -> FunctionDefinition?,
    diagnostics: inout DiagnosticBag
  ) -> BoundElement? {
    binder.bindSingleValue(card, syntax: syntax, makeModel: makeModel, diagnostics: &diagnostics)
  }
}
