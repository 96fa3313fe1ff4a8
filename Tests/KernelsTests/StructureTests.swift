import Kernels
import Testing

@Suite struct StructureTests {
  @Test(arguments: [
    ("a*x + y", Dependence.linear), ("3*y", .none), ("x*y", .general), ("x/a - b", .linear), ("a*x*time", .general),
    ("x**2", .general), ("m*x", .general), ("floor(x)", .general), ("x > 0 ? 1 : 2", .none),
    ("(a > b ? a : b)*x", .linear),
    ("x - x", .none),
  ])
  func dependenceOnX(text: String, expected: Dependence) {
    var lowered = Lowered(text)
    #expect(lowered.context.graph.dependence(of: lowered.root, on: .variable(0)) == expected)
  }

  @Test func leavesOfRoots() {
    let lowered = Lowered("a*x + exp(time) + 0*y")
    #expect(lowered.context.graph.leaves(of: [lowered.root]) == [.parameter(0), .variable(0), .time])
  }

  @Test func substitutionSimplifies() {
    var lowered = Lowered("a*x + b*exp(x)")
    let zero = lowered.context.graph.constant(0)
    let one = lowered.context.graph.constant(1)
    let y = lowered.context.graph.leaf(.variable(1))
    let root = lowered.context.graph.substitute(lowered.root) {
      [.parameter(0): one, .parameter(1): zero, .variable(0): y][$0]
    }
    #expect(root == y)
  }

  /// Any graph copied into another is the same function.
  @Test(arguments: 1...10)
  func importKeepsValues(seed: Int) {
    let random = RandomGraph(seed: seed, operations: 60)
    var graph = ExpressionGraph()
    // Another order of nodes in the target.
    _ = graph.leaf(.variable(1))
    let roots = graph.import(random.roots(6), from: random.graph) { _ in nil }
    let columns = Columns(RandomGraph.leaves, count: 1, seed: seed)
    let expected = random.graph.values(of: random.roots(6)) { columns[$0, 0] }
    for (value, wanted) in zip(graph.values(of: roots) { columns[$0, 0] }, expected) {
      #expect(abs(value - wanted) <= 1e-12 * max(1, abs(wanted)))
    }
  }

  /// What depends on parameters alone is hoisted whole, and the two halves together are the original.
  @Test(arguments: 1...20)
  func hoisting(seed: Int) {
    let random = RandomGraph(seed: seed, operations: 80)
    let roots = random.roots(6)
    let hoisting = ParameterHoisting(random.graph, outputs: roots)
    let columns = Columns(RandomGraph.leaves, count: 1, seed: seed)
    let derived = random.graph.values(of: hoisting.derived) { columns[$0, 0] }
    for id in hoisting.derived { #expect(!random.graph.isRunning(id)) }
    // `.derived(0)` of the random graph is itself a leaf that stays: the halves are told apart by their order here.
    let usesOwnDerived = random.graph.leaves(of: roots).contains(.derived(0))
    guard !usesOwnDerived else { return }
    let values = hoisting.graph.values(of: hoisting.outputs) { leaf in
      if case .derived(let k) = leaf { derived[k] } else { columns[leaf, 0] }
    }
    for (value, wanted) in zip(values, random.graph.values(of: roots) { columns[$0, 0] }) {
      #expect(abs(value - wanted) <= 1e-12 * max(1, abs(wanted)))
    }
  }

  @Test func hoistingFindsMaximalParts() {
    let lowered = Lowered("3**((a - 6.3)/10)*x + sqrt(b)*y + a")
    let hoisting = ParameterHoisting(lowered.context.graph, outputs: [lowered.root])
    let text = hoisting.graph.text([("f", hoisting.outputs[0])], leafName: { "\($0)" })
    #expect(text == "f = variable(0)*derived(0) + variable(1)*derived(1) + parameter(0)")
  }
}
