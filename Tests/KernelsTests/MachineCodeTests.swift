import Kernels
import Testing

/// Machine code gives the bits that the interpreter gives. (Where no code is known for the processor, both are the same.)
@Suite struct MachineCodeTests {
  /// Random programs with all their derivatives, which between them have most instructions.
  @Test(arguments: 1...60)
  func agreesWithInterpreter(seed: Int) {
    var random = RandomGraph(seed: seed, operations: 70, isSmooth: seed.isMultiple(of: 2))
    var roots = random.roots(6)
    if random.isSmooth { roots += roots.prefix(3).map { random.graph.derivative(of: $0, by: .variable(0)) } }
    expectSameBits(KernelProgram(random.graph, outputs: roots), seed: seed)
  }

  /// Every function of one operand: in range, at 0, far out, infinite, NaN.
  @Test(arguments: UnaryFunction.allCases)
  func unaryFunctions(function: UnaryFunction) {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let argument = graph.divide(graph.subtract(x, graph.constant(0.25)), graph.constant(3))
    let roots = [graph.apply(function, x), graph.multiply(graph.apply(function, argument), 1.5)]
    let program = KernelProgram(graph, outputs: roots)
    for value in [
      0.5, -0.5, 0, -0.0, 0.25, 3, 30, -800, 800, 1e300, -.infinity, .infinity, .nan, .leastNonzeroMagnitude,
    ] {
      var columns = Columns([.variable(0)], count: 1, seed: 1)
      columns[.variable(0), 0] = value
      expectSameBits(program, columns, "\(function) at \(value)")
    }
  }

  private func expectSameBits(_ program: KernelProgram, seed: Int) {
    for point in 0..<5 {
      expectSameBits(program, Columns(RandomGraph.leaves, count: 1, seed: seed + 100 * point), "seed \(seed)")
    }
  }

  private func expectSameBits(_ program: KernelProgram, _ columns: Columns, _ comment: String) {
    let runner = KernelRunner(program, longest: 2)
    let interpreted = columns.run(runner).map { $0[0].bitPattern }
    for _ in 0..<200 { _ = columns.run(runner) }
    #expect(isKnownProcessor == (runner.code != nil))
    #expect(columns.run(runner).map { $0[0].bitPattern } == interpreted, "\(comment)")
  }

  private var isKnownProcessor: Bool {
    #if arch(x86_64) && NEURISTOR_FMA
      true
    #else
      false
    #endif
  }
}
