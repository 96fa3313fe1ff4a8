internal import Circuits
package import Diagnostics
package import Expressions
internal import Kernels
internal import Solvers

/// Signals as the user writes them, compiled to one program over the unknowns they need.
///
/// Evaluated at several times in one go: times are the "instances" of the program.
package final class SignalProgram {
  /// The most times one call evaluates.
  package static let timeLimit = 8

  package let signalCount: Int
  /// The unknowns to be known at each time, in the order of `values` and `rates` of `load`.
  package let unknowns: [Int]
  /// Whether any signal reads a time derivative.
  package let needsRates: Bool
  /// Of signals that are an unknown itself, its place among `unknowns`; else -1.
  package let plainPlaces: [Int]
  private let atoms: [SignalAtoms.Atom]
  private let atomUnknowns: [(atom: Int, place: Int)]
  private let evaluator: SystemEvaluator
  private let runner: KernelRunner
  private let arena = Arena()
  private let values: UnsafeMutablePointer<Double>
  private let rates: UnsafeMutablePointer<Double>
  private let times: UnsafeMutablePointer<Double>
  private let results: UnsafeMutablePointer<Double>
  private let inputs: UnsafeMutablePointer<KernelColumn>
  private let outputs: UnsafeMutablePointer<UnsafeMutablePointer<Double>>

  /// Compiles `signals`, which `EquationSystem.check` found right; what is wrong in them gives NaN.
  package convenience init(_ signals: [Expression], of evaluator: SystemEvaluator, scope: some ConstantScope) {
    var context = LoweringContext()
    var lowering = SignalScope(SignalGraph(evaluator.system), scope)
    let nodes = signals.map { lowering.lower($0, &context) }
    self.init(nodes, of: lowering.signals, evaluator)
  }

  /// Compiles `nodes` of the graph of `signals`.
  init(_ nodes: [NodeID], of signals: SignalGraph, _ evaluator: SystemEvaluator) {
    self.evaluator = evaluator
    signalCount = nodes.count
    let graph = signals.graph
    let program = KernelProgram(graph, outputs: nodes)
    runner = KernelRunner(program, longest: Self.timeLimit)
    needsRates = program.leaves.contains { if case .rate = $0 { true } else { false } }
    atoms = signals.atoms.atoms
    var unknowns: [Int] = []
    var atomUnknowns: [(atom: Int, place: Int)] = []
    for (index, atom) in atoms.enumerated() {
      if case .unknown(let unknown) = atom {
        atomUnknowns.append((index, unknowns.count))
        unknowns.append(unknown)
      }
    }
    self.unknowns = unknowns
    self.atomUnknowns = atomUnknowns
    plainPlaces = nodes.map { node in
      guard case .leaf(.variable(let atom)) = graph[node] else { return -1 }
      return atomUnknowns.first { $0.atom == atom }?.place ?? -1
    }
    let limit = Self.timeLimit
    values = arena.doubles(atoms.count * limit)
    rates = arena.doubles(atoms.count * limit)
    times = arena.doubles(limit)
    results = arena.doubles(nodes.count * limit)
    inputs = .allocate(capacity: max(1, program.leaves.count))
    inputs.initialize(repeating: KernelColumn(times), count: max(1, program.leaves.count))
    for (slot, leaf) in program.leaves.enumerated() {
      switch leaf {
      case .variable(let atom): inputs[slot] = KernelColumn(values + atom * limit)
      case .rate(let atom): inputs[slot] = KernelColumn(rates + atom * limit)
      case .time, .parameter, .mode, .memory, .draw, .derived: inputs[slot] = KernelColumn(times)
      }
    }
    outputs = .allocate(capacity: max(1, nodes.count))
    outputs.initialize(repeating: results, count: max(1, nodes.count))
    for signal in nodes.indices { outputs[signal] = results + signal * limit }
  }

  deinit {
    inputs.deallocate()
    outputs.deallocate()
  }

  /// Brings one time in: `y` and `rate` hold the program's `unknowns`, in order; sources are read at `time` in their
  /// present segment.
  package func load(_ point: Int, time: Double, y: UnsafePointer<Double>, rate: UnsafePointer<Double>) {
    let limit = Self.timeLimit
    times[point] = time
    for pair in atomUnknowns {
      values[pair.atom * limit + point] = y[pair.place]
      rates[pair.atom * limit + point] = rate[pair.place]
    }
    evaluator.sources.move(to: time)
    evaluator.moveNoise(to: time)
    loadRest(point)
  }

  /// Brings in one time from full vectors.
  package func load(_ point: Int, time: Double, fromFull y: UnsafePointer<Double>, rate: UnsafePointer<Double>) {
    times[point] = time
    for pair in atomUnknowns {
      values[pair.atom * Self.timeLimit + point] = y[unknowns[pair.place]]
      rates[pair.atom * Self.timeLimit + point] = rate[unknowns[pair.place]]
    }
    evaluator.sources.move(to: time)
    evaluator.moveNoise(to: time)
    loadRest(point)
  }

  /// Brings in a point of rest from the full vector: rates 0, sources as they stand.
  package func loadRest(time: Double, y: UnsafePointer<Double>) {
    times[0] = time
    for pair in atomUnknowns {
      values[pair.atom * Self.timeLimit] = y[unknowns[pair.place]]
      rates[pair.atom * Self.timeLimit] = 0
    }
    loadRest(0)
    for index in atoms.indices { rates[index * Self.timeLimit] = 0 }
  }

  private func loadRest(_ point: Int) {
    let limit = Self.timeLimit
    let sources = evaluator.sources
    for (index, atom) in atoms.enumerated() {
      let place = index * limit + point
      switch atom {
      case .unknown: continue
      case .tied(let node):
        values[place] = sources.tied[Int(node)]
        rates[place] = sources.tiedSlopes[Int(node)]
      case .waveform(let waveform):
        values[place] = sources.values[waveform]
        rates[place] = sources.slopes[waveform]
      case .mode(let group, let mode, let instance): values[place] = evaluator.mode(group, mode, instance)
      case .frequency: values[place] = evaluator.frequency
      case .memory(let group, let memory, let instance): values[place] = evaluator.memory(group, memory, instance)
      }
    }
  }

  /// Evaluates the first `count` points brought in.
  package func run(_ count: Int) {
    runner.run(count: count, inputs: inputs, outputs: outputs)
  }

  package func value(_ signal: Int, at point: Int = 0) -> Double { results[signal * Self.timeLimit + point] }
}

extension EquationSystem {
  /// Reports names in `signals` that the circuit does not know.
  package func check(_ signals: [Expression], scope: some ConstantScope, diagnostics: inout DiagnosticBag) {
    var context = LoweringContext()
    var lowering = SignalScope(SignalGraph(self), scope)
    for signal in signals { _ = lowering.lower(signal, &context) }
    diagnostics.append(context.diagnostics)
  }
}

extension SystemEvaluator {
  func mode(_ group: Int, _ index: Int, _ instance: Int) -> Double {
    groups.first { $0.index == group }?.modes[index][instance] ?? 0
  }

  func memory(_ group: Int, _ index: Int, _ instance: Int) -> Double {
    groups.first { $0.index == group }?.memories[index][instance] ?? 0
  }
}
