internal import Circuits
internal import Devices
internal import Diagnostics
package import Expressions
internal import Kernels
internal import Solvers

/// How probes follow the unknowns near a point of rest: δp = Σ (dp/dx + jω dp/dx') δx.
package final class ProbeSlopes {
  private struct Term {
    let atom: SignalAtoms.Atom
    /// Places among the program's outputs; -1 for none.
    let direct, reactive: Int
  }

  private let linearisation: Linearisation
  private var terms: [[Term]] = []
  private let atoms: [SignalAtoms.Atom]
  private let runner: KernelRunner
  private let arena = Arena()
  private let inputs: [KernelColumn]
  private let outputs: [UnsafeMutablePointer<Double>]
  private let atomValues: UnsafeMutablePointer<Double>
  /// A rate of 0.
  private let zero: UnsafeMutablePointer<Double>

  /// `probes` must exist in the circuit (`EquationSystem.check`).
  package init(_ probes: [Probe], at linearisation: Linearisation, scope: some ConstantScope) {
    self.linearisation = linearisation
    var context = LoweringContext()
    var lowering = SignalScope(SignalGraph(linearisation.evaluator.system), scope)
    let nowhere = SourceRange(file: FileID(index: 0), start: 0, end: 0)
    let nodes = probes.map { lowering.lower(.probe($0, nowhere), &context) }
    var graph = lowering.signals.graph
    let known = lowering.signals.atoms.atoms
    atoms = known
    var slopes: [NodeID] = []
    func output(_ slope: NodeID) -> Int {
      if graph.constantValue(of: slope) == 0 { return -1 }
      slopes.append(slope)
      return slopes.count - 1
    }
    for node in nodes {
      var places: Set<Int> = []
      for leaf in graph.leaves(of: [node]) {
        switch leaf {
        case .variable(let place), .rate(let place): places.insert(place)
        case .time, .parameter, .mode, .memory, .draw, .derived: continue
        }
      }
      terms.append(
        places.sorted().filter { known[$0].follows }.map { place in
          Term(
            atom: known[place], direct: output(graph.derivative(of: node, by: .variable(place))),
            reactive: output(graph.derivative(of: node, by: .rate(place))))
        })
    }
    let program = KernelProgram(graph, outputs: slopes)
    runner = KernelRunner(program, longest: 1)
    let values = arena.doubles(max(1, atoms.count))
    atomValues = values
    let none = arena.doubles(1)
    zero = none
    inputs = program.leaves.map { leaf in
      if case .variable(let atom) = leaf { KernelColumn(values + atom) } else { KernelColumn(none) }
    }
    let arena = arena
    outputs = slopes.map { _ in arena.doubles(1) }
    evaluate()
  }

  /// The slopes at the point of rest, at the frequency at hand.
  private func evaluate() {
    let evaluator = linearisation.evaluator
    for (index, atom) in atoms.enumerated() {
      switch atom {
      case .unknown(let unknown): atomValues[index] = linearisation.y[unknown]
      case .tied(let node): atomValues[index] = evaluator.sources.tied[Int(node)]
      case .waveform(let waveform): atomValues[index] = evaluator.sources.values[waveform]
      case .mode(let group, let mode, let instance): atomValues[index] = evaluator.mode(group, mode, instance)
      case .memory(let group, let memory, let instance): atomValues[index] = evaluator.memory(group, memory, instance)
      case .frequency: atomValues[index] = evaluator.frequency
      }
    }
    guard !outputs.isEmpty else { return }
    let none = KernelColumn(zero)
    inputs.withUnsafeBufferPointer { inputs in
      outputs.withUnsafeBufferPointer { outputs in
        withUnsafePointer(to: none) {
          guard let results = outputs.baseAddress else { return }
          runner.run(count: 1, inputs: inputs.baseAddress ?? $0, outputs: results)
        }
      }
    }
  }

  /// The phasor of every probe for the solution δy, pairs of real and imaginary part.
  package func values(
    _ solution: UnsafePointer<Double>, _ phasors: SourcePhasors, frequency: Double
  ) -> [ComplexNumber] {
    if linearisation.dependsOnFrequency { evaluate() }
    let omega = 2 * Double.pi * frequency
    return terms.map { terms in
      var sum = ComplexNumber.zero
      for term in terms {
        let change: ComplexNumber =
          switch term.atom {
          case .unknown(let unknown): ComplexNumber(solution[2 * unknown], solution[2 * unknown + 1])
          case .tied(let node): phasors.tied[Int(node)]
          case .waveform(let waveform): phasors.waveforms[waveform]
          case .mode, .memory, .frequency: .zero
          }
        let direct = term.direct < 0 ? 0 : outputs[term.direct].pointee
        let reactive = term.reactive < 0 ? 0 : outputs[term.reactive].pointee
        sum += ComplexNumber(direct, omega * reactive) * change
      }
      return sum
    }
  }

  /// d(probe)/dy of probe `index` as the right side of the adjoint system, pairs of real and imaginary part.
  package func gradient(of index: Int, frequency: Double, into result: UnsafeMutablePointer<Double>) {
    result.update(repeating: 0, count: 2 * linearisation.evaluator.count)
    if linearisation.dependsOnFrequency { evaluate() }
    for term in terms[index] {
      guard case .unknown(let unknown) = term.atom else { continue }
      if term.direct >= 0 { result[2 * unknown] += outputs[term.direct].pointee }
      if term.reactive >= 0 { result[2 * unknown + 1] += 2 * .pi * frequency * outputs[term.reactive].pointee }
    }
  }
}

extension SignalAtoms.Atom {
  /// Whether it moves with the solution or with sources.
  fileprivate var follows: Bool {
    switch self {
    case .unknown, .tied, .waveform: true
    case .mode, .memory, .frequency: false
    }
  }
}
