internal import Devices
internal import Kernels

/// What works out a linear group's constant slopes of its parameters: all that follows from its equations.
struct LinearPrograms: Sendable {
  /// Of a row by one input.
  struct Slopes: Sendable {
    /// Its number among the variables, and among the signals that the device reads.
    let variable: Int
    let signal: Int?
    /// By its value and by its rate; nil where it is 0.
    let conductance: KernelProgram?
    let capacitance: KernelProgram?
  }

  /// Of one output.
  struct Row: Sendable {
    /// What is left where everything is 0; nil where nothing is.
    let constant: KernelProgram?
    let slopes: [Slopes]
  }

  let rows: [Row]

  init(_ given: LocalSystem) {
    var local = given
    let zero = local.graph.constant(0)
    rows = local.outputs.indices.map { position in
      let row = local.rows[position]
      let constant = local.graph.substitute(row) { leaf in
        switch leaf {
        case .variable, .rate: zero
        default: nil
        }
      }
      var signals = 0
      var slopes: [Slopes] = []
      for variable in local.inputs {
        var signal: Int?
        if case .signal = local.variables[variable].kind {
          signal = signals
          signals += 1
        }
        let conductance = Self.program(local.graph.derivative(of: row, by: .variable(variable)), local.graph)
        let capacitance = Self.program(local.graph.derivative(of: row, by: .rate(variable)), local.graph)
        if conductance == nil, capacitance == nil { continue }
        slopes.append(
          Slopes(variable: variable, signal: signal, conductance: conductance, capacitance: capacitance))
      }
      return Row(constant: Self.program(constant, local.graph), slopes: slopes)
    }
  }

  /// Nil for a constant 0.
  private static func program(_ node: NodeID, _ graph: ExpressionGraph) -> KernelProgram? {
    graph.constantValue(of: node) == 0 ? nil : KernelProgram(graph, outputs: [node])
  }
}
