internal import Diagnostics
internal import Kernels

/// `Lxxx n+ n- value [ic=i]`: v - d(l i/m)/dt = 0, its current an unknown of the circuit.
///
/// Beside temperature and scale, l f scale with f = 1 + tc1 (T - Tnom) + tc2 (T - Tnom)^2, a `.model` gives an
/// inductance, or that of a coil of its geometry, to elements that give none (ngspice 39).
package enum Inductor: SingleValueElement {
  package static let letter: Character = "l"

  package static let syntax = CardSyntax(
    title: "inductor", form: "Lxxx n+ n- [value] [model] [ic=i] [tc1=..] [tc2=..] [m=..]", example: "L1 in out 10u",
    nodes: ["n+", "n-"],
    value: value,
    parameters: [
      multiplicity, CardParameter("ic", unit: "A", "current at t = 0 with uic"), .linearCoefficient,
      .quadraticCoefficient, .temperature, .temperatureDifference, .scale, turns,
    ],
    aliases: ["inductance": "l", "tc": "tc1"],
    model: ModelSyntax(
      types: ["l"],
      parameters: [
        CardParameter("ind", unit: "H", "inductance of elements that give none"), .linearCoefficient,
        .quadraticCoefficient, .nominalTemperature, .scale,
      ] + CoilGeometry.parameters, aliases: ["nt": "modelnt"]))

  private static let value = CardParameter("l", unit: "H", "inductance")
  private static let turns = CardParameter("nt", "number of turns of the model's coil, in place of a value")
  private static let multiplicity = CardParameter("m", "number of equal inductors in parallel")

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "inductor", terminals: ["p", "n"])
    let inductance = model.addParameter(value)
    let multiplicity = model.addParameter(multiplicity, default: 1)
    addFlux(to: &model, inductance: model.graph.divide(inductance, multiplicity))
    return model
  }

  static func makeFullModel() -> DeviceModel {
    var model = DeviceModel(name: "inductor", terminals: ["p", "n"])
    let slots = syntax.model?.parameters ?? []
    let given = model.addParameter(slots[0], default: 0)
    let turn = CoilGeometry.addInductanceOfOneTurn(to: &model)
    let modelTurns = model.addParameter(
      CardParameter("modelnt", "number of turns of the model"), default: 0)
    let turns = model.addParameter(turns, default: 0)
    func coil(_ turns: NodeID, _ graph: inout ExpressionGraph) -> NodeID {
      graph.multiply(turn, graph.power(turns, 2))
    }
    let ofModel = model.graph.select(model.isZero(given), coil(modelTurns, &model.graph), given)
    let fallback = model.graph.select(model.isZero(turns), ofModel, coil(turns, &model.graph))
    let written = model.addParameter(value, defaultNode: fallback)
    let nominal = model.addNominalTemperature()
    let factor = model.addTemperatureFactor(warming: model.addWarming(above: nominal))
    let scale = model.addParameter(.scale, default: 1)
    let multiplicity = model.addParameter(multiplicity, default: 1)
    let inductance = model.graph.multiply(written, model.graph.multiply(scale, factor))
    addFlux(to: &model, inductance: model.graph.divide(inductance, multiplicity))
    model.checks = [
      ParameterCheck(condition: model.isZero(written), complaint: ElementError.noValue(value).diagnostic)
    ]
    return model
  }

  private static func addFlux(to model: inout DeviceModel, inductance: NodeID) {
    let voltage = model.addTerminalVoltage()
    let current = model.addVariable(
      Variable(name: "i", kind: .current, unit: "A", documentation: "current from p to n"))
    let flux = model.graph.multiply(inductance, current)
    model.equations = [
      Equation(row: .current(from: 0, to: 1), resistive: current),
      Equation(row: .branch, resistive: voltage, reactive: model.graph.negate(flux)),
    ]
    model.addTerminalQuantities(current: current, voltage: voltage)
    model.quantities.append(
      Quantity(name: "inductance", value: inductance, unit: "H", documentation: "inductance"))
    model.topology = [.conducts(0, 1), .fixesCurrent(0, 1)]
  }
}
