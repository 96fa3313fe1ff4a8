import Kernels
import Testing

/// Which operation lost its value, and why.
@Suite struct ArithmeticFaultTests {
  @Test func theFirstOperationWithoutAValueIsFound() throws {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let one = graph.constant(1)
    let root = graph.apply(.squareRoot, graph.subtract(x, one))
    let ratio = graph.divide(one, x)
    let sum = graph.add(graph.multiply(root, x), ratio)
    let fault = try #require(graph.firstFault(below: [sum]) { _ in 0.5 })
    #expect(fault.node == root && fault.fault == .rootOfNegative)
    #expect(graph.firstFault(below: [ratio]) { _ in 0 }?.fault == .divisionByZero)
    #expect(graph.firstFault(below: [sum]) { _ in 2 } == nil)
    // A leaf without a value is no operation's fault.
    #expect(graph.firstFault(below: [sum]) { _ in .nan } == nil)
  }

  @Test(arguments: [
    (UnaryFunction.logarithm, -1.0, ArithmeticFault.logarithmOfNonpositive), (.logarithm10, 0, .logarithmOfNonpositive),
    (.arcSine, 2, .inverseOutOfRange), (.inverseHyperbolicCosine, 0, .inverseOutOfRange),
    (.exponential, 1e4, .overflow),
    (.hyperbolicSine, -1e4, .overflow), (.reciprocal, 0, .divisionByZero),
  ])
  func reasonsAreTold(function: UnaryFunction, at value: Double, expected: ArithmeticFault) {
    var graph = ExpressionGraph()
    let node = graph.apply(function, graph.leaf(.variable(0)))
    #expect(graph.firstFault(below: [node]) { _ in value }?.fault == expected)
  }

  @Test func aBranchThatIsNotChosenIsNoFault() {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let logarithm = graph.apply(.logarithm, x)
    let choice = graph.select(graph.leaf(.mode(0)), logarithm, x)
    func fault(_ mode: Double) -> ArithmeticFault? {
      graph.firstFault(below: [choice]) { if case .mode = $0 { mode } else { -1 } }?.fault
    }
    #expect(fault(0) == nil)
    #expect(fault(1) == .logarithmOfNonpositive)
  }
}
