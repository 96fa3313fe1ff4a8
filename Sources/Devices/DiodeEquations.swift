internal import Diagnostics
internal import Expressions
internal import Kernels

/// The equations of SPICE's diode (level 1; Antognetti & Massobrio, Semiconductor Device Modeling with SPICE, 1988), in
/// the form and with the temperature dependences of ngspice 39.
///
/// With v the voltage of the junction and v_t = n k T/q,
///
///     i = is (exp(v/v_t) - 1)                            from -3 v_t on,
///     i = -is (1 + (3 v_t/(e v))^3)                      below, which meets it with its slope,
///     i = -is exp(-(b + v)/(nbv k T/q))                  below the breakdown b, at which -ibv flows through bv,
///
/// beside gmin v, recombination, tunnelling, the same once more for the edge of the junction, the knees
/// i/(1 + sqrt(i/ikf)), and the charge tt i + the integral of cjo (1 - v/vj)^-m, which goes on along its tangent above
/// fc vj.
///
/// Level 2 is PSpice's, as Xyce has it: is (exp(v/v_t) - 1) throughout, times sqrt(ikf/(ikf + i)) where there is a knee,
/// less ibv exp(-(bv + v)/(nbv k T/q)) and the same of ibvl and nbvl.
struct DiodeEquations {
  /// What a diode consists of beside the exponential; without a part its equations, unknowns and nodes are left out.
  struct Parts: OptionSet, Hashable {
    let rawValue: Int

    static let resistance = Parts(rawValue: 1)
    static let charge = Parts(rawValue: 2)
    static let breakdown = Parts(rawValue: 4)
    static let knees = Parts(rawValue: 8)
    static let recombination = Parts(rawValue: 16)
    /// The edge has a characteristic of its own.
    static let edge = Parts(rawValue: 32)
    static let edgeCharge = Parts(rawValue: 64)
    static let tunnelling = Parts(rawValue: 128)
    /// The equations of level 2.
    static let second = Parts(rawValue: 256)

    /// The parts that the values of a `.model` ask for.
    init(given value: (String) -> Double?) {
      func isPositive(_ name: String) -> Bool { (value(name) ?? 0) > 0 }
      self = []
      if value("level") == 2 { insert(.second) }
      if isPositive("rs") { insert(.resistance) }
      if isPositive("cjo") || isPositive("tt") { insert(.charge) }
      if let voltage = value("bv"), voltage.isFinite { insert(.breakdown) }
      if isPositive("ikf") || isPositive("ikr") { insert(.knees) }
      if isPositive("isr") { insert(.recombination) }
      if isPositive("jsw"), value("ns") != nil { insert(.edge) }
      if isPositive("cjp") { insert([.charge, .edgeCharge]) }
      if isPositive("jtun") || isPositive("jtunsw") { insert(.tunnelling) }
    }

    init(rawValue: Int) { self.rawValue = rawValue }

    var title: String {
      let names = [
        (Parts.resistance, "series resistance"), (.charge, "charge"), (.breakdown, "breakdown"), (.knees, "knees"),
        (.recombination, "recombination"), (.edge, "an edge"), (.edgeCharge, "charge of the edge"),
        (.tunnelling, "tunnelling"), (.second, "level 2"),
      ]
      let own = names.filter { contains($0.0) }.map(\.1)
      return own.isEmpty ? "diode" : "diode with \(own.joined(separator: ", "))"
    }
  }

  private var model: DeviceModel
  private let parts: Parts
  private let values: DiodeValues
  /// The voltage of the junction.
  private let voltage: NodeID

  static func model(of parts: Parts) -> DeviceModel {
    var equations = DiodeEquations(parts)
    equations.addEquations()
    return equations.model
  }

  private init(_ parts: Parts) {
    self.parts = parts
    let isSplit = parts.contains(.resistance)
    model = DeviceModel(name: parts.title, terminals: isSplit ? ["p", "n", "internal"] : ["p", "n"])
    model.internalNodeCount = isSplit ? 1 : 0
    values = DiodeValues(addedTo: &model, edgeIsOwn: parts.contains(.edge))
    let outer = model.addTerminalVoltage()
    voltage =
      isSplit
      ? model.addVariable(
        Variable(
          name: "vd", kind: .voltage(plus: 2, minus: 1), unit: "V", documentation: "voltage of the junction"))
      : outer
    model.initialVoltage = isSplit ? (2, 1) : (0, 1)
  }

  // MARK: Equations

  private mutating func addEquations() {
    let current = addCurrent()
    var charges = ChargeTable()
    var total = current
    if parts.contains(.charge) {
      let diffusion = model.graph.multiply(values.transitTime, current)
      var charge = model.graph.add(diffusion, addCharge(of: values.bottom))
      if parts.contains(.edgeCharge) { charge = model.graph.add(charge, addCharge(of: values.edge)) }
      total = model.graph.add(current, charges.rate(of: charge, variables: &model.variables, graph: &model.graph))
      let capacitance = model.graph.derivative(of: charge, by: leaf)
      quantity("cd", capacitance, unit: "F", "capacitance of the junction")
      quantity("charge", charge, unit: "C", "charge of the junction")
      quantity("qd", charge, unit: "C", "charge of the junction")
    }
    quantity("gd", model.graph.derivative(of: current, by: leaf), unit: "S", "conductance of the junction")
    // A current enters through its own charge, linearly: what this cannot split there is not.
    if let flow = model.graph.splitRates(total), let rows = charges.equations(in: &model.graph) {
      let junction = parts.contains(.resistance) ? 2 : 0
      model.equations =
        [Equation(row: .current(from: junction, to: 1), resistive: flow.resistive, reactive: flow.reactive)] + rows
    }
    addJunctionNoise(of: current)
    let outer = model.graph.leaf(.variable(0))
    guard parts.contains(.resistance) else {
      model.topology = [.conducts(0, 1)]
      return model.addTerminalQuantities(current: total, voltage: outer)
    }
    let drop = model.addVariable(Variable(name: "vr", kind: .voltage(plus: 0, minus: 2), unit: "V"))
    let through = model.graph.multiply(values.conductance, drop)
    model.equations.append(Equation(row: .current(from: 0, to: 2), resistive: through))
    let heat = model.graph.multiply(
      model.graph.multiply(values.conductance, values.temperature), 4 * NoiseSource.boltzmann)
    model.inherentNoise.append(
      NoiseSource(name: "rs", density: heat, equation: model.equations.count - 1, of: &model.graph))
    model.topology = [.conducts(0, 2), .conducts(2, 1)]
    model.addTerminalQuantities(current: through, voltage: outer)
    quantity("vd", voltage, unit: "V", "voltage of the junction")
  }

  /// Shot noise 2 q |i| and flicker noise kf |i|^af/f of the junction's current.
  private mutating func addJunctionNoise(of current: NodeID) {
    let isNotNegative = model.graph.apply(.isNotNegative, current)
    let magnitude = model.graph.select(isNotNegative, current, model.graph.negate(current))
    let shot = model.graph.multiply(magnitude, 2 * NoiseSource.electronCharge)
    // Also for a current of 0, which a power by way of the logarithm would not take.
    let power = model.graph.insert(.binary(.power, model.graph.add(magnitude, 1e-38), values.flickerExponent))
    let flicker = model.graph.multiply(values.flickerCoefficient, power)
    model.inherentNoise = [
      NoiseSource(name: "id", density: shot, equation: 0, of: &model.graph),
      NoiseSource(name: "1overf", density: flicker, frequencyExponent: 1, equation: 0, of: &model.graph),
    ]
  }

  private var leaf: Leaf { .variable(parts.contains(.resistance) ? 1 : 0) }

  private mutating func quantity(_ name: String, _ value: NodeID, unit: String, _ documentation: String) {
    model.quantities.append(Quantity(name: name, value: value, unit: unit, documentation: documentation))
  }

  /// The current at rest.
  ///
  /// Every formula meets its neighbour, so that the voltage alone chooses and nothing turns at a stored instant.
  private mutating func addCurrent() -> NodeID {
    if parts.contains(.second) { return addCurrentOfSecondLevel() }
    var current = addJunctionCurrent(values.saturation, values.emissionVoltage)
    if parts.contains(.recombination) { current = model.graph.add(current, addRecombination()) }
    if parts.contains(.edge) {
      current = model.graph.add(current, addJunctionCurrent(values.edgeSaturation, values.edgeVoltage))
    }
    if parts.contains(.tunnelling) { current = model.graph.subtract(current, addTunnelling()) }
    if parts.contains(.knees) {
      let behind = addKnee(of: model.graph.negate(current), at: values.reverseKnee)
      let ahead = addKnee(of: current, at: values.forwardKnee)
      current = model.graph.select(isAhead(of: values.emissionVoltage), ahead, model.graph.negate(behind))
    }
    return model.graph.add(current, model.graph.multiply(values.junctionConductance, voltage))
  }

  private mutating func addCurrentOfSecondLevel() -> NodeID {
    let forward = addExponential(of: model.graph.divide(voltage, values.emissionVoltage))
    var current = model.graph.multiply(
      values.saturation, model.graph.subtract(forward, model.graph.constant(1)))
    if parts.contains(.knees) {
      let ratio = model.graph.divide(values.forwardKnee, model.graph.add(values.forwardKnee, current))
      let bent = model.graph.multiply(current, model.graph.apply(.squareRoot, ratio))
      current = model.graph.select(model.graph.apply(.isPositive, values.forwardKnee), bent, current)
    }
    if parts.contains(.recombination) { current = model.graph.add(current, addRecombination()) }
    if parts.contains(.breakdown) {
      let excess = model.graph.negate(model.graph.add(values.knee, voltage))
      for (amount, unit) in [
        (values.kneeCurrent, values.breakdownVoltage), (values.softKneeCurrent, values.softKneeVoltage),
      ] {
        let exponential = addExponential(of: model.graph.divide(excess, unit))
        current = model.graph.subtract(current, model.graph.multiply(amount, exponential))
      }
    }
    return model.graph.add(current, model.graph.multiply(values.junctionConductance, voltage))
  }

  /// Whether the junction is above -3 u, where its exponential holds.
  private mutating func isAhead(of emissionVoltage: NodeID) -> NodeID {
    let threshold = model.graph.multiply(emissionVoltage, -3)
    return model.graph.apply(.isNotNegative, model.graph.subtract(voltage, threshold))
  }

  /// The exponential, the reverse current and the breakdown of bottom or edge.
  private mutating func addJunctionCurrent(_ saturation: NodeID, _ emissionVoltage: NodeID) -> NodeID {
    let unit = model.graph.constant(1)
    let forward = addExponential(of: model.graph.divide(voltage, emissionVoltage))
    let ahead = model.graph.multiply(saturation, model.graph.subtract(forward, unit))
    let ratio = model.graph.divide(model.graph.multiply(emissionVoltage, 3 / exponentialBase), voltage)
    let behind = model.graph.negate(
      model.graph.multiply(saturation, model.graph.add(unit, model.graph.power(ratio, 3))))
    let current = model.graph.select(isAhead(of: emissionVoltage), ahead, behind)
    guard parts.contains(.breakdown) else { return current }
    let excess = model.graph.negate(model.graph.add(values.breakdown, voltage))
    let exponential = addExponential(of: model.graph.divide(excess, values.breakdownVoltage))
    let avalanche = model.graph.negate(model.graph.multiply(saturation, exponential))
    return model.graph.select(model.graph.apply(.isPositive, excess), avalanche, current)
  }

  /// j (exp(-v/(ntun k T/q)) - 1), against the direction of the diode's current.
  private mutating func addTunnelling() -> NodeID {
    let exponent = model.graph.negate(model.graph.divide(voltage, values.tunnellingVoltage))
    let exponential = addExponential(of: exponent)
    return model.graph.multiply(values.tunnelling, model.graph.subtract(exponential, model.graph.constant(1)))
  }

  /// exp(x), along its tangent where a current would be above 1e12 A: Newton's iteration comes back from there at once.
  private mutating func addExponential(of x: NodeID) -> NodeID {
    let corner = values.largestExponent
    let tangent = model.graph.multiply(
      model.graph.apply(.exponential, corner), model.graph.add(model.graph.subtract(x, corner), 1))
    let isBeyond = model.graph.apply(.isPositive, model.graph.subtract(x, corner))
    return model.graph.select(isBeyond, tangent, model.graph.apply(.exponential, x))
  }

  /// isr (exp(v/(nr k T/q)) - 1) ((1 - v/vj)^2 + 0.005)^(m/2): the generation factor of a junction that widens in reverse.
  private mutating func addRecombination() -> NodeID {
    let exponential = addExponential(of: model.graph.divide(voltage, values.recombinationVoltage))
    let current = model.graph.multiply(
      values.recombination, model.graph.subtract(exponential, model.graph.constant(1)))
    let barrier = model.graph.subtract(model.graph.constant(1), model.graph.divide(voltage, values.bottom.potential))
    let square = model.graph.add(model.graph.power(barrier, 2), 0.005)
    let factor = model.graph.insert(.binary(.power, square, model.graph.multiply(values.bottom.grading, 0.5)))
    return model.graph.multiply(current, factor)
  }

  /// i/(1 + sqrt(i/knee)) where i is above 1e-18 A and there is a knee.
  private mutating func addKnee(of current: NodeID, at knee: NodeID) -> NodeID {
    let root = model.graph.apply(.squareRoot, model.graph.divide(current, knee))
    let bent = model.graph.divide(current, model.graph.add(root, 1))
    let isFlowing = model.graph.apply(.isPositive, model.graph.add(current, -1e-18))
    let isBent = model.graph.select(model.graph.apply(.isPositive, knee), isFlowing, model.graph.constant(0))
    return model.graph.select(isBent, bent, current)
  }

  /// The integral of c (1 - v/vj)^-m, from fc vj on with the tangent in place of the power.
  private mutating func addCharge(of layer: DiodeValues.Depletion) -> NodeID {
    let one = model.graph.constant(1)
    let (capacitance, potential, grading, fraction) = (
      layer.capacitance, layer.potential, layer.grading, layer.fraction
    )
    let complement = model.graph.subtract(one, grading)
    let scale = model.graph.divide(model.graph.multiply(capacitance, potential), complement)
    func power(_ base: NodeID, _ exponent: NodeID) -> NodeID { model.graph.insert(.binary(.power, base, exponent)) }
    let barrier = model.graph.subtract(one, model.graph.divide(voltage, potential))
    let narrow = model.graph.multiply(scale, model.graph.subtract(one, power(barrier, complement)))

    let corner = model.graph.multiply(fraction, potential)
    let rest = model.graph.subtract(one, fraction)
    let atCorner = model.graph.multiply(scale, model.graph.subtract(one, power(rest, complement)))
    // Above the corner: c (1 - fc)^(-1-m) ((1 - fc (1 + m)) + m v/vj).
    let slopeFactor = model.graph.divide(capacitance, power(rest, model.graph.add(grading, 1)))
    let level = model.graph.subtract(one, model.graph.multiply(fraction, model.graph.add(grading, 1)))
    let beyond = model.graph.subtract(voltage, corner)
    let half = model.graph.divide(grading, model.graph.multiply(potential, 2))
    let squares = model.graph.multiply(model.graph.multiply(half, beyond), model.graph.add(voltage, corner))
    let above = model.graph.multiply(
      slopeFactor, model.graph.add(model.graph.multiply(level, beyond), squares))
    let isWide = model.graph.apply(.isPositive, beyond)
    return model.graph.select(isWide, model.graph.add(atCorner, above), narrow)
  }
}

/// e, of the reverse current's formula.
private let exponentialBase = 2.718281828459045
