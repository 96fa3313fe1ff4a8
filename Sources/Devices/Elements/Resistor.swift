internal import Diagnostics
internal import Kernels

/// `Rxxx n+ n- value`: i = m v/(scale r f), f = 1 + tc1 (T - Tnom) + tc2 (T - Tnom)^2.
///
/// With a `.model`: f = 1.01^(tce (T - Tnom)) where tce is given, and r = rsh (l - 2 short)/(w - 2 narrow) where the
/// card gives none (ngspice 39, whose manual writes the narrowing once but whose program takes it from both edges).
package enum Resistor: SingleValueElement {
  package static let letter: Character = "r"

  package static let syntax = CardSyntax(
    title: "resistor", form: "Rxxx n+ n- [value] [model] [tc1=..] [tc2=..] [temp=..] [m=..] [l=.. w=..]",
    example: "R1 in out 1k",
    nodes: ["n+", "n-"],
    value: value,
    parameters: [
      .linearCoefficient, .quadraticCoefficient, exponentialCoefficient, .temperature, .temperatureDifference, width,
      length, .scale, multiplicity, noisiness,
      CardParameter("ac", unit: "ohm", "resistance in .ac and .noise"),
    ],
    aliases: ["resistance": "r", "tc": "tc1", "noise": "noisy"], ignored: ["bv_max"],
    model: ModelSyntax(
      types: ["r", "res"],
      parameters: [
        CardParameter("r", unit: "ohm", "resistance where there is no sheet resistance"),
        CardParameter("rsh", unit: "ohm", "sheet resistance"),
        CardParameter("narrow", unit: "m", "narrowing at each edge"),
        CardParameter("short", unit: "m", "shortening at each end"),
        CardParameter("defw", unit: "m", "width of elements that give none"),
        CardParameter("defl", unit: "m", "length of elements that give none"),
        .linearCoefficient, .quadraticCoefficient, exponentialCoefficient, .nominalTemperature, .scale,
        flickerCoefficient, flickerExponent,
      ],
      aliases: [
        "r": "rmodel", "res": "rmodel", "resistance": "rmodel", "dw": "narrow", "dlr": "short", "w": "defw",
        "l": "defl", "tc1r": "tc1", "tc2r": "tc2",
      ], ignored: ["bv_max"]))

  private static let value = CardParameter("r", unit: "ohm", "resistance")
  static let exponentialCoefficient = CardParameter("tce", unit: "%/K", "exponential temperature coefficient")
  private static let width = CardParameter("w", unit: "m", "width")
  private static let length = CardParameter("l", unit: "m", "length")
  private static let noisiness = CardParameter("noisy", "0 for a resistor without thermal noise")
  private static let flickerCoefficient = CardParameter(
    "kf", unit: "A^(2-af) m^2", "coefficient of flicker noise, kf i^af/(f area) in A^2/Hz")
  private static let flickerExponent = CardParameter("af", "exponent of the current in flicker noise")
  private static let multiplicity = CardParameter("m", "number of equal resistors in parallel")

  /// ln 1.01: a `tce` of 1 is one per cent per kelvin.
  static let percent = 0.009950330853168083

  /// What ngspice puts in place of a resistance of 0, ohm.
  static let smallestResistance = 1e-3

  static func makeModel() -> DeviceModel {
    var model = DeviceModel(name: "resistor", terminals: ["p", "n"])
    let written = model.addParameter(value)
    let nominal = model.addNominalTemperature()
    let warming = model.graph.subtract(model.addTemperature(), nominal)
    let factor = model.addTemperatureFactor(warming: warming)
    let multiplicity = model.addParameter(multiplicity, default: 1)
    let (conductance, _) = addConductance(to: &model, written: written, factor: factor, multiplicity: multiplicity)
    addThermalNoise(to: &model, of: conductance, temperature: model.graph.add(warming, nominal))
    return model
  }

  static func makeFullModel() -> DeviceModel {
    var model = DeviceModel(name: "resistor", terminals: ["p", "n"])
    let slots = syntax.model?.parameters ?? []
    let fallback = model.addParameter(
      CardParameter("rmodel", unit: "ohm", "resistance of the model"), default: 0)
    let sheet = model.addParameter(slots[1], default: 0)
    let (narrowing, shortening) = (model.addParameter(slots[2], default: 0), model.addParameter(slots[3], default: 0))
    let (defaultWidth, defaultLength) = (
      model.addParameter(slots[4], default: 10e-6), model.addParameter(slots[5], default: 10e-6)
    )
    let width = model.addParameter(width, defaultNode: defaultWidth)
    let length = model.addParameter(length, defaultNode: defaultLength)
    let (inner, narrow) = (
      model.graph.subtract(length, model.graph.multiply(shortening, 2)),
      model.graph.subtract(width, model.graph.multiply(narrowing, 2))
    )
    let squares = model.graph.divide(inner, narrow)
    let hasGeometry = model.graph.apply(.isPositive, model.graph.multiply(sheet, model.graph.multiply(length, width)))
    let written = model.addParameter(
      value, defaultNode: model.graph.select(hasGeometry, model.graph.multiply(sheet, squares), fallback))

    let nominal = model.addNominalTemperature()
    let warming = model.addWarming(above: nominal)
    let polynomial = model.addTemperatureFactor(warming: warming)
    let coefficient = model.addParameter(exponentialCoefficient, default: 0)
    let isExponential = model.graph.apply(.isPositive, model.graph.multiply(coefficient, coefficient))
    let exponent = model.graph.multiply(model.graph.multiply(coefficient, warming), percent)
    let factor = model.graph.select(isExponential, model.graph.apply(.exponential, exponent), polynomial)
    let scale = model.addParameter(.scale, default: 1)
    let multiplicity = model.addParameter(multiplicity, default: 1)
    let (conductance, voltage) = addConductance(
      to: &model, written: written, factor: model.graph.multiply(scale, factor), multiplicity: multiplicity)
    let noisiness = model.addParameter(noisiness, default: 1)
    let isNoisy = model.graph.apply(.isPositive, model.graph.multiply(noisiness, noisiness))
    addThermalNoise(
      to: &model, of: model.graph.multiply(conductance, isNoisy), temperature: model.graph.add(warming, nominal))
    addFlickerNoise(
      to: &model, of: conductance, at: voltage, area: model.graph.multiply(inner, narrow), multiplicity: multiplicity,
      isNoisy: isNoisy)
    return model
  }

  /// m kf |i/m|^af/(f area), A^2/Hz, as ngspice 39 has it.
  private static func addFlickerNoise(
    to model: inout DeviceModel, of conductance: NodeID, at voltage: NodeID, area: NodeID, multiplicity: NodeID,
    isNoisy: NodeID
  ) {
    let coefficient = model.addParameter(flickerCoefficient, default: 0)
    let exponent = model.addParameter(flickerExponent, default: 1)
    let magnitude = model.graph.select(
      model.graph.apply(.isNotNegative, voltage), voltage, model.graph.negate(voltage))
    let current = model.graph.divide(model.graph.multiply(conductance, magnitude), multiplicity)
    // Also for a current of 0, which a power by way of the logarithm would not take.
    let power = model.graph.insert(.binary(.power, model.graph.add(current, 1e-38), exponent))
    let density = model.graph.divide(
      model.graph.multiply(model.graph.multiply(multiplicity, isNoisy), model.graph.multiply(coefficient, power)), area)
    model.inherentNoise.append(
      NoiseSource(name: "1overf", density: density, frequencyExponent: 1, equation: 0, of: &model.graph))
  }

  /// 4 k T g, A^2/Hz (Johnson 1928, Phys. Rev. 32:97; Nyquist 1928, 32:110), `temperature` being in degrees Celsius.
  private static func addThermalNoise(to model: inout DeviceModel, of conductance: NodeID, temperature: NodeID) {
    let absolute = model.graph.add(temperature, 273.15)
    let density = model.graph.multiply(model.graph.multiply(conductance, absolute), 4 * NoiseSource.boltzmann)
    model.inherentNoise = [NoiseSource(name: "thermal", density: density, equation: 0, of: &model.graph)]
  }

  /// Adds the equation; the conductance and the voltage across it.
  private static func addConductance(
    to model: inout DeviceModel, written: NodeID, factor: NodeID, multiplicity: NodeID
  ) -> (conductance: NodeID, voltage: NodeID) {
    let voltage = model.addTerminalVoltage()
    // 1 for a resistance of either sign, 0 for none.
    let negated = model.graph.negate(written)
    let nonzero = model.graph.add(
      model.graph.apply(.isPositive, written), model.graph.apply(.isPositive, negated))
    let resistance = model.graph.select(nonzero, written, model.graph.constant(smallestResistance))
    model.checks = [
      ParameterCheck(
        condition: model.graph.subtract(model.graph.constant(1), nonzero),
        complaint: ElementError.zeroResistance.diagnostic)
    ]
    let conductance = model.graph.divide(multiplicity, model.graph.multiply(resistance, factor))
    let current = model.graph.multiply(conductance, voltage)
    model.equations = [Equation(row: .current(from: 0, to: 1), resistive: current)]
    model.addTerminalQuantities(current: current, voltage: voltage)
    model.topology = [.conducts(0, 1)]
    return (conductance, voltage)
  }
}
