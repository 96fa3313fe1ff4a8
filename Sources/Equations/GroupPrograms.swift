internal import Devices
internal import Kernels
internal import Solvers
internal import Synchronization

/// Structural non-zeros of a group's block matrices, of both the transient and the operating point.
struct BlockPlaces: Sendable {
  var internals: [BlockPlace] = []
  var inputs: [BlockPlace] = []
  var outputs: [BlockPlace] = []
  var direct: [BlockPlace] = []
}

/// The programs of a group: all that follows from its equations, whatever its parameters and its wiring are.
struct GroupPrograms: Sendable {
  /// With the derivatives that the programs are made of.
  let local: LocalSystem
  let places: BlockPlaces
  /// Nodes over parameters alone that `.derived(k)` stands for, and what works each of them out.
  let derived: [NodeID]
  let derivedPrograms: [KernelProgram]
  let residual: KernelProgram
  /// Outputs in the order of `places`.
  let jacobian: KernelProgram
  /// Compiled where an operating point is looked for: a run from initial conditions does without.
  var rest: KernelProgram { restPrograms.residual.program }
  var restJacobian: KernelProgram { restPrograms.jacobian.program }
  private let restPrograms: (residual: LazyProgram, jacobian: LazyProgram)
  let guards: KernelProgram?

  /// With `pins` rows of states that lie on a bound are x' = 0.
  init(_ given: LocalSystem, _ model: DeviceModel, pins: Bool) {
    var local = given
    let columns = local.inputs + local.internals
    var transient: [NodeID] = []
    for (row, node) in local.rows.enumerated() {
      let position = row < local.outputs.count ? nil : row - local.outputs.count
      transient.append(local.bounded(node, ofInternal: position, pins: pins))
    }
    // Taken at the clamped state like the residual: a layer just inside a bound may be an abyss just beyond it, whose slope
    // would make every correction look small. At the bound itself it is the slope from within.
    var slopes: [NodeID] = []
    for row in local.rows {
      for variable in columns { slopes.append(local.entry(row, variable, withRates: true)) }
    }
    slopes = local.clamped(slopes)
    var entries: [BlockPlace: (transient: NodeID, rest: NodeID)] = [:]
    func isZero(_ node: NodeID) -> Bool { local.graph.constantValue(of: node) == 0 }
    for row in local.rows.indices {
      for (column, variable) in columns.enumerated() {
        var node = slopes[row * columns.count + column]
        if pins, row >= local.outputs.count {
          let position = row - local.outputs.count
          let pin = local.graph.leaf(local.pinned(position))
          let own = variable == local.internals[position]
          let fixed = own ? local.graph.leaf(local.slope) : local.graph.constant(0)
          node = local.graph.insert(.select(condition: pin, then: fixed, otherwise: node))
        }
        let rest = local.entry(local.restRows[row], variable, withRates: false)
        let isDiagonal = row - local.outputs.count == column - local.inputs.count && row >= local.outputs.count
        if !isZero(node) || !isZero(rest) || isDiagonal { entries[BlockPlace(row: row, column: column)] = (node, rest) }
      }
    }
    let outputCount = local.outputs.count
    let inputCount = local.inputs.count
    var ordered: [BlockPlace] = []
    func collect(_ rows: Range<Int>, _ chosen: Range<Int>) -> ArraySlice<BlockPlace> {
      let first = ordered.count
      for row in rows {
        for column in chosen where entries[BlockPlace(row: row, column: column)] != nil {
          ordered.append(BlockPlace(row: row, column: column))
        }
      }
      return ordered[first...]
    }
    let own = outputCount..<local.rows.count
    let inner = inputCount..<columns.count
    var places = BlockPlaces()
    places.internals = collect(own, inner).map { BlockPlace(row: $0.row - outputCount, column: $0.column - inputCount) }
    places.inputs = collect(own, 0..<inputCount).map { BlockPlace(row: $0.row - outputCount, column: $0.column) }
    places.outputs = collect(0..<outputCount, inner).map { BlockPlace(row: $0.row, column: $0.column - inputCount) }
    places.direct = Array(collect(0..<outputCount, 0..<inputCount))

    let derivatives = ordered.compactMap { entries[$0]?.transient }
    let restDerivatives = ordered.compactMap { entries[$0]?.rest }
    let guardNodes = model.guards.map(\.argument)
    let hoisting = ParameterHoisting(
      local.graph, outputs: transient + derivatives + local.restRows + restDerivatives + guardNodes)
    var wanted = hoisting.outputs[...]
    func next(_ number: Int) -> [NodeID] {
      defer { wanted = wanted.dropFirst(number) }
      return Array(wanted.prefix(number))
    }
    residual = KernelProgram(hoisting.graph, outputs: next(transient.count))
    jacobian = KernelProgram(hoisting.graph, outputs: next(derivatives.count))
    restPrograms = (
      LazyProgram(hoisting.graph, outputs: next(local.restRows.count)),
      LazyProgram(hoisting.graph, outputs: next(restDerivatives.count))
    )
    guards = guardNodes.isEmpty ? nil : KernelProgram(hoisting.graph, outputs: next(guardNodes.count))
    derived = hoisting.derived
    derivedPrograms = hoisting.derived.map { KernelProgram(local.graph, outputs: [$0]) }
    self.places = places
    self.local = local
  }
}

/// A program that is compiled when somebody asks for it.
final class LazyProgram: Sendable {
  private let graph: ExpressionGraph
  private let outputs: [NodeID]
  private let made = Mutex<KernelProgram?>(nil)

  init(_ graph: ExpressionGraph, outputs: [NodeID]) {
    self.graph = graph
    self.outputs = outputs
  }

  var program: KernelProgram {
    made.withLock { made in
      let program = made ?? KernelProgram(graph, outputs: outputs)
      made = program
      return program
    }
  }
}

/// Where the internal unknowns of a group begin.
struct StartProgram: Sendable {
  let program: KernelProgram
  /// The unknown that each output is of.
  let positions: [Int]

  init(_ local: LocalSystem) {
    var graph = local.graph
    let zero = graph.constant(0)
    var nodes: [NodeID] = []
    var positions: [Int] = []
    for (position, variable) in local.internals.enumerated() {
      switch local.variables[variable].start {
      case .value(let start), .steady(let start), .guess(let start):
        nodes.append(graph.substitute(start) { if case .rate = $0 { zero } else { nil } })
        positions.append(position)
      case .none: continue
      }
    }
    program = KernelProgram(graph, outputs: nodes)
    self.positions = positions
  }
}

/// The programs of a system's groups, compiled when the first evaluator asks, and what else follows from structure alone;
/// further evaluators, and those of systems that differ in values alone, find it here, from whatever thread.
final class CompiledGroups: Sendable {
  private struct Key: Hashable {
    var group: Int
    var pins: Bool
  }

  private struct Constant: Hashable {
    var group: Int
    var node: NodeID
  }

  private let known = Mutex<[Key: GroupPrograms]>([:])
  private let linear = Mutex<[Int: LinearPrograms]>([:])
  private let starts = Mutex<[Int: StartProgram]>([:])
  private let constants = Mutex<[Constant: KernelProgram]>([:])
  private let facts = Mutex<StructuralFacts?>(nil)
  /// The code of `SingleSweep`, where it is made.
  let sweepCode = MachineCodeCache()

  func programs(ofGroup group: Int, _ local: LocalSystem, _ model: DeviceModel, pins: Bool) -> GroupPrograms {
    known.value(of: Key(group: group, pins: pins)) { GroupPrograms(local, model, pins: pins) }
  }

  func linearPrograms(ofGroup group: Int, _ local: LocalSystem) -> LinearPrograms {
    linear.value(of: group) { LinearPrograms(local) }
  }

  func startProgram(ofGroup group: Int, _ local: LocalSystem) -> StartProgram {
    starts.value(of: group) { StartProgram(local) }
  }

  func facts(of system: EquationSystem) -> StructuralFacts {
    if let known = facts.withLock({ $0 }) { return known }
    let made = StructuralFacts(system)
    facts.withLock { $0 = made }
    return made
  }

  /// What works out a node of a group's model that reads parameters alone.
  func program(of node: NodeID, ofGroup group: Int, _ model: DeviceModel) -> KernelProgram {
    constants.value(of: Constant(group: group, node: node)) { KernelProgram(model.graph, outputs: [node]) }
  }
}

extension Mutex {
  /// The value of a key, made where there is none; two threads that meet may both make it.
  fileprivate borrowing func value<Key: Hashable & Sendable, Result: Sendable>(of key: Key, _ make: () -> Result)
    -> Result where Value == [Key: Result]
  {
    if let known = withLock({ $0[key] }) { return known }
    let made = make()
    withLock { $0[key] = made }
    return made
  }
}
