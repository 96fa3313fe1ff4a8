package import Circuits
internal import Devices
internal import Kernels
package import Solvers

/// F(t, y, y') and its derivatives in memory, ready for the solvers. One per running task.
///
/// Residual of the border: linear part, plus the currents that groups of instances scatter into it; of the blocks:
/// written by the groups' kernels where they stand.
package final class SystemEvaluator {
  package let system: EquationSystem
  package let structure: BorderedStructure
  package let count: Int
  package let tolerances: ToleranceSettings
  let groups: [KernelGroup]
  /// The groups as a sweep reads them: counting references would cost a small circuit a twentieth of its time.
  let sweptGroups: UnsafeMutablePointer<Unmanaged<KernelGroup>>
  let linear: LinearPart
  let sources: SourceValues
  let arena = Arena()
  let absoluteTolerances: UnsafeMutablePointer<Double>
  let equalTolerances: EqualRanges
  var rangedUnknowns: [Range<Int>] = []
  var chargeRows: [(group: Int, position: Int)] = []
  let bounds: StateBounds
  let hasEvents: Bool
  /// Whether changes can come from anything but states on bounds: guards and events.
  let watchesSignals: Bool
  let timeTurns: [Double]
  package let delayLines: DelayLines
  /// Border values and rates with a place -1 for ground, and the border's residual likewise.
  let borderY: UnsafeMutablePointer<Double>
  let borderRate: UnsafeMutablePointer<Double>
  private let borderResult: UnsafeMutablePointer<Double>
  /// A point of Newton's iteration as a whole, where one is looked at.
  lazy var trialValues = arena.doubles(count + 4)
  lazy var trialRates = arena.doubles(count + 4)
  let kinks = Kinks()
  let borderCount: Int
  private let wantsRates: Bool
  /// Whether sources move what some group reads.
  private let inputsMove: Bool
  /// Whether a source that moves is a voltage across a junction but for a node's.
  let sourcesDriveJunctions: Bool
  /// Whether nothing in the circuit depends on time but by its unknowns.
  private let isStill: Bool
  private var offsetsGeneration = -1
  private(set) var offsetsTime = Double.nan
  private var offsetsAnchor = Double.nan
  /// The last point at which the equations had no value (`domainFault`).
  var faultPoint: FaultPoint?
  /// Distance of the samples of noise, s; nil while there is none.
  package internal(set) var noiseInterval: Double?
  var noiseTime = Double.nan
  /// Sweeps the circuit in one go, where it is small enough; looked for at the first sweep.
  var singleSweep: SingleSweep? { didSet { swept = singleSweep.map(Unmanaged.passUnretained) } }
  /// The same as a sweep reads it, without counting references.
  private(set) var swept: Unmanaged<SingleSweep>?
  /// Whether `singleSweep` may be looked for (`newton=blocks` forbids it; in a larger circuit there is none).
  package var mayTrySingleSweep = true
  /// Shares the work of sweeps (`employ`).
  var crew: Crew?
  /// What events draw their random numbers from.
  let generator: Philox
  /// At the operating point guards follow the solution; within a step they are frozen.
  var guardsAreLive = false
  package let exemptUnknowns: [Int]
  let junctions: Junctions
  let junctionUnknowns: UnsafeBufferPointer<Int32>
  package var bendsWithoutRates: Bool { junctions.areAlgebraic }
  /// Whether a sweep can tell that no state is near a bound that holds it (`InnerRange`), whether the last sweep of a
  /// prediction found it so, and whether all states held when they were last looked at.
  var mayTellFarStates = false
  var statesAreFar = false
  var statesHeld = false
  /// A free state was seen beyond its bound with a rate of 0 there: it may never leave (`stateThatStays`).
  package var mayHoldStillState = false
  var restIsInitial = false
  /// `hertz` of `.ac` and `.noise`; 0 in every other analysis.
  var frequency = 0.0
  var operatingPointScale = 1.0
  /// What `var`s have for a capacitance in pseudo-transient continuation: 0, or ±1 where they are to move by the excess of
  /// their equations.
  package var algebraicCapacitance = 0.0
  /// What holds unknowns at the operating point that nothing else does: voltages of nodes held by capacitors alone by a
  /// conductance to ground (S), currents of coils in a loop by a resistance in their branch (-ohm).
  let groundTies: [(unknown: Int, conductance: Double)]

  /// `seed` and `run` decide the random numbers of events.
  package init(_ system: EquationSystem, tolerances: ToleranceSettings, seed: UInt64 = 1, run: UInt64 = 0) {
    self.system = system
    generator = Philox(seed: seed, run: run)
    self.tolerances = tolerances
    let wiring = Wiring(system.circuit, system.forest, system.unknowns)
    let facts = system.compiled.facts(of: system)
    sources = SourceValues(
      system.forest, of: system.circuit, rampable: facts.waveformsAcrossCapacitors, generator: generator)
    let blocks = SweepBlocks(
      facts, length: system.kernelGroups.map { SweepBlocks.length(of: system.circuit.groups[$0].count) }.max() ?? 0)
    groups = system.kernelGroups.compactMap { index in
      system.locals[index].map {
        KernelGroup(
          index: index, local: $0, wiring: wiring, firstUnknown: system.unknowns.internals[index].first, blocks: blocks,
          compiled: system.compiled)
      }
    }
    sweptGroups = arena.copy(groups.map(Unmanaged.passUnretained))
    linear = LinearPart(rowCount: system.unknowns.border.count, identities: wiring.identities)
    for index in system.linearGroups {
      if let local = system.locals[index] {
        linear.add(local, group: index, wiring: wiring, sources: sources, compiled: system.compiled)
      }
    }
    linear.finish()
    for group in groups { group.findMovingInputs(sources) }
    inputsMove = groups.contains(where: \.readsMovingSources)
    sourcesDriveJunctions = groups.contains { $0.readsMovingSources && !$0.local.exponentialInputs.isEmpty }
    borderCount = system.unknowns.border.count
    structure = BorderedStructure(borderCount: borderCount, linear: linear.entries, batches: groups.map(\.batch))
    count = structure.unknownCount
    absoluteTolerances = arena.doubles(count, filledWith: 1e-300)
    equalTolerances = EqualRanges(arena)
    borderY = arena.doublesBehindGround(borderCount)
    borderRate = arena.doublesBehindGround(borderCount)
    borderResult = arena.doublesBehindGround(borderCount)
    wantsRates = groups.contains { $0.inputs.contains(where: \.wantsRate) }
    bounds = StateBounds(groups)
    hasEvents = groups.contains { $0.events != nil }
    watchesSignals = hasEvents || groups.contains { $0.guards != nil }
    for group in groups { group.prepareSweeps(openRanges: bounds.open.filter { $0.group === group }) }
    timeTurns = SystemEvaluator.findTimeTurns(groups)
    delayLines = DelayLines(groups)
    isStill =
      sources.moving.isEmpty && delayLines.isEmpty && groups.allSatisfy { $0.noise == nil && !$0.mayReadTime }
    groundTies =
      system.circuit.capacitiveNodes.compactMap { node in
        let unknown = system.unknowns.index(of: .voltage(system.forest.roots[Int(node)]))
        return unknown >= 0 ? (Int(unknown), 1e-12) : nil
      }
      + system.circuit.coilLoops.compactMap { loop in
        let unknown = system.unknowns.index(of: .current(loop.device))
        return unknown >= 0 ? (Int(unknown), -Self.loopResistance) : nil
      }
    exemptUnknowns = facts.exemptUnknowns
    junctions = facts.junctions
    junctionUnknowns = UnsafeBufferPointer(
      start: arena.copy(junctions.unknowns.map(Int32.init)), count: junctions.unknowns.count)
  }

  /// ohm; a volt round a loop would drive 1e9 A.
  private static let loopResistance = 1e-9

  /// A loop of coils whose voltages do not add up to 0, in a solution at rest.
  package func drivenLoop(_ y: UnsafePointer<Double>) -> CoilLoop? {
    system.circuit.coilLoops.first { loop in
      let unknown = Int(system.unknowns.index(of: .current(loop.device)))
      return unknown >= 0 && Self.loopResistance * y[unknown].magnitude > tolerances.absoluteVoltage
    }
  }

  /// Brings time, and what sources contribute to the groups' inputs, to `time`.
  func refreshSources(_ time: Double) {
    if isStill, offsetsGeneration == sources.generation {
      offsetsTime = time
      return
    }
    sources.move(to: time)
    if offsetsGeneration != sources.generation {
      offsetsGeneration = sources.generation
      for group in groups { group.refreshOffsets(sources, all: true) }
    } else if inputsMove, time != offsetsTime || sources.anchor != offsetsAnchor {
      for group in groups { group.refreshOffsets(sources, all: false) }
    }
    if time != offsetsTime {
      for group in groups { group.setTime(time) }
    }
    moveNoise(to: time)
    delayLines.move(to: time, anchor: sources.anchor)
    offsetsTime = time
    offsetsAnchor = sources.anchor
  }

  /// Fills the input columns of all groups.
  func gather(y: UnsafePointer<Double>, rate: UnsafePointer<Double>?) {
    borderY.update(from: y, count: borderCount)
    borderY[-1] = 0
    if let rate, wantsRates {
      borderRate.update(from: rate, count: borderCount)
      borderRate[-1] = 0
      for group in groups { group.gather(y: borderY, rate: borderRate) }
    } else {
      for group in groups { group.gather(y: borderY, rate: nil) }
    }
  }

  /// F into `result`, by the kernel that `kernel` picks of each group.
  func evaluate(
    y: UnsafePointer<Double>, rate: UnsafePointer<Double>?, into result: UnsafeMutablePointer<Double>,
    kernel: (KernelGroup) -> BoundKernel
  ) -> Bool {
    linear.evaluate(sources, y: y, rate: rate, into: borderResult)
    borderResult[-1] = 0
    for group in groups {
      kernel(group).run(y: y, rate: rate, result: result)
      group.scatter(into: borderResult)
    }
    result.update(from: borderResult, count: borderCount)
    if isFinite(result) { return true }
    noteFault(y: y, rate: rate)
    return false
  }

  private func isFinite(_ values: UnsafePointer<Double>) -> Bool {
    var poison = 0.0
    for index in 0..<count { poison += values[index] * 0 }
    // What enters ground is nobody's row, but must be finite as well.
    poison += borderResult[-1] * 0
    return poison == 0
  }
}

extension SystemEvaluator: DAEProblem {
  package func residual(
    time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) -> Bool {
    guard bounds.openRangesHold(y) else { return false }
    refreshSources(time)
    gather(y: y, rate: rate)
    if kinks.wantModes(at: time) { kinks.follow(groups, time: time, y: y, rate: rate) }
    return evaluate(y: y, rate: rate, into: result) { $0.residual }
  }

  package func jacobian(
    time: Double, cj: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>, into matrix: BorderedMatrix
  ) -> Bool {
    refreshSources(time)
    gather(y: y, rate: rate)
    for batch in 0..<groups.count {
      sweptGroups[batch]._withUnsafeGuaranteedRef { group in
        group.setSlope(cj)
        group.differentiate(y: y, rate: rate, into: matrix.values(ofBatch: batch))
      }
    }
    if !matrix.groundTies.isEmpty { matrix.groundTies = [] }
    return true
  }
}

extension SystemEvaluator: OperatingPointProblem {
  package func operatingPointResidual(
    y: UnsafePointer<Double>, sourceScale: Double, into result: UnsafeMutablePointer<Double>
  ) -> Bool {
    guard bounds.openRangesHold(y) else { return false }
    if sourceScale != operatingPointScale { setOperatingPointSources(scale: sourceScale) }
    refreshSourcesAtRest()
    gather(y: y, rate: nil)
    if guardsAreLive { setModes(y: y) }
    guard evaluate(y: y, rate: nil, into: result, kernel: { $0.rest }) else { return false }
    for (unknown, conductance) in groundTies { result[unknown] += conductance * y[unknown] }
    return true
  }

  package func operatingPointJacobian(y: UnsafePointer<Double>, into matrix: BorderedMatrix) -> Bool {
    refreshSourcesAtRest()
    gather(y: y, rate: nil)
    for (batch, group) in groups.enumerated() {
      group.restJacobian.run(y: y, rate: nil, result: matrix.values(ofBatch: batch))
    }
    matrix.groundTies = groundTies
    return true
  }

  package var nodeMask: [Double] {
    var mask = [Double](repeating: 0, count: count)
    for (index, unknown) in system.unknowns.border.enumerated() {
      if case .voltage = unknown { mask[index] = 1 }
    }
    return mask
  }

  package var pseudoCapacitance: [Double] {
    // A node's fictitious capacitance is in scale with the states' 1: at 1e-3 F a siemens settles in a millisecond.
    var result = nodeMask.map { 1e-3 * $0 }
    for group in groups {
      for (position, variable) in group.local.internals.enumerated() {
        let capacitance: Double
        switch group.local.variables[variable].kind {
        case .state: capacitance = 1
        case .algebraic: capacitance = algebraicCapacitance
        case .voltage, .current, .waveform, .signal, .charge, .delayed: continue
        }
        for instance in 0..<group.count { result[group.firstUnknown + position * group.count + instance] = capacitance }
      }
    }
    return result
  }

  func refreshSourcesAtRest() {
    if offsetsGeneration != sources.generation {
      offsetsGeneration = sources.generation
      for group in groups { group.refreshOffsets(sources, all: true) }
    }
    for group in groups { group.setTime(0) }
    offsetsTime = .nan
  }
}
