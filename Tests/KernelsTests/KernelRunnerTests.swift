import Kernels
import Testing

@Suite struct KernelRunnerTests {
  /// Kernels and the tree evaluator agree on random graphs, whatever way the instances go.
  @Test(arguments: 1...40)
  func agreesWithEvaluator(seed: Int) {
    let random = RandomGraph(seed: seed, operations: 60)
    let roots = random.roots(8)
    let program = KernelProgram(random.graph, outputs: roots)
    let columns = Columns(RandomGraph.leaves, count: 19, seed: seed)
    let results = columns.run(program)
    #expect(results.count == roots.count)
    for instance in 0..<columns.count {
      let expected = random.graph.values(of: roots) { columns[$0, instance] }
      for (k, value) in expected.enumerated() {
        #expect(abs(results[k][instance] - value) <= 1e-11 * max(1, abs(value)), "seed \(seed), output \(k)")
      }
    }
  }

  /// An instance gives the same bits alone, in eight lanes, in an overlapping group and in any block.
  @Test(arguments: [0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 255, 256, 257, 259, 1000])
  func resultsDoNotDependOnCount(count: Int) {
    let random = RandomGraph(seed: 7, operations: 80)
    let program = KernelProgram(random.graph, outputs: random.roots(6))
    let runner = KernelRunner(program)
    let columns = Columns(RandomGraph.leaves, count: max(1, count), seed: 3)
    guard count > 0 else {
      runner.run(count: 0, inputs: [], outputs: [])
      return
    }
    let results = columns.run(runner)
    #expect(results.count == program.outputCount)
    for instance in stride(from: 0, to: count, by: max(1, count / 50)) {
      var single = Columns(RandomGraph.leaves, count: 1, seed: 1)
      for leaf in RandomGraph.leaves { single[leaf, 0] = columns[leaf, instance] }
      let alone = single.run(runner)
      for k in 0..<program.outputCount { #expect(alone[k][0].bitPattern == results[k][instance].bitPattern) }
    }
  }

  /// A NaN in the branch not chosen leaves no trace, in value or derivative.
  @Test func branchNotChosenLeavesNoTrace() {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let root = graph.select(graph.leaf(.mode(0)), graph.apply(.squareRoot, x), graph.apply(.logarithm, graph.negate(x)))
    let slope = graph.derivative(of: root, by: .variable(0))
    let program = KernelProgram(graph, outputs: [root, slope])
    var columns = Columns([.variable(0), .mode(0)], count: 11, seed: 1)
    for i in 0..<11 {
      columns[.variable(0), i] = i.isMultiple(of: 2) ? 4 : -1
      columns[.mode(0), i] = i.isMultiple(of: 2) ? 1 : 0
    }
    let results = columns.run(program)
    for i in 0..<11 {
      #expect(results[0][i] == (i.isMultiple(of: 2) ? 2 : 0))
      #expect(results[1][i] == (i.isMultiple(of: 2) ? 0.25 : -1))
    }
  }

  /// Every function of two operands, in both orders, and choices.
  @Test(arguments: BinaryFunction.allCases)
  func binaryFunctions(function: BinaryFunction) {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let y = graph.leaf(.variable(1))
    let outputs = [graph.intern(.binary(function, x, y)), graph.intern(.binary(function, y, x))]
    let columns = Columns([.variable(0), .variable(1)], count: 21, seed: 5)
    let results = columns.run(KernelProgram(graph, outputs: outputs))
    for i in 0..<21 {
      let expected = graph.values(of: outputs) { columns[$0, i] }
      for k in 0..<2 {
        let isEqual = results[k][i] == expected[k] || (results[k][i].isNaN && expected[k].isNaN)
        #expect(isEqual || abs(results[k][i] - expected[k]) <= 4 * expected[k].ulp, "\(k) \(i)")
      }
    }
  }

  /// A domain fault in the branch chosen is a NaN, through minimum and maximum too.
  @Test func faultsAreNaN() {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let root = graph.apply(.squareRoot, x)
    let one = graph.constant(1)
    let outputs = [
      root, graph.insert(.binary(.minimum, root, one)), graph.insert(.binary(.maximum, one, root)),
      graph.insert(.binary(.power, x, graph.constant(1.5))), graph.apply(.exponential, root),
      graph.apply(.bernoulli, root), graph.apply(.exprel, root),
    ]
    var columns = Columns([.variable(0)], count: 9, seed: 1)
    for i in 0..<9 { columns[.variable(0), i] = -1 }
    let results = columns.run(KernelProgram(graph, outputs: outputs))
    for (k, result) in results.enumerated() { #expect(result.allSatisfy { $0.isNaN }, "output \(k): \(result)") }
  }

  /// Leaves, constants and equal nodes can be outputs.
  @Test func outputsOfAnyKind() {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let sum = graph.add(x, 1)
    let outputs = [x, graph.constant(2.5), sum, sum, graph.multiply(sum, sum)]
    let program = KernelProgram(graph, outputs: outputs)
    var columns = Columns([.variable(0)], count: 10, seed: 1)
    for i in 0..<10 { columns[.variable(0), i] = Double(i) }
    let results = columns.run(program)
    for i in 0..<10 {
      let value = Double(i)
      #expect(results.map { $0[i] } == [value, 2.5, value + 1, value + 1, (value + 1) * (value + 1)])
    }
  }
}
