internal import Diagnostics
internal import Expressions
internal import Kernels

/// Puts a diode's parameters into its model and scales them to area and temperature.
struct DiodeParameters {
  var model: DeviceModel
  let one: NodeID
  /// Number of diodes in parallel; unset before `addSize`.
  private(set) var count: NodeID
  /// k T/q, and the temperatures of the instance and of the values, K; unset before `addTemperatures`.
  private(set) var thermal: NodeID
  private(set) var temperature: NodeID
  private(set) var nominal: NodeID
  /// temperature - nominal, K.
  private(set) var warming: NodeID

  /// Boltzmann's constant over the elementary charge, V/K.
  private static let boltzmannPerCharge = 1.380649e-23 / 1.602176634e-19
  /// The temperature at which SPICE's formulas for silicon are anchored, K.
  private static let reference = 300.15
  private static let zeroCelsius = 273.15

  init(model: DeviceModel) {
    self.model = model
    one = self.model.graph.constant(1)
    (count, thermal, temperature, nominal, warming) = (one, one, one, one, one)
  }

  // MARK: Parameters

  /// Appends a parameter of the `.model`, with what the manual says of it; `value` or `node` holds where it is not given.
  mutating func parameter(
    _ name: String, called own: String? = nil, _ value: Double = 0, node: NodeID? = nil, above: Double? = nil,
    from: Double? = nil,
    to: Double? = nil
  ) -> NodeID {
    let slot = DiodeValues.modelParameters.first { $0.name == name }
    let lower = (above ?? from).map { model.graph.constant($0) }
    let upper = to.map { model.graph.constant($0) }
    return model.addParameter(
      Parameter(
        name: own ?? name, unit: slot?.unit ?? "", documentation: slot?.documentation ?? "",
        defaultValue: node ?? constant(value),
        allowed: ParameterRange(lower: lower, upper: upper, includesLower: above == nil)))
  }

  /// Appends the card's `area`, `pj` and `m`; area and edge of all diodes together.
  mutating func addSize(modelArea: NodeID, modelEdge: NodeID) -> (area: NodeID, edge: NodeID) {
    let zero = constant(0)
    func bounded(_ slot: CardParameter, _ value: NodeID, includesZero: Bool = false) -> Parameter {
      Parameter(
        name: slot.name, unit: slot.unit, documentation: slot.documentation, defaultValue: value,
        allowed: ParameterRange(lower: zero, includesLower: includesZero))
    }
    let area = model.addParameter(bounded(Diode.area, modelArea))
    let edge = model.addParameter(bounded(Diode.edge, modelEdge, includesZero: true))
    count = model.addParameter(bounded(Diode.multiplicity, one))
    return (multiply(area, count), multiply(edge, count))
  }

  /// Appends `tnom`, `temp` and `dtemp`.
  mutating func addTemperatures() {
    let values = model.addNominalTemperature()
    warming = model.addWarming(above: values)
    nominal = model.graph.add(values, Self.zeroCelsius)
    temperature = model.graph.add(nominal, warming)
    thermal = model.graph.multiply(temperature, Self.boltzmannPerCharge)
  }

  /// `value` up to `largest`, with a warning where it lies above (as in ngspice).
  mutating func limited(_ value: NodeID, atMost largest: NodeID, _ what: String) -> NodeID {
    let isAbove = model.graph.apply(.isPositive, model.graph.subtract(value, largest))
    model.checks.append(
      ParameterCheck(condition: isAbove, complaint: ElementError.limitedValue(what: what).diagnostic))
    return model.graph.select(isAbove, largest, value)
  }

  /// 1 where the node is not 0.
  mutating func isGiven(_ node: NodeID) -> NodeID { model.graph.subtract(one, model.isZero(node)) }

  // MARK: Temperature

  mutating func constant(_ value: Double) -> NodeID { model.graph.constant(value) }
  mutating func multiply(_ x: NodeID, _ y: NodeID) -> NodeID { model.graph.multiply(x, y) }

  /// 1 + a dT + b dT^2.
  mutating func factor(_ slopes: (NodeID, NodeID)) -> NodeID {
    let slope = model.graph.add(slopes.0, multiply(slopes.1, warming))
    return model.graph.add(one, multiply(slope, warming))
  }

  /// (T/Tnom)^(xti/n) exp((T/Tnom - 1) eg/(n k T/q)): how a saturation current grows.
  mutating func growth(gap: NodeID, exponent: NodeID, emission: NodeID) -> NodeID {
    let ratio = model.graph.divide(temperature, nominal)
    let energy = model.graph.divide(gap, multiply(emission, thermal))
    let activation = multiply(model.graph.add(ratio, -1), energy)
    let power = multiply(model.graph.divide(exponent, emission), model.graph.apply(.logarithm, ratio))
    return model.graph.apply(.exponential, model.graph.add(activation, power))
  }

  /// The junction potential at the instance's temperature and at SPICE's reference.
  struct Potential {
    var nominal: NodeID
    var atReference: NodeID
    var potential: NodeID
  }

  mutating func potential(_ given: NodeID) -> Potential {
    let low = shift(at: nominal)
    let high = shift(at: temperature)
    let scaled = model.graph.subtract(given, low)
    let atReference = model.graph.divide(multiply(scaled, constant(Self.reference)), nominal)
    let grown = model.graph.divide(
      multiply(atReference, temperature), constant(Self.reference))
    return Potential(nominal: given, atReference: atReference, potential: model.graph.add(high, grown))
  }

  /// E_g(T) - E_g(T_ref) T/T_ref - 3 k T/q ln(T/T_ref), with silicon's gap E_g(T) = 1.16 - 7.02e-4 T^2/(T + 1108) eV.
  private mutating func shift(at temperature: NodeID) -> NodeID {
    let ratio = model.graph.divide(temperature, constant(Self.reference))
    let square = model.graph.multiply(model.graph.power(temperature, 2), 7.02e-4)
    let narrowing = model.graph.divide(square, model.graph.add(temperature, 1108))
    let gap = model.graph.subtract(model.graph.constant(1.16), narrowing)
    let spread = multiply(
      model.graph.multiply(temperature, 3 * Self.boltzmannPerCharge), model.graph.apply(.logarithm, ratio))
    let rest = model.graph.add(model.graph.multiply(ratio, 1.1150877), spread)
    return model.graph.subtract(gap, rest)
  }

  /// A depletion layer at the instance's temperature: SPICE2's laws for silicon, or with `tlevc` (the first of
  /// `coefficients`) linear ones in the capacitance and the potential.
  mutating func depletion(
    _ capacitance: NodeID, potential: NodeID, grading: NodeID, fraction: NodeID,
    coefficients: (isLinear: NodeID, capacitance: NodeID, potential: NodeID), _ what: String
  ) -> DiodeValues.Depletion {
    let silicon = self.potential(potential)
    let distance = model.graph.add(temperature, -Self.reference)
    let isLinear = isGiven(coefficients.isLinear)
    let moved = model.graph.subtract(potential, multiply(coefficients.potential, distance))
    let grown = model.graph.add(one, multiply(coefficients.capacitance, distance))
    let factor = model.graph.select(isLinear, grown, capacitanceFactor(grading: grading, silicon))
    let largest = model.graph.divide(one, fraction)
    return DiodeValues.Depletion(
      capacitance: multiply(capacitance, factor),
      potential: limited(model.graph.select(isLinear, moved, silicon.potential), atMost: largest, what),
      grading: grading, fraction: fraction)
  }

  /// How the capacitance grows, with m (4e-4 dT - d(vj)/vj) from the reference.
  mutating func capacitanceFactor(grading: NodeID, _ potential: Potential) -> NodeID {
    let before = expansion(grading, temperature: nominal, potential.nominal, potential.atReference)
    let after = expansion(grading, temperature: temperature, potential.potential, potential.atReference)
    return model.graph.divide(after, before)
  }

  private mutating func expansion(
    _ grading: NodeID, temperature: NodeID, _ potential: NodeID, _ reference: NodeID
  ) -> NodeID {
    let warming = model.graph.multiply(model.graph.add(temperature, -Self.reference), 4e-4)
    let change = model.graph.divide(model.graph.subtract(potential, reference), reference)
    return model.graph.add(one, multiply(grading, model.graph.subtract(warming, change)))
  }

  // MARK: Breakdown

  /// The b of is (exp((bv - b)/u) - 1 + b/(k T/q)) = ibv, by iteration, whose factor is about is/ibv; bv itself where the
  /// reverse current at bv is above ibv already.
  mutating func breakdown(
    at voltage: NodeID, current: NodeID, saturation: NodeID, emissionVoltage: NodeID
  ) -> NodeID {
    let ratio = model.graph.divide(current, saturation)
    let excess = model.graph.subtract(ratio, model.graph.divide(voltage, thermal))
    let above = model.graph.add(ratio, one)
    var result = model.graph.subtract(voltage, multiply(emissionVoltage, model.graph.apply(.logarithm, above)))
    for _ in 0..<Self.breakdownIterations {
      let argument = model.graph.subtract(above, model.graph.divide(result, thermal))
      result = model.graph.subtract(voltage, multiply(emissionVoltage, model.graph.apply(.logarithm, argument)))
    }
    return model.graph.select(model.graph.apply(.isNotNegative, excess), result, voltage)
  }

  private static let breakdownIterations = 8
}
