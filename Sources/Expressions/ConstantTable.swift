/// A number with a name of its own.
package struct Constant: Sendable {
  /// As documentation writes it; names are compared in lower case.
  package var spelling: String
  package var value: Double
  package var unit: String
  package var documentation: String
}

/// Names that mean a number everywhere unless the netlist gives them another meaning.
///
/// Physical constants are the exact values of the SI of 2019, the electric constant CODATA's of 2018. Of the interpreter
/// constants of ngspice `c` is left out: a netlist that forgets its own `c` shall hear of it.
package enum ConstantTable {
  package static let constants: [Constant] = [
    Constant(spelling: "pi", value: .pi, unit: "", documentation: "circumference over diameter"),
    Constant(spelling: "e", value: 2.718281828459045, unit: "", documentation: "base of natural logarithms"),
    Constant(spelling: "inf", value: .infinity, unit: "", documentation: "no bound"),
    Constant(spelling: "echarge", value: 1.602176634e-19, unit: "C", documentation: "elementary charge"),
    Constant(spelling: "boltz", value: 1.380649e-23, unit: "J/K", documentation: "Boltzmann constant"),
    Constant(spelling: "planck", value: 6.62607015e-34, unit: "J s", documentation: "Planck constant"),
    Constant(spelling: "kelvin", value: -273.15, unit: "degC", documentation: "absolute zero"),
    Constant(spelling: "P_Q", value: 1.602176634e-19, unit: "C", documentation: "elementary charge"),
    Constant(spelling: "P_K", value: 1.380649e-23, unit: "J/K", documentation: "Boltzmann constant"),
    Constant(spelling: "P_H", value: 6.62607015e-34, unit: "J s", documentation: "Planck constant"),
    Constant(spelling: "P_EPS0", value: 8.8541878128e-12, unit: "F/m", documentation: "electric constant"),
  ]

  /// The value of `name` (lower case), or nil if it names no constant.
  package static func value(of name: String) -> Double? { values[name] }

  /// Every name, in lower case.
  package static let names: [String] = constants.map { $0.spelling.lowercased() }

  private static let values = Dictionary(uniqueKeysWithValues: zip(names, constants.map(\.value)))
}
