internal import Kernels

/// The inductance of one turn of a coil of cross section A and length l, mu mu_0 A/l times the share that a coil of that
/// shape keeps of an endless one's: the formula of Lundin for Nagaoka's coefficient (R. Lundin, Proc. IEEE 73 (1985) 1428),
/// as in ngspice 39.
struct CoilGeometry {
  static let parameters = [
    CardParameter("nt", "number of turns of elements that give none"),
    CardParameter("csect", unit: "m^2", "cross section"),
    CardParameter("dia", unit: "m", "diameter, which outranks csect"),
    CardParameter("length", unit: "m", "length of the coil"),
    CardParameter("mu", "relative permeability of the core"),
  ]

  /// The permeability of vacuum, H/m (CODATA 2018).
  private static let vacuumPermeability = 1.25663706212e-6

  /// Appends the parameters but the number of turns, `nt`; the inductance of one turn.
  static func addInductanceOfOneTurn(to model: inout DeviceModel) -> NodeID {
    let section = model.addParameter(parameters[1], default: 0)
    let diameter = model.addParameter(parameters[2], default: 0)
    let length = model.addParameter(parameters[3], default: 0)
    let permeability = model.addParameter(parameters[4], default: 1)
    let disc = model.graph.multiply(model.graph.power(diameter, 2), .pi / 4)
    let area = model.graph.select(model.graph.apply(.isPositive, diameter), disc, section)
    let flux = model.graph.multiply(model.graph.multiply(permeability, Self.vacuumPermeability), area)
    let endless = model.graph.divide(flux, length)
    let share = addShare(area: area, length: length, to: &model)
    return model.graph.select(
      model.graph.apply(.isPositive, length), model.graph.multiply(endless, share), model.graph.constant(0))
  }

  /// Nagaoka's coefficient; 1 for coils of less than a micrometre, which are not meant as such.
  private static func addShare(area: NodeID, length: NodeID, to model: inout DeviceModel) -> NodeID {
    let one = model.graph.constant(1)
    let radius = model.graph.apply(.squareRoot, model.graph.multiply(area, 1 / .pi))
    let ratio = model.graph.divide(model.graph.multiply(radius, 2), length)
    let square = model.graph.power(ratio, 2)
    let inverse = model.graph.divide(one, square)
    /// 1 + 0.383901 z + 0.017108 z^2 over 1 + 0.258952 z.
    func quotient(_ z: NodeID, _ graph: inout ExpressionGraph) -> NodeID {
      let numerator = graph.add(
        graph.add(graph.multiply(z, 0.383901), graph.multiply(graph.power(z, 2), 0.017108)), 1)
      return graph.divide(numerator, graph.add(graph.multiply(z, 0.258952), 1))
    }
    let long = model.graph.subtract(quotient(square, &model.graph), model.graph.multiply(ratio, 4 / (3 * .pi)))
    let logarithm = model.graph.add(model.graph.apply(.logarithm, model.graph.multiply(ratio, 4)), -0.5)
    let main = model.graph.multiply(logarithm, quotient(inverse, &model.graph))
    let rest = model.graph.add(
      model.graph.add(
        model.graph.multiply(inverse, 0.093842), model.graph.multiply(model.graph.power(inverse, 2), 0.002029)),
      model.graph.multiply(model.graph.power(inverse, 3), -0.000801))
    let short = model.graph.divide(
      model.graph.multiply(model.graph.add(main, rest), 2 / .pi), ratio)
    let isLong = model.graph.apply(.isPositive, model.graph.subtract(one, ratio))
    let isWide = model.graph.apply(.isNotNegative, model.graph.add(area, -1e-12))
    let isExtended = model.graph.apply(.isNotNegative, model.graph.add(length, -1e-6))
    return model.graph.select(
      model.graph.multiply(isWide, isExtended), model.graph.select(isLong, long, short), one)
  }
}
