internal import Diagnostics
internal import Expressions
internal import Kernels

/// What a diode's equations are made of, for the area and at the temperature of the instance: nodes over parameters.
///
/// The dependences on temperature are those of ngspice 39 (SPICE2's for silicon, with `tlevc` 0).
struct DiodeValues {
  let saturation: NodeID
  let recombination: NodeID
  /// Products of emission coefficient and k T/q: forwards, of recombination, of breakdown.
  let emissionVoltage: NodeID
  let recombinationVoltage: NodeID
  let breakdownVoltage: NodeID
  /// Where the formula of the breakdown begins, so that ibv flows at bv.
  let breakdown: NodeID
  /// Of level 2: bv, the currents there of the breakdown and of the soft knee before it, whose emission coefficient times
  /// k T/q.
  let knee: NodeID
  let kneeCurrent: NodeID
  let softKneeCurrent: NodeID
  let softKneeVoltage: NodeID
  let forwardKnee: NodeID
  let reverseKnee: NodeID
  let conductance: NodeID
  let transitTime: NodeID
  let bottom: Depletion
  let edge: Depletion
  /// Of the junction's edge, where it has a characteristic of its own, and its emission coefficient times k T/q.
  let edgeSaturation: NodeID
  let edgeVoltage: NodeID
  /// Of tunnelling, bottom and edge together.
  let tunnelling: NodeID
  let tunnellingVoltage: NodeID
  let junctionConductance: NodeID
  let flickerCoefficient: NodeID
  let flickerExponent: NodeID
  /// K.
  let temperature: NodeID
  /// The exponent at which the saturation current has grown to 1e12 A.
  let largestExponent: NodeID

  /// The capacitance of a depletion layer: c (1 - v/vj)^-m, and the fraction of vj from which on it grows along a line.
  struct Depletion {
    var capacitance: NodeID
    var potential: NodeID
    var grading: NodeID
    var fraction: NodeID
  }

  static let modelParameters: [CardParameter] = [
    CardParameter("level", "1, or 2 for the equations of PSpice's diode"),
    CardParameter("is", unit: "A", "saturation current"),
    CardParameter("n", "emission coefficient"),
    CardParameter("rs", unit: "ohm", "series resistance"),
    CardParameter("tt", unit: "s", "transit time"),
    CardParameter("cjo", unit: "F", "capacitance of the junction at 0 V"),
    CardParameter("vj", unit: "V", "junction potential"),
    CardParameter("m", "grading coefficient"),
    CardParameter("fc", "fraction of vj from which on the capacitance grows along a line"),
    CardParameter("bv", unit: "V", "breakdown voltage; none if not given"),
    CardParameter("ibv", unit: "A", "current at the breakdown voltage"),
    CardParameter("nbv", "emission coefficient of the breakdown, n if not given, 1 at level 2"),
    CardParameter("ibvl", unit: "A", "current at the breakdown voltage of the soft knee before it, at level 2"),
    CardParameter("nbvl", "emission coefficient of that knee"),
    CardParameter("ikf", unit: "A", "knee current forwards; none if 0"),
    CardParameter("ikr", unit: "A", "knee current in reverse; none if 0"),
    CardParameter("isr", unit: "A", "saturation current of recombination"),
    CardParameter("nr", "emission coefficient of recombination"),
    CardParameter("area", "area of diodes that give none"),
    CardParameter("pj", "length of the edge of diodes that give none"),
    CardParameter("jsw", unit: "A", "saturation current of the edge"),
    CardParameter("ns", "emission coefficient of the edge; without it the edge has the bottom's characteristic"),
    CardParameter("cjp", unit: "F", "capacitance of the edge at 0 V"),
    CardParameter("php", unit: "V", "junction potential of the edge"),
    CardParameter("mjsw", "grading coefficient of the edge"),
    CardParameter("fcs", "fraction of php from which on the edge's capacitance grows along a line"),
    CardParameter("jtun", unit: "A", "saturation current of tunnelling"),
    CardParameter("jtunsw", unit: "A", "saturation current of tunnelling at the edge"),
    CardParameter("ntun", "emission coefficient of tunnelling"),
    CardParameter("xtitun", "exponent of temperature in tunnelling"),
    CardParameter("keg", "factor of eg in tunnelling"),
    CardParameter("tlev", "other than 0: tcv is a relative coefficient, 1/K"),
    CardParameter("tlevc", "1: capacitances and potentials follow cta, ctp, tpb, tphp"),
    CardParameter("cta", unit: "1/K", "temperature coefficient of cjo, with tlevc=1"),
    CardParameter("ctp", unit: "1/K", "temperature coefficient of cjp, with tlevc=1"),
    CardParameter("tpb", unit: "V/K", "temperature coefficient of vj, falling, with tlevc=1"),
    CardParameter("tphp", unit: "V/K", "temperature coefficient of php, falling, with tlevc=1"),
    CardParameter("eg", unit: "eV", "activation energy"),
    CardParameter("xti", "exponent of temperature in the saturation current"),
    CardParameter("tcv", unit: "V/K", "temperature coefficient of the breakdown voltage, falling"),
    CardParameter("tbv1", unit: "1/K", "linear temperature coefficient of bv (PSpice, Xyce)"),
    CardParameter("tbv2", unit: "1/K^2", "quadratic temperature coefficient of bv"),
    CardParameter("tikf", unit: "1/K", "linear temperature coefficient of ikf (PSpice, Xyce)"),
    CardParameter("trs1", unit: "1/K", "linear temperature coefficient of rs"),
    CardParameter("trs2", unit: "1/K^2", "quadratic temperature coefficient of rs"),
    CardParameter("ttt1", unit: "1/K", "linear temperature coefficient of tt"),
    CardParameter("ttt2", unit: "1/K^2", "quadratic temperature coefficient of tt"),
    CardParameter("tm1", unit: "1/K", "linear temperature coefficient of m"),
    CardParameter("tm2", unit: "1/K^2", "quadratic temperature coefficient of m"),
    CardParameter("kf", "coefficient of flicker noise"),
    CardParameter("af", "exponent of flicker noise"),
    .nominalTemperature,
  ]

  /// Appends the parameters of `.model` and card to `model`.
  init(addedTo model: inout DeviceModel, edgeIsOwn: Bool) {
    var builder = DiodeParameters(model: model)
    let level = builder.parameter("level", 1, from: 1, to: 2)
    let isSecond = builder.model.graph.apply(.isPositive, builder.model.graph.add(level, -1))
    func atLevel(_ first: NodeID, _ second: Double) -> NodeID {
      builder.model.graph.select(isSecond, builder.constant(second), first)
    }
    let given = builder.parameter("is", 1e-14, above: 0)
    let emission = builder.parameter("n", 1, above: 0)
    let resistance = builder.parameter("rs", 0, from: 0)
    let transit = builder.parameter("tt", 0, from: 0)
    let zeroCapacitance = builder.parameter("cjo", 0, from: 0)
    let nominalPotential = builder.parameter("vj", 1, above: 0)
    let nominalGrading = builder.parameter("m", called: "mj", 0.5, from: 0)
    let depletion = builder.parameter("fc", 0.5, from: 0)
    let breakdownGiven = builder.parameter("bv", .infinity, above: 0)
    let breakdownCurrent = builder.parameter("ibv", node: atLevel(builder.constant(1e-3), 1e-10), above: 0)
    let breakdownEmission = builder.parameter("nbv", node: atLevel(emission, 1), above: 0)
    let softCurrent = builder.parameter("ibvl", 0, from: 0)
    let softEmission = builder.parameter("nbvl", 1, above: 0)
    let knees = (builder.parameter("ikf", 0, from: 0), builder.parameter("ikr", 0, from: 0))
    let recombinationGiven = builder.parameter("isr", 0, from: 0)
    let recombinationEmission = builder.parameter("nr", 1, above: 0)
    let modelArea = builder.parameter("area", called: "modelarea", 1, above: 0)
    let modelEdge = builder.parameter("pj", called: "modelpj", 0, from: 0)
    let edgeGiven = builder.parameter("jsw", 0, from: 0)
    let edgeEmission = builder.parameter("ns", 1, above: 0)
    let edgeCapacitance = builder.parameter("cjp", 0, from: 0)
    let edgePotential = builder.parameter("php", 1, above: 0)
    let edgeGrading = builder.parameter("mjsw", 0.33, from: 0)
    let edgeDepletion = builder.parameter("fcs", 0.5, from: 0)
    let tunnellingGiven = (builder.parameter("jtun", 0, from: 0), builder.parameter("jtunsw", 0, from: 0))
    let tunnellingEmission = builder.parameter("ntun", 30, above: 0)
    let tunnellingExponent = builder.parameter("xtitun", 3)
    let gapFactor = builder.parameter("keg", 1)
    let isRelative = builder.parameter("tlev", 0)
    let followsCoefficients = builder.parameter("tlevc", 0)
    let capacitanceSlopes = (builder.parameter("cta", 0), builder.parameter("ctp", 0))
    let potentialSlopes = (builder.parameter("tpb", 0), builder.parameter("tphp", 0))
    let gap = builder.parameter("eg", 1.11, from: 0.1)
    let exponent = builder.parameter("xti", 3)
    let fall = builder.parameter("tcv", 0)
    let breakdownSlopes = (builder.parameter("tbv1", 0), builder.parameter("tbv2", 0))
    let kneeSlope = builder.parameter("tikf", 0)
    let resistanceSlopes = (builder.parameter("trs1", 0), builder.parameter("trs2", 0))
    let transitSlopes = (builder.parameter("ttt1", 0), builder.parameter("ttt2", 0))
    let gradingSlopes = (builder.parameter("tm1", 0), builder.parameter("tm2", 0))
    flickerCoefficient = builder.parameter("kf", 0, from: 0)
    flickerExponent = builder.parameter("af", 1)
    let size = builder.addSize(modelArea: modelArea, modelEdge: modelEdge)
    builder.addTemperatures()

    let grading = builder.limited(
      builder.multiply(nominalGrading, builder.factor(gradingSlopes)), atMost: builder.constant(0.9),
      "m, the grading coefficient,")
    bottom = builder.depletion(
      builder.multiply(size.area, zeroCapacitance), potential: nominalPotential, grading: grading,
      fraction: builder.limited(depletion, atMost: builder.constant(0.95), "fc"),
      coefficients: (followsCoefficients, capacitanceSlopes.0, potentialSlopes.0), "vj, the junction potential,")
    edge = builder.depletion(
      builder.multiply(size.edge, edgeCapacitance), potential: edgePotential, grading: edgeGrading,
      fraction: builder.limited(edgeDepletion, atMost: builder.constant(0.95), "fcs"),
      coefficients: (followsCoefficients, capacitanceSlopes.1, potentialSlopes.1),
      "php, the junction potential of the edge,")

    emissionVoltage = builder.multiply(emission, builder.thermal)
    recombinationVoltage = builder.multiply(recombinationEmission, builder.thermal)
    breakdownVoltage = builder.multiply(breakdownEmission, builder.thermal)
    edgeVoltage = builder.multiply(edgeEmission, builder.thermal)
    tunnellingVoltage = builder.multiply(tunnellingEmission, builder.thermal)
    func grown(_ value: NodeID, _ gap: NodeID, _ exponent: NodeID, _ emission: NodeID) -> NodeID {
      let growth = builder.growth(gap: gap, exponent: exponent, emission: emission)
      return builder.multiply(value, growth)
    }
    let plain = grown(builder.multiply(size.area, given), gap, exponent, emission)
    edgeSaturation = grown(builder.multiply(size.edge, edgeGiven), gap, exponent, edgeEmission)
    saturation = edgeIsOwn ? plain : builder.model.graph.add(plain, edgeSaturation)
    recombination = grown(builder.multiply(size.area, recombinationGiven), gap, exponent, recombinationEmission)
    let ofBoth = builder.model.graph.add(
      builder.multiply(size.area, tunnellingGiven.0), builder.multiply(size.edge, tunnellingGiven.1))
    tunnelling = grown(ofBoth, builder.multiply(gapFactor, gap), tunnellingExponent, tunnellingEmission)
    let warmKnee = builder.multiply(knees.0, builder.factor((kneeSlope, builder.constant(0))))
    forwardKnee = builder.multiply(size.area, warmKnee)
    reverseKnee = builder.multiply(size.area, knees.1)
    let resistanceFactor = builder.multiply(resistance, builder.factor(resistanceSlopes))
    conductance = builder.model.graph.divide(size.area, resistanceFactor)
    transitTime = builder.multiply(transit, builder.factor(transitSlopes))
    let drop = builder.multiply(fall, builder.warming)
    let warm = builder.multiply(breakdownGiven, builder.factor(breakdownSlopes))
    let relative = builder.multiply(warm, builder.model.graph.subtract(builder.one, drop))
    let voltage = builder.model.graph.select(
      builder.isGiven(isRelative), relative, builder.model.graph.subtract(warm, drop))
    knee = voltage
    kneeCurrent = builder.multiply(size.area, breakdownCurrent)
    softKneeCurrent = builder.multiply(size.area, softCurrent)
    softKneeVoltage = builder.multiply(softEmission, builder.thermal)
    breakdown = builder.breakdown(
      at: voltage, current: builder.multiply(builder.count, breakdownCurrent), saturation: plain,
      emissionVoltage: breakdownVoltage)
    let ratio = builder.model.graph.divide(builder.constant(1e12), saturation)
    largestExponent = builder.model.graph.apply(.logarithm, ratio)
    junctionConductance = builder.model.addJunctionConductance()
    temperature = builder.temperature
    model = builder.model
  }
}
