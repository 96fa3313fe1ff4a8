import Glibc
import Kernels
import Testing

/// Exponentials whose arguments, or one and the double of the other, differ by a constant become one.
@Suite struct SharedExponentialTests {
  /// exp((x + a)/s) for each (a, s), x being variable 0.
  static func graph(_ arguments: [(Double, Double)]) -> (ExpressionGraph, [NodeID]) {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let outputs = arguments.map { offset, slope in
      graph.apply(.exponential, graph.divide(graph.add(x, offset), graph.constant(slope)))
    }
    return (graph, outputs)
  }

  static func exponentials(_ program: KernelProgram) -> Int {
    program.instructions.count { $0.opcode == .exponential || $0.opcode == .exponentialOfQuotient }
  }

  @Test(arguments: [
    ([(25.0, -10.0), (30, -10), (10, -10)], 1),
    // Another slope; a factor that is not moderate.
    ([(25, -10), (30, -18)], 2), ([(25, -10), (125, -10)], 2),
    ([(0, 1), (3, 1), (6, 1), (9, 1)], 2),
  ]) func oneIsKeptOfEachSlope(arguments: [(Double, Double)], wanted: Int) {
    let (graph, outputs) = Self.graph(arguments)
    #expect(Self.exponentials(KernelProgram(graph, outputs: outputs)) == wanted)
  }

  private typealias Arguments = [(Double, Double)]

  /// Of one argument twice the other; not with a factor below 1, and none of a square.
  private static let squares: [(Arguments, Int)] = [
    ([(0, 2), (1.5, 1)], 1), ([(115, -20), (85, -10), (90, -10)], 1), ([(0, 2), (-1.5, 1)], 2),
    ([(0, 4), (1, 2), (2, 1)], 2),
  ]

  @Test(arguments: squares) func squaresNeedNone(arguments: [(Double, Double)], wanted: Int) {
    let (graph, outputs) = Self.graph(arguments)
    #expect(Self.exponentials(KernelProgram(graph, outputs: outputs)) == wanted)
  }

  private static let joined: [Arguments] = [
    [(0, 1), (2.5, 1)], [(2.5, 1), (0, 1)], [(-3, 1), (1, 1), (0, 1)], [(-1, 2), (1.5, 1)], [(0.5, 1), (0, 2), (1, 1)],
  ]

  /// From denormal numbers to infinity, in every order.
  @Test(arguments: joined) func valuesAreThoseOfEach(arguments: [(Double, Double)]) {
    let (graph, outputs) = Self.graph(arguments)
    let program = KernelProgram(graph, outputs: outputs)
    #expect(Self.exponentials(program) == 1)
    var columns = Columns([.variable(0)], count: 3001, seed: 1)
    for i in 0..<columns.count { columns[.variable(0), i] = -750 + 0.5 * Double(i) }
    columns[.variable(0), 0] = -.infinity
    columns[.variable(0), 1] = .infinity
    columns[.variable(0), 2] = .nan
    let results = columns.run(program)
    for i in 0..<columns.count {
      for (k, (offset, slope)) in arguments.enumerated() {
        let argument = (columns[.variable(0), i] + offset) / slope
        let exact = exp(argument)
        let value = results[k][i]
        if exact.isNaN {
          #expect(value.isNaN)
        } else if exact.isInfinite || abs(argument - 709.78) < 1e-2 {
          #expect(value.isInfinite || (argument < 709.79 && value > 1.7e308))
        } else {
          #expect(abs(value - exact) <= max(4 * exact.ulp, 1e-306), "\(argument)")
        }
      }
    }
  }

  /// Factors written before an exponential are one with that of sharing.
  @Test func factorsAreJoined() {
    var graph = ExpressionGraph()
    let x = graph.leaf(.variable(0))
    let first = graph.multiply(graph.apply(.exponential, graph.add(x, 1)), 3)
    let second = graph.multiply(graph.apply(.exponential, graph.add(x, 2)), 5)
    let program = KernelProgram(graph, outputs: [first, second])
    #expect(Self.exponentials(program) == 1)
    #expect(program.instructions.count == 3)
  }
}
