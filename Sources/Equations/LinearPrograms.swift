internal import Devices
internal import Kernels

/// What works out a linear group's constant slopes of its parameters: all that follows from its equations.
struct LinearPrograms: Sendable {
  /// Of a row by one input.
  struct Slopes: Sendable {
    /// Its number among the variables, and among the signals that the device reads.
    let variable: Int
    let signal: Int?
    /// By its value and by its rate.
    let programs: [KernelProgram]
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
        let direct = local.graph.derivative(of: row, by: .variable(variable))
        let reactive = local.graph.derivative(of: row, by: .rate(variable))
        if local.graph.constantValue(of: direct) == 0, local.graph.constantValue(of: reactive) == 0 { continue }
        let programs = [direct, reactive].map { KernelProgram(local.graph, outputs: [$0]) }
        slopes.append(Slopes(variable: variable, signal: signal, programs: programs))
      }
      let isNothing = local.graph.constantValue(of: constant) == 0
      return Row(constant: isNothing ? nil : KernelProgram(local.graph, outputs: [constant]), slopes: slopes)
    }
  }
}
