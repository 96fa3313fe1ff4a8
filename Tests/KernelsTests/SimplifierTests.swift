import Kernels
import Testing

@Suite struct SimplifierTests {
  /// Two spellings of one node.
  @Test(arguments: [
    ("x + 0", "x"), ("0 + x", "x"), ("x - 0", "x"), ("0 - x", "-x"), ("x*1", "x"), ("x*0", "0"), ("-(-x)", "x"),
    ("x*(-1)", "-x"), ("x/1", "x"), ("0/x", "0"), ("x - x", "0"), ("x + x", "2*x"), ("x*x", "x**2"),
    ("x**2*x**3", "x**5"), ("(x**2)**3", "x**6"), ("x**1", "x"), ("x**0", "1"), ("x**0.5", "sqrt(x)"), ("1**x", "1"),
    ("x + y", "y + x"), ("x*y", "y*x"), ("x + (-y)", "x - y"), ("x - (-y)", "x + y"), ("-(x - y)", "y - x"),
    ("(-x)*(-y)", "x*y"), ("(-x)/y", "-(x/y)"), ("x - 3", "x + (-3)"), ("2*(3*x)", "6*x"), ("x/4", "0.25*x"),
    ("(-x)**2", "x**2"), ("(-x)**3", "-(x**3)"), ("min(x, x)", "x"), ("1 > 2 ? x : y", "y"),
    ("x > 0 ? y : y", "y"), ("not (x > 0) ? y : z", "x > 0 ? z : y"),
    ("(x > 0 ? (x > 0 ? y : z) : 1)", "x > 0 ? y : 1"),
    ("not not (x > 0)", "x > 0"), ("1/(x/x)", "1/(x/x)"),
  ])
  func sameNode(text: String, simpler: String) {
    var context = LoweringContext()
    var scope = TestScope()
    let left = context.lower(TestScope.parse(text), in: &scope)
    let right = context.lower(TestScope.parse(simpler), in: &scope)
    #expect(left == right)
  }

  /// Division by a constant is exact unless its reciprocal is: x/3 and x*(1/3) differ in their last digit.
  @Test func divisionByConstantIsExact() {
    for (x, divisor) in [(0.9, 3.0), (1.7, 10), (5.3, 80), (0.3, 1e-3)] {
      var graph = ExpressionGraph()
      let divisorNode = graph.constant(divisor)
      let root = graph.divide(graph.leaf(.variable(0)), divisorNode)
      var columns = Columns([.variable(0)], count: 3, seed: 0)
      for i in 0..<3 { columns[.variable(0), i] = x }
      #expect(columns.run(KernelProgram(graph, outputs: [root]))[0][0] == x / divisor)
    }
  }

  /// Not-a-number and infinity come out of folding as they would at run time.
  @Test func foldingKeepsNonFiniteValues() {
    var graph = ExpressionGraph()
    let zero = graph.constant(0)
    let infinity = graph.constant(.infinity)
    let undefined = [graph.divide(zero, zero), graph.multiply(zero, infinity)]
    for node in undefined { #expect(graph.constantValue(of: node)?.isNaN == true) }
    let overflow = graph.apply(.exponential, graph.constant(1000))
    #expect(graph.constantValue(of: overflow) == .infinity)
    // Constants whose product leaves the range stay apart.
    let product = graph.multiply(graph.multiply(graph.leaf(.time), 1e-200), 1e-200)
    #expect(graph.value(of: product) { _ in 1e300 } == 1e-100)
  }

  /// Random graphs made without simplification (`intern`) and with it (`insert`) are the same functions.
  @Test(arguments: 1...30)
  func simplifiedEqualsOriginal(seed: Int) {
    var generator = SeededGenerator(seed: seed)
    var plain = ExpressionGraph()
    var nodes = RandomGraph.leaves.map { plain.leaf($0) } + [0, 1, -1, 2, 0.5, 3].map { plain.constant($0) }
    for _ in 0..<60 {
      let x = nodes.randomElement(using: &generator) ?? nodes[0]
      let y = nodes.randomElement(using: &generator) ?? nodes[0]
      let operation: Operation =
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: .binary(.add, x, y)
        case 1, 2: .binary(.subtract, x, y)
        case 3, 4: .binary(.multiply, x, y)
        case 5: .unary(.negate, x)
        case 6: .integerPower(x, Int32.random(in: 0...3, using: &generator))
        default: .select(condition: nodes[8], then: x, otherwise: y)
        }
      // Bounded, so that differences are roundings.
      let node = plain.intern(operation)
      nodes.append(node)
      if !(5...6).contains(nodes.count % 7) { continue }
      nodes.append(plain.intern(.unary(.hyperbolicTangent, node)))
    }
    let roots = Array(nodes.suffix(12))
    var simplified = ExpressionGraph()
    let copies = simplified.import(roots, from: plain) { _ in nil }
    #expect(simplified.operations.count <= plain.operations.count)
    let columns = Columns(RandomGraph.leaves, count: 1, seed: seed)
    let expected = plain.values(of: roots) { columns[$0, 0] }
    for (value, wanted) in zip(simplified.values(of: copies) { columns[$0, 0] }, expected) {
      #expect(abs(value - wanted) <= 1e-9 * max(1, abs(wanted)) || !wanted.isFinite)
    }
  }
}
