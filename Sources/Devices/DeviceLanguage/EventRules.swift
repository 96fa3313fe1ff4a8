internal import Diagnostics
internal import Expressions
internal import Kernels

/// `on rise(e) ... endon`: what an event writes into memories, and into states as a reset.
extension DeviceCompiler {
  mutating func addEvents() {
    for lines in syntax.events {
      let argument = lowerEventArgument(lines)
      var assignments: [(target: Event.Target, value: NodeID)] = []
      for line in lines.assignments {
        scope.drawsNumbers = true
        let value = lowerWithoutNoise(line.expression)
        scope.drawsNumbers = false
        switch symbols[line.name.value.lowercased()] {
        case .memory(let index): assignments.append((.memory(index), value))
        case .state(let index): assignments.append((.variable(scope.firstState + index), value))
        case let other:
          DeviceError.eventTarget(
            line.name.value, kind: other?.kind,
            known: (syntax.memories.map(\.name) + syntax.states.map(\.name)).map(\.value),
            range: line.name.range
          ).report(to: &context.diagnostics)
        }
      }
      model.events.append(
        Event(edge: lines.edge, argument: argument, assignments: assignments, range: lines.range))
    }
  }

  /// The function of time whose sign change is the event: `rise(a > b)` means that of a - b.
  private mutating func lowerEventArgument(_ lines: BlockSyntax.EventLines) -> NodeID {
    var expression = parse(lines.argument)
    if case .binary(let comparison, let left, let right, let range) = expression {
      switch comparison {
      case .greater, .greaterOrEqual: expression = .binary(.subtract, left, right, range)
      case .less, .lessOrEqual: expression = .binary(.subtract, right, left, range)
      default: break
      }
    }
    let node = context.lower(expression, in: &scope)
    let leaves = context.graph.leaves(of: [node])
    if leaves.contains(where: \.isRate) {
      DeviceError.nonlinearRate(range: lines.argument.range).report(to: &context.diagnostics)
    }
    reportNoise(in: node, range: lines.argument.range)
    return node
  }
}
