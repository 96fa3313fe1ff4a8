import TestSupport
import Testing

/// A kind of random circuits that surely have one solution.
protocol CircuitFamily: Sendable {
  static var name: String { get }
  /// How many are tried.
  static var count: Int { get }
  /// The lines between the title and `.end`.
  static func lines(_ draws: inout Draws) -> [String]
}

/// A netlist that both simulators run.
struct GeneratedCircuit: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String

  var testDescription: String { name }

  init(_ family: any CircuitFamily.Type, number: Int) {
    // The name goes into the seed, so that a family's circuits stay when another family changes.
    let seed = family.name.utf8.reduce(UInt64(number)) { ($0 &* 0x100_0000_01b3) ^ UInt64($1) }
    var draws = Draws(seed: seed)
    name = "\(family.name) \(number)"
    text = (["\(family.name) \(number)"] + family.lines(&draws) + [".end", ""]).joined(separator: "\n")
  }

  static let families: [any CircuitFamily.Type] = [
    ResistiveNetworks.self, ControlledSources.self, BehaviouralSources.self, Ladders.self, SourceShapes.self,
    CoupledCoils.self, Diodes.self, Switches.self, Subcircuits.self, InitialConditions.self, TransmissionLines.self,
    SmallSignals.self, Noises.self,
    Measures.self,
  ]

  /// Where ngspice is wrong, with what is wrong there; `Docs/validation.md` has the proofs. One that comes right is a failure.
  static let ngspiceFaults: [String: Comment] = [
    "behavioural sources 10": "a current that jumps is overshot for two steps",
    "behavioural sources 16": "a current that jumps is overshot for two steps",
    "ladder 33": "a current that jumps is overshot in a first step of 1e-14 s",
  ]

  /// Of them, where it depends on our points whether the fault shows.
  static let faultsAtTheBound: Set<String> = ["behavioural sources 10"]

  static let all = families.flatMap { family in (1...family.count).map { GeneratedCircuit(family, number: $0) } }
}
