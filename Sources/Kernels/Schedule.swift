/// The instructions that compute some outputs, operands first, each node once, without what no output needs.
struct Schedule {
  struct Step {
    var node: NodeID
    var selected: SelectedInstruction
  }

  private(set) var steps: [Step] = []

  /// Depth first from each output in turn, so that a value is made shortly before it is needed and few are alive at a
  /// time.
  init(_ graph: ExpressionGraph, outputs: [NodeID]) {
    let selector = InstructionSelector(graph, outputs: outputs)
    var isScheduled = [Bool](repeating: false, count: graph.operations.count)
    // An own stack: nesting is as deep as the user wrote it.
    var stack: [(node: NodeID, selected: SelectedInstruction?)] = []
    for output in outputs {
      stack.append((output, nil))
      while let (node, selected) = stack.popLast() {
        if isScheduled[Int(node.index)] { continue }
        if let selected {
          isScheduled[Int(node.index)] = true
          steps.append(Step(node: node, selected: selected))
        } else if let selected = selector.select(node) {
          stack.append((node, selected))
          for operand in selected.operands.reversed() where !isScheduled[Int(operand.index)] {
            stack.append((operand, nil))
          }
        }
      }
    }
  }
}
