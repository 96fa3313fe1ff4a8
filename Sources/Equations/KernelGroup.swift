internal import Circuits
internal import Devices
internal import Kernels
internal import Solvers

/// A group of instances whose equations are evaluated by kernels: its columns, its wiring, its programs.
final class KernelGroup {
  /// One variable read from the border: y[plus] - y[minus] + offset, with its rate where a program wants it.
  struct Input {
    var variable: Int
    var plus: UnsafeMutablePointer<Int32>
    var minus: UnsafeMutablePointer<Int32>
    /// Known part (tied voltages, a waveform's value, a constant signal) and its slope.
    var offset: UnsafeMutablePointer<Double>
    var offsetSlope: UnsafeMutablePointer<Double>
    var value: UnsafeMutablePointer<Double>
    var rate: UnsafeMutablePointer<Double>
    var wantsRate = false
    /// First unknown where instance i reads unknown first + i and nothing negative; -1 where it does not.
    var runStart: Int
    /// Instances whose known part comes from sources, with what it is made of.
    var known: [Known] = []
    var movingKnown: [Known] = []
  }

  /// What sources give one instance's input: the difference of two tied voltages, and a waveform (-1 for none).
  struct Known {
    var instance: Int32
    var plus: NodeIndex
    var minus: NodeIndex
    var waveform: Int32
  }

  struct Output {
    var plus: UnsafeMutablePointer<Int32>
    var minus: UnsafeMutablePointer<Int32>
    var value: UnsafeMutablePointer<Double>
    var runStart: Int
    var extra: [(instance: Int, row: Int, sign: Double)]
  }

  let index: Int
  let group: DeviceGroup
  var model: DeviceModel { group.model }
  let count: Int
  let firstUnknown: Int
  var local: LocalSystem
  var inputs: [Input]
  let outputs: [Output]
  let arena = Arena()
  var parameters: ParameterColumns
  /// Stored modes of guards: 1 or 0, a column each.
  let modes: [UnsafeMutablePointer<Double>]
  let memories: [UnsafeMutablePointer<Double>]
  let draws: RandomDraws
  /// Nil where the group brings no noise in time.
  let noise: NoiseStreams?
  /// By internal position: which starts were given, and 1 where the state lies on a bound that holds it.
  let held: [HeldState]
  let pinned: [UnsafeMutablePointer<Double>]
  /// By internal position, what arrives where the unknown is a delayed one.
  let arrivals: [UnsafeMutablePointer<Double>?]
  let time: UnsafeMutablePointer<Double>
  private(set) var readsTime = false
  let slope: UnsafeMutablePointer<Double>
  private(set) var hasPins = false

  private var kernels: GroupKernels!
  var residual: BoundKernel { kernels.residual }
  var jacobian: BoundKernel { kernels.jacobian }
  /// The Jacobian's kernel as steps run it, without counting references; nil before it is first asked for.
  private var steppedJacobian: Unmanaged<BoundKernel>?
  var rest: BoundKernel { kernels.rest }
  var restJacobian: BoundKernel { kernels.restJacobian }
  /// The residual once more, a block at a time in shared memory: where each member of a crew works.
  private(set) var stations: [SweepStation] = []
  /// The first of them, where one thread sweeps (not counted, see `SystemEvaluator.sweptGroups`).
  private(set) var firstStation: Unmanaged<SweepStation>?
  /// Set once the evaluator knows the open ranges of states.
  private(set) var sweepWiring: SweepWiring?
  /// Of all states that bounds hold, where a sweep can watch them.
  var innerRanges: [InnerRange] = []
  let size: Int
  private(set) var guards: BoundKernel?
  /// Half width of the band in which a guard that chatters may slide.
  let bands: [UnsafeMutablePointer<Double>]
  private(set) var events: EventKernels?
  /// Rates of states unpinned, compiled when a bound is first met.
  var drives: (kernel: BoundKernel, columns: [UnsafeMutablePointer<Double>])?
  let guardValues: [UnsafeMutablePointer<Double>]
  private(set) var blockPlaces = BlockPlaces()
  /// Nodes over parameters alone that `.derived(k)` stands for, worked out once.
  private(set) var derived: [NodeID] = []
  private var constantsGeneration = -1

  private let compiled: CompiledGroups

  init(
    index: Int, local: LocalSystem, wiring: Wiring, firstUnknown: Int, blocks: SweepBlocks, compiled: CompiledGroups
  ) {
    self.index = index
    self.compiled = compiled
    let group = wiring.circuit.groups[index]
    self.group = group
    count = group.count
    self.firstUnknown = firstUnknown
    self.local = local
    size = local.internals.count
    let arena = arena
    parameters = ParameterColumns(group, arena: arena)
    inputs = KernelGroup.makeInputs(local, wiring, index, arena)
    outputs = KernelGroup.makeOutputs(local, wiring, index, arena)
    let count = count
    modes = group.model.guards.map { _ in arena.doubles(count) }
    guardValues = group.model.guards.map { _ in arena.doubles(count) }
    bands = group.model.guards.map { _ in arena.doubles(count) }
    memories = group.model.memories.map { _ in arena.doubles(count) }
    draws = RandomDraws(group, arena: arena)
    let noiseMemories = group.model.noiseMemories
    noise = noiseMemories.isEmpty ? nil : NoiseStreams(group, columns: Array(memories[noiseMemories]))
    held = local.internals.map { HeldState(of: .variable($0), in: group, arena) }
    pinned = local.internals.map { _ in arena.doubles(count) }
    arrivals = local.internals.map {
      if case .delayed = local.variables[$0].kind { arena.doubles(count) } else { nil }
    }
    time = arena.doubles(SweepBlocks.length(of: count))
    slope = arena.doubles(SweepBlocks.length(of: count))
    for held in group.heldStarts {
      if case .memory(let memory) = held.target { memories[memory][held.instance] = held.value }
    }
    setMemoryStarts()
    setModeStarts()
    compile()
    addStation(blocks)
    if !group.model.events.isEmpty { events = EventKernels(self) }
  }

  private func setMemoryStarts() {
    for (index, memory) in model.memories.enumerated() {
      let start = values(of: memory.start)
      let given = Set(group.heldStarts.compactMap { $0.target == .memory(index) ? $0.instance : nil })
      for instance in 0..<count where !given.contains(instance) { memories[index][instance] = start[instance] }
    }
  }

  private func setModeStarts() {
    for (index, condition) in model.guards.enumerated() {
      guard let start = condition.start else { continue }
      let values = values(of: start)
      for instance in 0..<count { modes[index][instance] = values[instance] != 0 ? 1 : 0 }
    }
  }

  /// A node of the model over parameters alone, as a column and as one value per instance.
  func column(of node: NodeID) -> KernelColumn {
    if case .constant(let bits) = model.graph[node] {
      return KernelColumn(uniform: Double(bitPattern: bits), count: count, arena)
    }
    return parameters.evaluate([compiled.program(of: node, ofGroup: index, model)])[0]
  }

  func values(of node: NodeID) -> [Double] { parameters.values(column(of: node)) }

  /// What works out the starts of internal unknowns, an output for each of `positions`.
  func startKernel() -> (kernel: BoundKernel, positions: [Int]) {
    let start = compiled.startProgram(ofGroup: index, local)
    return (bind(start.program, start.positions.map { .result(firstUnknown + $0 * count) }), start.positions)
  }

  /// Makes (anew, with pins, once a bound is reached) the programs of everything the solvers ask for.
  private func compile() {
    let programs = compiled.programs(ofGroup: index, local, model, pins: hasPins)
    kernels = GroupKernels(self, programs)
    steppedJacobian = nil
    local = programs.local
    blockPlaces = programs.places
    derived = programs.derived
    parameters.setDerived(programs.derivedPrograms)
    for program in [programs.residual, programs.jacobian] {
      for leaf in program.leaves { note(leaf) }
    }
    for station in stations { station.kernel = sweepKernel(in: station.blocks) }
    guards = programs.guards.map { bind($0, guardValues.map { .fixed($0) }) }
  }

  /// The derivatives of F at a point, its places one behind the other in `values`.
  func differentiate(
    y: UnsafePointer<Double>, rate: UnsafePointer<Double>, into values: UnsafeMutablePointer<Double>
  ) {
    let kernel = steppedJacobian ?? .passUnretained(jacobian)
    steppedJacobian = kernel
    kernel._withUnsafeGuaranteedRef { $0.run(y: y, rate: rate, result: values) }
  }

  /// Gives the parameters that stand for the frequency (Hz) their value, for kernels of `bind`; what the others have worked
  /// out of parameters once stays.
  func setFrequency(_ value: Double) {
    for (index, parameter) in model.parameters.enumerated() where parameter.origin == .frequency {
      parameters.set(index, to: value)
    }
  }

  func bind(_ program: KernelProgram, _ targets: [BoundKernel.Target]) -> BoundKernel {
    BoundKernel(program, to: targets, count: count) { source(of: $0) }
  }

  /// A kernel with its leaves bound to this group's columns.
  func bind(_ graph: ExpressionGraph, _ nodes: [NodeID], _ targets: [BoundKernel.Target]) -> BoundKernel {
    BoundKernel(KernelProgram(graph, outputs: nodes), to: targets, count: count) { source(of: $0) }
  }

  /// A place more at which the group can be swept.
  func addStation(_ blocks: SweepBlocks) {
    stations.append(SweepStation(blocks, sweepKernel(in: blocks)))
    firstStation = stations.first.map(Unmanaged.passUnretained)
  }

  /// The residual's kernel on the memory of `blocks`.
  func sweepKernel(in blocks: SweepBlocks) -> BoundKernel {
    BoundKernel(kernels.programs.residual, to: blocks.targets(outputs.count, size), count: count) {
      blockSource(of: $0, blocks)
    }
  }

  /// As `source`, but what a sweep brings along lies in the blocks' memory.
  private func blockSource(of leaf: Leaf, _ blocks: SweepBlocks) -> BoundKernel.Source {
    func block(_ pointer: UnsafeMutablePointer<Double>) -> BoundKernel.Source {
      .fixed(KernelColumn(pointer, isUniform: true))
    }
    switch leaf {
    case .rate(let index):
      if let position = local.internals.firstIndex(of: index) { return block(blocks.rate(position, blockStride)) }
      if let input = local.inputs.firstIndex(of: index) { return block(blocks.inputRate(input)) }
    case .variable(let index):
      if let position = local.internals.firstIndex(of: index) { return block(blocks.value(position, blockStride)) }
      if let input = local.inputs.firstIndex(of: index) { return block(blocks.input(input)) }
    default: break
    }
    return source(of: leaf)
  }

  /// Takes note that kernels read `leaf`.
  private func note(_ leaf: Leaf) {
    switch leaf {
    case .time: readsTime = true
    case .rate(let index):
      if let input = local.inputs.firstIndex(of: index) { inputs[input].wantsRate = true }
    default: break
    }
  }

  private func source(of leaf: Leaf) -> BoundKernel.Source {
    note(leaf)
    switch leaf {
    case .time: return .fixed(KernelColumn(time, isUniform: true))
    case .parameter(let index): return .fixed(parameters.parameters[index])
    case .derived(let index): return .fixed(parameters.derived[index])
    case .mode(let index): return .fixed(KernelColumn(modes[index]))
    case .memory(let index): return .fixed(KernelColumn(memories[index]))
    case .draw(let index): return .fixed(KernelColumn(draws.columns[index]))
    case .rate(let index):
      if let position = local.internals.firstIndex(of: index) { return .rate(firstUnknown + position * count) }
      guard let input = local.inputs.firstIndex(of: index) else { return .fixed(KernelColumn(time, isUniform: true)) }
      return .fixed(KernelColumn(inputs[input].rate))
    case .variable(let index):
      if let position = local.internals.firstIndex(of: index) { return .unknown(firstUnknown + position * count) }
      if let input = local.inputs.firstIndex(of: index) { return .fixed(KernelColumn(inputs[input].value)) }
      if leaf == local.slope { return .fixed(KernelColumn(slope, isUniform: true)) }
      for position in local.internals.indices {
        if leaf == local.heldFlag(position) { return .fixed(held[position].flags) }
        if leaf == local.heldValue(position) { return .fixed(held[position].values) }
        if leaf == local.pinned(position) { return .fixed(KernelColumn(pinned[position])) }
        if leaf == local.delayedValue(position), let arrival = arrivals[position] {
          return .fixed(KernelColumn(arrival))
        }
      }
      return .fixed(KernelColumn(time, isUniform: true))
    }
  }

  func prepareSweeps(openRanges: [StateBounds.Bounded]) {
    sweepWiring = SweepWiring(self, openRanges: openRanges, arena)
  }

  /// From now on rows of pinned states are x' = 0.
  func usePins() {
    guard !hasPins else { return }
    hasPins = true
    compile()
  }
}
