/// A register program: the values of some nodes of a graph from its leaves, for any number of instances.
///
/// Operands are slots: first the columns of the leaves, then those of the outputs, then constants that no instruction
/// could take as an immediate, then registers. An instruction never writes a slot that it reads.
package struct KernelProgram: Sendable {
  /// The leaves it reads, in the order `KernelRunner.run` wants their columns.
  package private(set) var leaves: [Leaf]
  package private(set) var outputCount: Int
  package private(set) var constants: [Double]
  package private(set) var registerCount: Int
  package private(set) var instructions: [Instruction]
  /// The instructions for single instances, once those have been run often.
  let machineCode = MachineCodeCache()

  /// Compiles `outputs` of `graph`: dead nodes dropped, exponentials shared, registers reused.
  package init(_ graph: ExpressionGraph, outputs: [NodeID]) {
    let (plain, plainOutputs) = graph.withoutPowers(outputs)
    let (graph, outputs) = plain.sharingExponentials(plainOutputs)
    let schedule = Schedule(graph, outputs: outputs)
    var allocation = RegisterAllocation(graph, schedule: schedule, outputs: outputs)
    instructions = allocation.instructions(schedule: schedule, outputs: outputs)
    leaves = allocation.leaves
    outputCount = outputs.count
    constants = allocation.constants
    registerCount = allocation.registerCount
  }
}

extension ExpressionGraph {
  /// The part of the graph below `outputs` with integer powers written as products (x^4 = (x^2)^2), which they share
  /// with each other and with their derivatives.
  fileprivate func withoutPowers(_ outputs: [NodeID]) -> (ExpressionGraph, [NodeID]) {
    var result = ExpressionGraph()
    var copies = NodeTable<NodeID>()
    for id in reachable(from: outputs) {
      if case .integerPower(let x, let n) = self[id] {
        let power = result.product(of: copies[x] ?? x, n: n.magnitude)
        copies[id] = n < 0 ? result.intern(.unary(.reciprocal, power)) : power
      } else {
        copies[id] = result.intern(self[id].mapOperands { copies[$0] ?? $0 })
      }
    }
    return (result, outputs.map { copies[$0] ?? $0 })
  }

  /// x**n for n >= 1 by squaring; at most 6 levels deep, since n <= 64.
  private mutating func product(of x: NodeID, n: UInt32) -> NodeID {
    if n <= 1 { return x }
    let half = product(of: x, n: n / 2)
    let square = intern(.binary(.multiply, half, half))
    return n.isMultiple(of: 2) ? square : intern(.binary(.multiply, square, x))
  }
}
