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
  let forwardKnee: NodeID
  let reverseKnee: NodeID
  let conductance: NodeID
  let transitTime: NodeID
  let capacitance: NodeID
  let potential: NodeID
  let grading: NodeID
  let fraction: NodeID
  let junctionConductance: NodeID
  /// The exponent at which the saturation current has grown to 1e12 A.
  let largestExponent: NodeID

  static let modelParameters: [CardParameter] = [
    CardParameter("level", "1, the only one"),
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
    CardParameter("nbv", "emission coefficient of the breakdown, n if not given"),
    CardParameter("ikf", unit: "A", "knee current forwards; none if 0"),
    CardParameter("ikr", unit: "A", "knee current in reverse; none if 0"),
    CardParameter("isr", unit: "A", "saturation current of recombination"),
    CardParameter("nr", "emission coefficient of recombination"),
    CardParameter("eg", unit: "eV", "activation energy"),
    CardParameter("xti", "exponent of temperature in the saturation current"),
    CardParameter("tcv", unit: "V/K", "temperature coefficient of the breakdown voltage, falling"),
    CardParameter("trs1", unit: "1/K", "linear temperature coefficient of rs"),
    CardParameter("trs2", unit: "1/K^2", "quadratic temperature coefficient of rs"),
    CardParameter("ttt1", unit: "1/K", "linear temperature coefficient of tt"),
    CardParameter("ttt2", unit: "1/K^2", "quadratic temperature coefficient of tt"),
    CardParameter("tm1", unit: "1/K", "linear temperature coefficient of m"),
    CardParameter("tm2", unit: "1/K^2", "quadratic temperature coefficient of m"),
    CardParameter("kf", "coefficient of flicker noise, which is for a later release"),
    CardParameter("af", "exponent of flicker noise"),
    .nominalTemperature,
  ]

  /// Appends the parameters of `.model` and card to `model`.
  init(addedTo model: inout DeviceModel) {
    var builder = DiodeParameters(model: model)
    _ = builder.parameter("level", 1, from: 1, to: 1)
    let given = builder.parameter("is", 1e-14, above: 0)
    let emission = builder.parameter("n", 1, above: 0)
    let resistance = builder.parameter("rs", 0, from: 0)
    let transit = builder.parameter("tt", 0, from: 0)
    let zeroCapacitance = builder.parameter("cjo", 0, from: 0)
    let nominalPotential = builder.parameter("vj", 1, above: 0)
    let nominalGrading = builder.parameter("m", called: "mj", 0.5, from: 0)
    let depletion = builder.parameter("fc", 0.5, from: 0)
    let breakdownGiven = builder.parameter("bv", .infinity, above: 0)
    let breakdownCurrent = builder.parameter("ibv", 1e-3, above: 0)
    let breakdownEmission = builder.parameter("nbv", node: emission, above: 0)
    let knees = (builder.parameter("ikf", 0, from: 0), builder.parameter("ikr", 0, from: 0))
    let recombinationGiven = builder.parameter("isr", 0, from: 0)
    let recombinationEmission = builder.parameter("nr", 1, above: 0)
    let gap = builder.parameter("eg", 1.11, from: 0.1)
    let exponent = builder.parameter("xti", 3)
    let fall = builder.parameter("tcv", 0)
    let resistanceSlopes = (builder.parameter("trs1", 0), builder.parameter("trs2", 0))
    let transitSlopes = (builder.parameter("ttt1", 0), builder.parameter("ttt2", 0))
    let gradingSlopes = (builder.parameter("tm1", 0), builder.parameter("tm2", 0))
    _ = builder.parameter("kf", 0)
    _ = builder.parameter("af", 1)
    let size = builder.addSize()
    builder.addTemperatures()

    grading = builder.limited(
      builder.multiply(nominalGrading, builder.factor(gradingSlopes)), atMost: builder.constant(0.9),
      "m, the grading coefficient,")
    fraction = builder.limited(depletion, atMost: builder.constant(0.95), "fc")
    let built = builder.potential(nominalPotential)
    let largest = builder.model.graph.divide(builder.one, fraction)
    potential = builder.limited(built.potential, atMost: largest, "vj, the junction potential,")
    capacitance = builder.multiply(
      size, builder.multiply(zeroCapacitance, builder.capacitanceFactor(grading: grading, built)))

    emissionVoltage = builder.multiply(emission, builder.thermal)
    recombinationVoltage = builder.multiply(recombinationEmission, builder.thermal)
    breakdownVoltage = builder.multiply(breakdownEmission, builder.thermal)
    let growth = builder.growth(gap: gap, exponent: exponent, emission: emission)
    saturation = builder.multiply(size, builder.multiply(given, growth))
    let ownGrowth = builder.growth(gap: gap, exponent: exponent, emission: recombinationEmission)
    recombination = builder.multiply(size, builder.multiply(recombinationGiven, ownGrowth))
    forwardKnee = builder.multiply(size, knees.0)
    reverseKnee = builder.multiply(size, knees.1)
    let resistanceFactor = builder.multiply(resistance, builder.factor(resistanceSlopes))
    conductance = builder.model.graph.divide(size, resistanceFactor)
    transitTime = builder.multiply(transit, builder.factor(transitSlopes))
    let voltage = builder.model.graph.subtract(breakdownGiven, builder.multiply(fall, builder.warming))
    breakdown = builder.breakdown(
      at: voltage, current: builder.multiply(builder.count, breakdownCurrent), saturation: saturation,
      emissionVoltage: breakdownVoltage)
    let ratio = builder.model.graph.divide(builder.constant(1e12), saturation)
    largestExponent = builder.model.graph.apply(.logarithm, ratio)
    junctionConductance = builder.model.addJunctionConductance()
    model = builder.model
  }
}
