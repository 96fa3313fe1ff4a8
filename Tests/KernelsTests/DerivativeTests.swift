import Kernels
import Testing

@Suite struct DerivativeTests {
  /// Derivatives of random smooth graphs against central differences, extrapolated twice (error of order h^6).
  @Test(arguments: 1...40)
  func agreesWithDifferences(seed: Int) {
    var random = RandomGraph(seed: seed, operations: 40, isSmooth: true)
    let roots = random.roots(4)
    let columns = Columns(RandomGraph.leaves, count: 1, seed: seed)
    for leaf in RandomGraph.leaves {
      if case .mode = leaf { continue }
      let slopes = roots.map { random.graph.derivative(of: $0, by: leaf) }
      let exact = random.graph.values(of: slopes) { columns[$0, 0] }
      let differences = Self.differences(random.graph, roots, by: leaf) { columns[$0, 0] }
      for (k, slope) in exact.enumerated() {
        #expect(abs(slope - differences[k]) <= 1e-7 * max(1, abs(slope)), "seed \(seed), root \(k), \(leaf)")
      }
    }
  }

  /// Every function of one operand, with its second derivative, at points of its domain.
  @Test(arguments: UnaryFunction.allCases)
  func unaryFunctions(function: UnaryFunction) {
    let points: [Double] =
      switch function {
      case .arcSine, .arcCosine, .inverseHyperbolicTangent: [-0.7, 0.1, 0.6]
      case .inverseHyperbolicCosine: [1.3, 4]
      case .logarithm, .logarithm10, .squareRoot: [0.3, 2, 40]
      case .logarithmOnePlus: [-0.5, 0.01, 3]
      case .reciprocal: [-2, 0.4]
      case .floor, .isPositive, .isNotNegative: [-1.5, 2.5]
      default: [-4, -1.001, -0.99, -0.2, 1e-3, 0.5, 1.2, 5]
      }
    var graph = ExpressionGraph()
    let node = graph.apply(function, graph.leaf(.variable(0)))
    let first = graph.derivative(of: node, by: .variable(0))
    let second = graph.derivative(of: first, by: .variable(0))
    for point in points {
      let exact = graph.values(of: [first, second]) { _ in point }
      let differences = Self.differences(graph, [node, first], by: .variable(0)) { _ in point }
      for k in 0..<2 {
        #expect(
          abs(exact[k] - differences[k]) <= 1e-8 * max(1, abs(exact[k])), "\(function) at \(point), order \(k + 1)")
      }
    }
  }

  @Test func powerWithRunningExponentAtZero() {
    var graph = ExpressionGraph()
    let root = graph.insert(.binary(.power, graph.leaf(.variable(0)), graph.leaf(.variable(1))))
    let slope = graph.derivative(of: root, by: .variable(1))
    #expect(graph.value(of: slope) { $0 == .variable(0) ? 0 : 1.5 } == 0)
  }

  @Test func independentLeafGivesZero() {
    var graph = ExpressionGraph()
    let root = graph.apply(.exponential, graph.leaf(.time))
    #expect(graph.derivative(of: root, by: .variable(0)) == graph.constant(0))
    #expect(graph.derivative(of: root, by: .time) == root)
  }

  /// Long chains neither recurse nor repeat work.
  @Test func deepChain() {
    var graph = ExpressionGraph()
    var node = graph.leaf(.variable(0))
    for _ in 0..<20_000 { node = graph.apply(.sine, node) }
    let slope = graph.derivative(of: node, by: .variable(0))
    #expect(graph.value(of: slope) { _ in 0 } == 1)
    #expect(graph.operations.count < 70_000)
  }

  static func differences(_ graph: ExpressionGraph, _ roots: [NodeID], by leaf: Leaf, _ values: (Leaf) -> Double)
    -> [Double]
  {
    func central(_ h: Double) -> [Double] {
      let up = graph.values(of: roots) { values($0) + ($0 == leaf ? h : 0) }
      let down = graph.values(of: roots) { values($0) - ($0 == leaf ? h : 0) }
      return zip(up, down).map { ($0 - $1) / (2 * h) }
    }
    let (coarse, middle, fine) = (central(4e-3), central(2e-3), central(1e-3))
    return roots.indices.map { k in
      let first = (4 * middle[k] - coarse[k]) / 3
      let second = (4 * fine[k] - middle[k]) / 3
      return (16 * second - first) / 15
    }
  }
}
