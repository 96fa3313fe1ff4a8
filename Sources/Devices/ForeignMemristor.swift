internal import Diagnostics
internal import Expressions
package import Netlists

/// The memristors of other programs as models of the library: Xyce's, `.model NAME MEMRISTOR(level=2|3|4 ...)`, and the
/// code model of ngspice's XSPICE, `.model NAME memristor(rmin=.. rmax=..)`, which has no level.
///
/// Names and defaults are those of Xyce 7 and ngspice 39; where a default of Xyce's cannot be meant (a threshold of the
/// wrong sign, a division by zero), the range of the library's parameter says so. Signs are those of the publications.
package struct ForeignMemristor: Sendable {
  /// The type on the `.model` line.
  package static let type = "memristor"

  /// Xyce's level; nil for the code model.
  var level: Int?
  /// What the library calls the model.
  package var libraryName: String
  /// The library's parameters by Xyce's names.
  var names: [String: String]
  /// Xyce's defaults where they are not the library's, by the library's names.
  package var defaults: [String: Double]

  private static let all = [team, yakopcic, piecewiseEmpirical, codeModel]

  /// The model that the line means: Xyce's of the value of its `level`; without one, the code model if every word is one
  /// of its own.
  package static func model(of definition: ModelDefinition, level: Double?) -> ForeignMemristor? {
    if Self.level(of: definition) != nil { return all.first { $0.level.map(Double.init) == level } }
    let words = definition.assignments.map { $0.name.value.lowercased() }
    return words.allSatisfy { codeModel.names[$0] != nil } ? codeModel : nil
  }

  private static let codeModel = ForeignMemristor(
    level: nil, libraryName: "threshold_bipolar",
    names: ["rmin": "r_min", "rmax": "r_max", "rinit": "r0", "alpha": "alpha", "beta": "beta", "vt": "v_t"],
    defaults: ["r_min": 10, "r_max": 10e3, "r0": 7e3, "alpha": 0, "beta": 1, "v_t": 0])

  private static let team = ForeignMemristor(
    level: 2, libraryName: "team",
    names: [
      "kon": "k_on", "koff": "k_off", "alphaon": "alpha_on", "alphaoff": "alpha_off", "xon": "x_on", "xoff": "x_off",
      "ron": "r_on", "roff": "r_off", "ion": "i_on", "ioff": "i_off", "aon": "a_on", "aoff": "a_off", "wc": "w_c",
      "wt": "window", "d": "d", "p": "p", "j": "j",
    ],
    defaults: ["i_on": 8.9e-6, "a_on": 0, "a_off": 3e-9, "w_c": 1.07e-12, "window": 0])

  private static let yakopcic = ForeignMemristor(
    level: 3, libraryName: "yakopcic",
    names: Dictionary(
      uniqueKeysWithValues: ["eta", "vp", "vn", "ap", "an", "a1", "a2", "b", "alphap", "alphan", "xp", "xn"].map {
        ($0, $0)
      }
    ),
    defaults: [
      "vp": 0.01, "vn": -0.01, "ap": 1, "an": 1, "a1": 1, "a2": 1, "b": 1, "alphap": 1, "alphan": 1, "xp": 1, "xn": 1,
      "x0": 0,
    ])

  /// Without Xyce's tables FXPDATA and FXMDATA, which are files.
  private static let piecewiseEmpirical = ForeignMemristor(
    level: 4, libraryName: "xyce_pem",
    names: Dictionary(
      uniqueKeysWithValues: ["i1", "i2", "v1", "v2", "g0", "vp", "vn", "d1", "d2", "c1", "c2"].map { ($0, $0) }),
    defaults: [:])

  /// What a `YMEMRISTOR` line gives, by the names of the library.
  static let instanceNames = ["xo": "x0", "ivrelation": "exponential"]

  /// The level that the line asks for, as written.
  package static func level(of definition: ModelDefinition) -> Assignment? {
    definition.assignments.first { $0.name.value.lowercased() == "level" }
  }

  /// The line in the names of the library. `xscaling` is left out: states are scaled by their tolerances here.
  package func translated(_ definition: ModelDefinition) -> ModelDefinition {
    var result = definition
    result.assignments.removeAll { ["level", "xscaling"].contains($0.name.value.lowercased()) }
    for index in result.assignments.indices {
      result.assignments[index].rename(by: names)
    }
    return result
  }
}

extension Assignment {
  /// Takes another name where `names` has one.
  mutating func rename(by names: [String: String]) {
    if let other = names[name.value.lowercased()] { name = Located(other, name.range) }
  }
}
