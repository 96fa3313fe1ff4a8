internal import Circuits

/// What follows from the structure of a system alone, whatever its values: found out once for all runs of a batch.
struct StructuralFacts: Sendable {
  let junctions: Junctions
  /// Waveforms whose jumps become ramps.
  let waveformsAcrossCapacitors: Set<Int>
  /// Unknowns that take no part in the error test.
  let exemptUnknowns: [Int]

  init(_ system: EquationSystem) {
    junctions = Junctions(system)
    waveformsAcrossCapacitors = system.forest.waveformsAcrossCapacitors(of: system.circuit)
    exemptUnknowns = IndexTwo.unknowns(of: system)
  }
}
