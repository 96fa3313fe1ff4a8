internal import Circuits

/// What follows from the structure of a system alone, whatever its values: found out once for all runs of a batch.
struct StructuralFacts: Sendable {
  let junctions: Junctions
  /// Waveforms whose jumps become ramps.
  let waveformsAcrossCapacitors: Set<Int>
  /// Unknowns that take no part in the error test.
  let exemptUnknowns: [Int]
  /// The most internal unknowns, inputs and rows that a group of kernels has.
  let mostInternals: Int
  let mostInputs: Int
  let mostRows: Int

  init(_ system: EquationSystem) {
    junctions = Junctions(system)
    waveformsAcrossCapacitors = system.forest.waveformsAcrossCapacitors(of: system.circuit)
    exemptUnknowns = IndexTwo.unknowns(of: system)
    let locals = system.kernelGroups.compactMap { system.locals[$0] }
    mostInternals = locals.map { $0.internals.count }.max() ?? 0
    mostInputs = locals.map { $0.inputs.count }.max() ?? 0
    mostRows = locals.map { $0.rows.count }.max() ?? 0
  }
}
