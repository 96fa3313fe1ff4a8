internal import Diagnostics
internal import Kernels

/// `Cxxx n+ n- value [ic=v]`: i = d(m c v)/dt.
///
/// Beside temperature and scale, c f scale with f = 1 + tc1 (T - Tnom) + tc2 (T - Tnom)^2, a `.model` gives a
/// capacitance, or one from a geometry: c = cj A + cjsw P, with A and P the area and perimeter of a rectangle
/// (l - short) (w - narrow), and cj = epsilon_0 di/thick where only a thickness is given (ngspice 39).
package enum Capacitor: SingleValueElement {
  package static let letter: Character = "c"

  package static let syntax = CardSyntax(
    title: "capacitor", form: "Cxxx n+ n- [value] [model] [ic=v] [tc1=..] [tc2=..] [m=..] [l=.. w=..]",
    example: "C1 out 0 100p ic=0.5",
    nodes: ["n+", "n-"],
    value: value,
    parameters: [
      multiplicity, CardParameter("ic", unit: "V", "voltage at t = 0 with uic"), .linearCoefficient,
      .quadraticCoefficient, .temperature, .temperatureDifference, width, length, .scale, age, ageing,
    ],
    aliases: ["capacitance": "c", "cap": "c", "tc": "tc1"], ignored: ["bv_max"],
    model: ModelSyntax(
      types: ["c"],
      parameters: [
        CardParameter("cap", unit: "F", "capacitance of elements that give none"),
        CardParameter("thick", unit: "m", "thickness of the insulator"),
        CardParameter("di", "its relative permittivity, that of SiO2 if not given"),
        CardParameter("cj", unit: "F/m^2", "capacitance per area"),
        CardParameter("cjsw", unit: "F/m", "capacitance per length of edge"),
        CardParameter("del", unit: "m", "narrowing and shortening at each edge"),
        CardParameter("narrow", unit: "m", "narrowing"),
        CardParameter("short", unit: "m", "shortening"),
        CardParameter("defw", unit: "m", "width of elements that give none"),
        CardParameter("defl", unit: "m", "length of elements that give none"),
        .linearCoefficient, .quadraticCoefficient, .nominalTemperature, .scale, ageing,
      ],
      aliases: ["cox": "cj", "capsw": "cjsw", "w": "defw", "l": "defl"], ignored: ["bv_max"]))

  private static let value = CardParameter("c", unit: "F", "capacitance")
  private static let width = CardParameter("w", unit: "m", "width")
  private static let length = CardParameter("l", unit: "m", "length")
  private static let multiplicity = CardParameter("m", "number of equal capacitors in parallel")
  static let age = CardParameter("age", unit: "h", "age, which takes d log10(age) off the capacitance (Xyce)")
  static let ageing = CardParameter("d", "loss of capacitance in a factor of ten of age")
  static let usualAgeing = 0.0233
  /// The permittivity of vacuum, F/m (CODATA 2018).
  private static let vacuumPermittivity = 8.8541878128e-12

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "capacitor", terminals: ["p", "n"])
    let capacitance = model.addParameter(value)
    let multiplicity = model.addParameter(multiplicity, default: 1)
    addCharge(to: &model, capacitance: model.graph.multiply(multiplicity, capacitance))
    return model
  }

  static func makeFullModel() -> DeviceModel {
    var model = DeviceModel(name: "capacitor", terminals: ["p", "n"])
    let written = model.addParameter(value, defaultNode: addModelCapacitance(to: &model))
    let nominal = model.addNominalTemperature()
    let factor = model.addTemperatureFactor(warming: model.addWarming(above: nominal))
    let scale = model.addParameter(.scale, default: 1)
    let multiplicity = model.addParameter(multiplicity, default: 1)
    let capacitance = model.graph.multiply(written, model.graph.multiply(scale, factor))
    let aged = model.graph.multiply(capacitance, addAgeing(to: &model))
    addCharge(to: &model, capacitance: model.graph.multiply(multiplicity, aged))
    model.checks = [
      ParameterCheck(condition: model.isZero(written), complaint: ElementError.noValue(value).diagnostic)
    ]
    return model
  }

  /// 1 - d log10(age), Xyce's; 1 without an age.
  private static func addAgeing(to model: inout DeviceModel) -> NodeID {
    let age = model.addParameter(age, default: 0)
    let slope = model.addParameter(ageing, default: usualAgeing)
    let decades = model.graph.apply(.logarithm10, age)
    let left = model.graph.subtract(model.graph.constant(1), model.graph.multiply(slope, decades))
    return model.graph.select(model.graph.apply(.isPositive, age), left, model.graph.constant(1))
  }

  /// Appends what a `.model` says and the card's geometry; the capacitance of elements that give none.
  private static func addModelCapacitance(to model: inout DeviceModel) -> NodeID {
    let slots = syntax.model?.parameters ?? []
    let fallback = model.addParameter(slots[0], default: 0)
    let thickness = model.addParameter(slots[1], default: 0)
    let permittivity = model.addParameter(slots[2], default: 3.9)
    let hasThickness = model.graph.apply(.isPositive, thickness)
    let perArea = model.graph.divide(model.graph.multiply(permittivity, vacuumPermittivity), thickness)
    let area = model.addParameter(
      slots[3], defaultNode: model.graph.select(hasThickness, perArea, model.graph.constant(0)))
    let edge = model.addParameter(slots[4], default: 0)
    let loss = model.graph.multiply(model.addParameter(slots[5], default: 0), 2)
    let narrowing = model.addParameter(slots[6], defaultNode: loss)
    let shortening = model.addParameter(slots[7], defaultNode: loss)
    let defaultWidth = model.addParameter(slots[8], default: 10e-6)
    let defaultLength = model.addParameter(slots[9], default: 0)
    let width = model.addParameter(width, defaultNode: defaultWidth)
    let length = model.addParameter(length, defaultNode: defaultLength)

    let trueWidth = model.graph.subtract(width, narrowing)
    let trueLength = model.graph.subtract(length, shortening)
    let bottom = model.graph.multiply(area, model.graph.multiply(trueWidth, trueLength))
    let perimeter = model.graph.multiply(model.graph.add(trueWidth, trueLength), 2)
    let geometry = model.graph.add(bottom, model.graph.multiply(edge, perimeter))
    let hasLength = model.graph.apply(.isPositive, length)
    let fromGeometry = model.graph.select(hasLength, geometry, model.graph.constant(0))
    return model.graph.select(model.isZero(fallback), fromGeometry, fallback)
  }

  private static func addCharge(to model: inout DeviceModel, capacitance: NodeID) {
    let voltage = model.addTerminalVoltage()
    let charge = model.graph.multiply(capacitance, voltage)
    model.equations = [
      Equation(row: .current(from: 0, to: 1), resistive: model.graph.constant(0), reactive: charge)
    ]
    model.addTerminalQuantities(current: model.graph.rate(of: charge), voltage: voltage)
    model.topology = [.conductsInTime(0, 1)]
  }
}
